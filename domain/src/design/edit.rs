//! One change to a design.

use serde::{Deserialize, Serialize};

use super::Design;
use crate::platform::WriterProfile;
use crate::schema::FieldPath;

/// The longest comment, in characters.
pub const MAX_COMMENT_CHARS: usize = 2000;

/// One change to a design, keyed by field path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The field; the root for the table itself.
    pub path: FieldPath,
    /// What changes.
    #[serde(flatten)]
    pub change: Change,
}

/// What one edit changes. On columns all but retention, clustering and the writer profile; on the table (root path) rename, comment,
/// retention, clustering, the writer profile and reset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "change", content = "value")]
pub enum Change {
    /// Make it a column, or leave it out.
    Keep(bool),
    /// Give it this name.
    Rename(String),
    /// Give it this type.
    Type(String),
    /// Accept NULL, or not.
    Nullable(bool),
    /// Give it this comment.
    Comment(String),
    /// Make a record's fields columns of their own, or not.
    Expand(bool),
    /// Days of Time Travel.
    RetentionDays(Option<u8>),
    /// Cluster by day, or not.
    ClusterByDay(bool),
    /// Who writes the files; `None` for the platform's default.
    WriterProfile(Option<WriterProfile>),
    /// Take back every edit of this path.
    Reset,
}

/// Why an edit is refused at once, as a sentence. What depends on the schema is a diagnostic instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The text is longer than the limit.
    #[error("At most {limit} characters fit here; this has {length}.")]
    TooLong {
        /// The limit.
        limit: usize,
        /// What was given.
        length: usize,
    },
    /// More columns are edited than a schema can have.
    #[error("A design can edit {limit} columns; this one edits {count}.")]
    TooManyColumns {
        /// The limit.
        limit: usize,
        /// What was given.
        count: usize,
    },
    /// All texts together are larger than the limit.
    #[error(
        "The names and comments of a design can have {limit} bytes in all; these have {bytes}. Shorten the comments."
    )]
    TooLarge {
        /// The limit.
        limit: usize,
        /// What was given.
        bytes: usize,
    },
    /// A change of columns at the root path.
    #[error("Only a column can be changed so, not the table; give the path of a field.")]
    NotOfTable,
    /// A change of the table at a field's path.
    #[error("Only the table can be changed so, not a column; leave the path empty.")]
    NotOfColumn,
}

impl Design {
    /// The design with one more change. A change equal to what is there gives an equal design.
    pub fn apply(&self, edit: &Edit) -> Result<Self, EditError> {
        if let Change::Rename(text) | Change::Type(text) | Change::Comment(text) = &edit.change {
            let length = text.chars().count();
            if length > MAX_COMMENT_CHARS {
                return Err(EditError::TooLong { limit: MAX_COMMENT_CHARS, length });
            }
        }
        let mut design = self.clone();
        if edit.path.is_root() {
            design.change_table(&edit.change)?
        } else {
            design.change_column(edit)?
        }
        Ok(design)
    }

    fn change_table(&mut self, change: &Change) -> Result<(), EditError> {
        let table = &mut self.table;
        match change {
            Change::Rename(name) => table.name = Some(name.clone()),
            Change::Comment(comment) => table.comment = Some(comment.clone()),
            Change::RetentionDays(days) => table.retention_days = *days,
            Change::ClusterByDay(cluster) => table.cluster_by_day = Some(*cluster),
            Change::WriterProfile(profile) => self.load.writer_profile = *profile,
            Change::Reset => {
                *table = super::TableEdit::default();
                self.load = super::LoadEdit::default();
            }
            Change::Keep(_) | Change::Type(_) | Change::Nullable(_) | Change::Expand(_) => {
                return Err(EditError::NotOfTable);
            }
        }
        Ok(())
    }

    fn change_column(&mut self, edit: &Edit) -> Result<(), EditError> {
        if matches!(edit.change, Change::RetentionDays(_) | Change::ClusterByDay(_) | Change::WriterProfile(_)) {
            return Err(EditError::NotOfColumn);
        }
        let column = self.columns.entry(edit.path.clone()).or_default();
        match &edit.change {
            Change::Keep(keep) => column.keep = Some(*keep),
            Change::Rename(name) => column.name = Some(name.clone()),
            Change::Type(ty) => column.column_type = Some(ty.clone()),
            Change::Nullable(nullable) => column.nullable = Some(*nullable),
            Change::Comment(comment) => column.comment = Some(comment.clone()),
            Change::Expand(expand) => column.expand = Some(*expand),
            Change::RetentionDays(_) | Change::ClusterByDay(_) | Change::WriterProfile(_) => {}
            Change::Reset => *column = super::ColumnEdit::default(),
        }
        self.columns.retain(|_, edit| !edit.is_empty());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(path: &str, change: Change) -> Edit {
        Edit { path: path.parse().unwrap(), change }
    }

    #[test]
    fn a_reset_takes_back_all_edits_of_its_path_and_no_other() {
        let design = Design::default();
        let design = design.apply(&edit("a", Change::Rename("X".into()))).unwrap();
        let design = design.apply(&edit("a", Change::Keep(false))).unwrap();
        let design = design.apply(&edit("b", Change::Nullable(false))).unwrap();
        assert_eq!(design.edit_count(), 3);
        let design = design.apply(&edit("a", Change::Reset)).unwrap();
        assert_eq!(design.edit_count(), 1);
        assert_eq!(design.apply(&edit("b", Change::Reset)).unwrap(), Design::default());
    }

    #[test]
    fn changes_of_the_table_and_of_columns_do_not_mix() {
        let design = Design::default();
        assert_eq!(design.apply(&edit("", Change::Keep(true))), Err(EditError::NotOfTable));
        assert_eq!(design.apply(&edit("a", Change::ClusterByDay(true))), Err(EditError::NotOfColumn));
        assert_eq!(design.apply(&edit("a", Change::RetentionDays(None))), Err(EditError::NotOfColumn));
        assert_eq!(design.apply(&edit("a", Change::WriterProfile(None))), Err(EditError::NotOfColumn));
        assert!(design.apply(&edit("", Change::RetentionDays(Some(7)))).is_ok());
    }

    #[test]
    fn a_reset_of_the_table_takes_back_the_writer_profile_too() {
        let avro = Some(WriterProfile::Avro3Level);
        let design = Design::default().apply(&edit("", Change::WriterProfile(avro))).unwrap();
        assert_eq!((design.load.writer_profile, design.edit_count()), (avro, 1));
        assert_eq!(design.apply(&edit("", Change::Reset)).unwrap(), Design::default());
    }

    #[test]
    fn endless_texts_are_refused_at_once() {
        let long = "x".repeat(MAX_COMMENT_CHARS + 1);
        let refused = Design::default().apply(&edit("a", Change::Comment(long)));
        assert_eq!(refused, Err(EditError::TooLong { limit: 2000, length: 2001 }));
    }
}

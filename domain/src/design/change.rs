//! What one edit changes, and a design with it.

use serde::{Deserialize, Serialize};

use super::bounds::check_count;
use super::{
    ColumnEdit, ComputedColumn, Design, Edit, EditError, EventEdit, LoadEdit, Part, SinkJobEdit, SqlApplicationEdit,
    TableEdit, TopicEdit,
};
use crate::platform::WriterProfile;

/// What one edit changes. A patch sets all the edits that are made in it and leaves the others as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "change", content = "value")]
pub enum Change {
    /// Make it a column, or leave it out.
    Keep(bool),
    /// Give the column or the table this name.
    Rename(String),
    /// Give it this type.
    Type(String),
    /// Accept NULL, or not.
    Nullable(bool),
    /// Give the column or the table this comment.
    Comment(String),
    /// Make a record's fields columns of their own, or not.
    Expand(bool),
    /// Whatever of a column.
    Column(Box<ColumnEdit>),
    /// Add or change a computed column, or take it away.
    Computed {
        /// Which one; a new column has a new id.
        id: String,
        /// The column; nothing takes it away.
        column: Option<ComputedColumn>,
    },
    /// Days of Time Travel.
    RetentionDays(Option<u8>),
    /// Cluster by day, or not.
    ClusterByDay(bool),
    /// Who writes the files; `None` for the platform's default.
    WriterProfile(Option<WriterProfile>),
    /// Whatever of the table.
    Table(Box<TableEdit>),
    /// Whatever of the load.
    Load(Box<LoadEdit>),
    /// What of the schema the event is.
    Event(EventEdit),
    /// Whatever of the topic.
    Topic(TopicEdit),
    /// Whatever of the sink job.
    SinkJob(SinkJobEdit),
    /// Whatever of the SQL application.
    SqlApplication(SqlApplicationEdit),
    /// Take back one edit of this path.
    TakeBack(Part),
    /// Take back every edit of this path.
    Reset,
}

impl Change {
    /// The single edits that it makes or takes back; none for a reset.
    pub fn parts(&self) -> Vec<Part> {
        match self {
            Self::Keep(_) => vec![Part::Keep],
            Self::Rename(_) => vec![Part::Name],
            Self::Type(_) => vec![Part::Type],
            Self::Nullable(_) => vec![Part::Nullable],
            Self::Comment(_) => vec![Part::Comment],
            Self::Expand(_) => vec![Part::Expand],
            Self::Column(patch) => patch.parts(),
            Self::RetentionDays(_) => vec![Part::RetentionDays],
            Self::ClusterByDay(_) => vec![Part::ClusterByDay],
            Self::Table(patch) => patch.parts(),
            Self::WriterProfile(_) => vec![Part::WriterProfile],
            Self::Load(patch) => patch.parts(),
            Self::Event(patch) => patch.parts(),
            Self::Topic(patch) => patch.parts(),
            Self::SinkJob(patch) => patch.parts(),
            Self::SqlApplication(patch) => patch.parts(),
            Self::TakeBack(part) => vec![*part],
            Self::Computed { .. } | Self::Reset => vec![],
        }
    }

    /// The change of a column as a patch; `None` if it is none of a column.
    fn of_column(&self) -> Option<ColumnEdit> {
        let mut patch = ColumnEdit::default();
        match self {
            Self::Keep(keep) => patch.keep = Some(*keep),
            Self::Rename(name) => patch.name = Some(name.clone()),
            Self::Type(ty) => patch.column_type = Some(ty.clone()),
            Self::Nullable(nullable) => patch.nullable = Some(*nullable),
            Self::Comment(comment) => patch.comment = Some(comment.clone()),
            Self::Expand(expand) => patch.expand = Some(*expand),
            Self::Column(whole) => return Some((**whole).clone()),
            _ => return None,
        }
        Some(patch)
    }

    /// The change of the table as a patch; `None` if it is none of the table.
    fn of_table(&self) -> Option<TableEdit> {
        let mut patch = TableEdit::default();
        match self {
            Self::Rename(name) => patch.name = Some(name.clone()),
            Self::Comment(comment) => patch.comment = Some(comment.clone()),
            Self::RetentionDays(days) => patch.retention_days = *days,
            Self::ClusterByDay(cluster) => patch.cluster_by_day = Some(*cluster),
            Self::Table(whole) => return Some((**whole).clone()),
            _ => return None,
        }
        Some(patch)
    }
}

impl Design {
    /// The design with one more change. A change equal to what is there gives an equal design.
    pub fn apply(&self, edit: &Edit) -> Result<Self, EditError> {
        self.apply_all([edit])
    }

    /// The design with several more changes, one after another; if one is refused, none is made.
    pub fn apply_all<'a>(&self, edits: impl IntoIterator<Item = &'a Edit>) -> Result<Self, EditError> {
        let mut design = self.clone();
        for edit in edits {
            match edit.path.is_root() {
                true => design.change_table(&edit.change)?,
                false => design.change_column(edit)?,
            }
        }
        Ok(design)
    }

    fn change_table(&mut self, change: &Change) -> Result<(), EditError> {
        match change {
            Change::Reset => *self = Self { columns: std::mem::take(&mut self.columns), ..Self::default() },
            Change::RetentionDays(None) => self.take_back(Part::RetentionDays)?,
            Change::WriterProfile(None) => self.take_back(Part::WriterProfile)?,
            Change::TakeBack(part) => self.take_back(*part)?,
            Change::WriterProfile(profile) => self.load.writer_profile = *profile,
            Change::Load(patch) => {
                patch.check()?;
                self.load.merge(patch);
            }
            Change::Event(patch) => {
                patch.check()?;
                self.event.merge(patch);
            }
            Change::Topic(patch) => {
                patch.check()?;
                self.topic.merge(patch);
            }
            Change::SinkJob(patch) => self.sink_job.merge(patch),
            Change::SqlApplication(patch) => {
                patch.check()?;
                self.sql_application.merge(patch);
            }
            Change::Computed { id, column: None } => drop(self.computed.remove(id)),
            Change::Computed { id, column: Some(column) } => {
                column.check()?;
                self.computed.insert(id.clone(), column.clone());
                check_count(&self.computed)?;
            }
            _ => {
                let patch = change.of_table().ok_or(EditError::NotOfTable)?;
                patch.check()?;
                self.table.merge(&patch);
            }
        }
        Ok(())
    }

    /// Takes one edit at the root back.
    fn take_back(&mut self, part: Part) -> Result<(), EditError> {
        let is_of_load = self.load.take_back(part) || self.topic.take_back(part) || self.sink_job.take_back(part);
        let is_of_jobs = self.sql_application.take_back(part) || self.event.take_back(part);
        let is_known = self.table.take_back(part) || is_of_load || is_of_jobs;
        if is_known { Ok(()) } else { Err(EditError::NotOfTable) }
    }

    fn change_column(&mut self, edit: &Edit) -> Result<(), EditError> {
        let column = self.columns.entry(edit.path.clone()).or_default();
        match &edit.change {
            Change::Reset => *column = ColumnEdit::default(),
            Change::TakeBack(part) if column.take_back(*part) => {}
            change => {
                let patch = change.of_column().ok_or(EditError::NotOfColumn)?;
                patch.check()?;
                column.merge(&patch);
            }
        }
        if column.is_empty() {
            self.columns.remove(&edit.path);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::MAX_COMMENT_CHARS;
    use crate::schema::FieldPath;

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
        let read: Edit = serde_json::from_str(r#"{"path":"","change":"writerProfile","value":null}"#).unwrap();
        assert_eq!(design.apply(&read).unwrap(), Design::default(), "and nothing is the platform's default");
    }

    #[test]
    fn a_patch_sets_what_it_has_and_leaves_the_rest() {
        let patch = ColumnEdit { default: Some("0".into()), nullable: Some(false), ..ColumnEdit::default() };
        let design = Design::default().apply(&edit("a", Change::Rename("X".into()))).unwrap();
        let design = design.apply(&edit("a", Change::Column(Box::new(patch)))).unwrap();
        let column = design.columns.values().next().unwrap();
        assert_eq!(column.parts(), [Part::Name, Part::Nullable, Part::Default]);
        assert_eq!(design.edit_count(), 3);
    }

    #[test]
    fn one_edit_is_taken_back_without_the_others() {
        let design = Design::default().apply(&edit("a", Change::Rename("X".into()))).unwrap();
        let renamed = design.clone();
        let design = design.apply(&edit("a", Change::Nullable(false))).unwrap();
        assert_eq!(design.apply(&edit("a", Change::TakeBack(Part::Nullable))).unwrap(), renamed);
        assert_eq!(renamed.apply(&edit("a", Change::TakeBack(Part::Name))).unwrap(), Design::default());
        assert_eq!(renamed.apply(&edit("", Change::TakeBack(Part::Keep))), Err(EditError::NotOfTable));
        assert_eq!(renamed.apply(&edit("a", Change::TakeBack(Part::RetentionDays))), Err(EditError::NotOfColumn));
    }

    #[test]
    fn a_change_has_one_form_in_json() {
        let text = r#"{"path":"a.b","change":"column","value":{"default":"0","after":"","tags":{"t":"v"}}}"#;
        let read: Edit = serde_json::from_str(text).unwrap();
        assert!(matches!(&read.change, Change::Column(patch) if patch.after == Some(FieldPath::root())));
        assert_eq!(serde_json::from_str::<Edit>(&serde_json::to_string(&read).unwrap()).unwrap(), read);
        let text = r#"{"path":"a","change":"takeBack","value":"maskingPolicy"}"#;
        assert_eq!(serde_json::from_str::<Edit>(text).unwrap(), edit("a", Change::TakeBack(Part::MaskingPolicy)));
    }

    #[test]
    fn a_computed_column_is_added_changed_and_taken_away_by_its_id() {
        let read = |text: &str| serde_json::from_str::<Edit>(text).unwrap();
        let add = r#"{"path":"","change":"computed","value":{"id":"1","column":{"name":"X","type":"VARCHAR","expression":"a"}}}"#;
        let design = Design::default().apply(&read(add)).unwrap();
        assert_eq!((design.edit_count(), design.computed["1"].name.as_str()), (1, "X"));
        let renamed = design.apply(&read(&add.replace("\"X\"", "\"Y\""))).unwrap();
        assert_eq!((renamed.edit_count(), renamed.computed["1"].name.as_str()), (1, "Y"));
        let away = r#"{"path":"","change":"computed","value":{"id":"1","column":null}}"#;
        assert_eq!(renamed.apply(&read(away)).unwrap(), Design::default());
        assert_eq!(design.apply(&read(&add.replace("\"path\":\"\"", "\"path\":\"a\""))), Err(EditError::NotOfColumn));
        let many = (0..=100)
            .try_fold(Design::default(), |design, i| design.apply(&read(&add.replace("\"1\"", &format!("\"{i}\"")))));
        assert_eq!(many, Err(EditError::TooManyComputed { count: 101 }));
    }

    #[test]
    fn endless_texts_are_refused_at_once() {
        let long = "x".repeat(MAX_COMMENT_CHARS + 1);
        let refused = Design::default().apply(&edit("a", Change::Comment(long)));
        assert_eq!(refused, Err(EditError::TooLong { limit: 2000, length: 2001 }));
    }
}

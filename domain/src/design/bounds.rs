//! How large a design may be: what a person makes fits easily, what a program sends to fill the disk does not.

use std::collections::BTreeMap;

use super::edit::{EditError, MAX_COMMENT_CHARS};
use super::{
    ColumnEdit, ComputedColumn, Design, EventEdit, LoadEdit, MAX_COMPUTED_COLUMNS, MAX_TAGS, SqlApplicationEdit,
    TableEdit, Tags, TopicEdit,
};

/// The most columns that a design may edit; as many as the fields that are read of a schema.
pub const MAX_EDITED_COLUMNS: usize = crate::schema::MAX_FIELDS;
/// The most columns that one option of the table may list.
pub const MAX_LISTED_COLUMNS: usize = 100;
/// The most pipes that one change takes out.
pub const MAX_RETIRED_PIPES: usize = 20;
/// The most text that a design may hold in all, in bytes of names, paths, types and comments.
pub const MAX_DESIGN_BYTES: usize = 1 << 20;

impl ColumnEdit {
    /// Whether each text and the number of tags are within bounds.
    pub(super) fn check(&self) -> Result<(), EditError> {
        few(self.tags.as_ref())?;
        self.texts().try_for_each(short)
    }
}

impl TableEdit {
    /// Whether each text is within bounds.
    pub(super) fn check(&self) -> Result<(), EditError> {
        few(self.tags.as_ref())?;
        if let Some(count) = self.lists().find(|count| *count > MAX_LISTED_COLUMNS) {
            return Err(EditError::TooManyListed { count });
        }
        self.texts().try_for_each(short)
    }
}

impl LoadEdit {
    /// Whether each text and list is within bounds.
    pub(super) fn check(&self) -> Result<(), EditError> {
        if let Some(count) = self.retire.as_ref().map(Vec::len).filter(|count| *count > MAX_RETIRED_PIPES) {
            return Err(EditError::TooManyRetired { count });
        }
        self.texts().try_for_each(short)
    }
}

impl ComputedColumn {
    /// Whether each text is within bounds.
    pub(super) fn check(&self) -> Result<(), EditError> {
        self.texts().try_for_each(short)
    }
}

impl SqlApplicationEdit {
    /// Whether each text is within bounds.
    pub(super) fn check(&self) -> Result<(), EditError> {
        self.texts().try_for_each(short)
    }
}

impl EventEdit {
    /// Whether each text is within bounds.
    pub(super) fn check(&self) -> Result<(), EditError> {
        self.texts().try_for_each(short)
    }
}

impl TopicEdit {
    /// Whether each text is within bounds.
    pub(super) fn check(&self) -> Result<(), EditError> {
        self.texts().try_for_each(short)
    }
}

impl Design {
    /// Whether the design keeps within its bounds; the error is the sentence.
    pub fn check_bounds(&self) -> Result<(), EditError> {
        if self.columns.len() > MAX_EDITED_COLUMNS {
            return Err(EditError::TooManyColumns { limit: MAX_EDITED_COLUMNS, count: self.columns.len() });
        }
        self.columns.values().try_for_each(ColumnEdit::check)?;
        check_count(&self.computed)?;
        self.computed.values().try_for_each(ComputedColumn::check)?;
        self.table.check()?;
        self.load.check()?;
        self.event.check()?;
        self.topic.check()?;
        self.sql_application.check()?;
        let paths = self.columns.keys().flat_map(|path| path.segments()).map(String::len);
        let texts = self
            .columns
            .values()
            .flat_map(ColumnEdit::texts)
            .chain(self.table.texts())
            .chain(self.load.texts())
            .chain(self.topic.texts());
        let texts = texts.chain(self.sql_application.texts()).chain(self.event.texts());
        let texts = texts.chain(self.computed.keys().map(String::as_str));
        let texts = texts.chain(self.computed.values().flat_map(ComputedColumn::texts));
        let bytes = paths.chain(texts.map(str::len)).sum::<usize>();
        if bytes > MAX_DESIGN_BYTES {
            return Err(EditError::TooLarge { limit: MAX_DESIGN_BYTES, bytes });
        }
        Ok(())
    }
}

/// Whether there are few enough computed columns, with short ids.
pub(super) fn check_count(computed: &BTreeMap<String, ComputedColumn>) -> Result<(), EditError> {
    let count = computed.len();
    if count > MAX_COMPUTED_COLUMNS {
        return Err(EditError::TooManyComputed { count });
    }
    computed.keys().try_for_each(|id| short(id))
}

fn short(text: &str) -> Result<(), EditError> {
    let length = text.chars().count();
    if length > MAX_COMMENT_CHARS { Err(EditError::TooLong { limit: MAX_COMMENT_CHARS, length }) } else { Ok(()) }
}

fn few(tags: Option<&Tags>) -> Result<(), EditError> {
    let count = tags.map_or(0, Tags::len);
    if count > MAX_TAGS { Err(EditError::TooManyTags { count }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::FieldPath;

    fn with_comments(count: usize, chars: usize) -> Design {
        let edit = ColumnEdit { comment: Some("x".repeat(chars)), ..ColumnEdit::default() };
        let columns = (0..count).map(|i| (FieldPath::of([format!("f{i}")]), edit.clone())).collect();
        Design { columns, ..Design::default() }
    }

    #[test]
    fn what_a_person_makes_fits_and_a_flood_does_not() {
        assert_eq!(with_comments(500, 500).check_bounds(), Ok(()));
        assert!(matches!(with_comments(1, 2001).check_bounds(), Err(EditError::TooLong { .. })));
        assert!(matches!(with_comments(1000, 2000).check_bounds(), Err(EditError::TooLarge { .. })));
        assert!(matches!(with_comments(20_001, 1).check_bounds(), Err(EditError::TooManyColumns { .. })));
    }

    #[test]
    fn tags_are_few() {
        let tags = |count: usize| Some((0..count).map(|i| (format!("t{i}"), "v".to_owned())).collect());
        let with = |count| Design {
            columns: [(FieldPath::of(["a"]), ColumnEdit { tags: tags(count), ..ColumnEdit::default() })].into(),
            ..Design::default()
        };
        assert_eq!(with(20).check_bounds(), Ok(()));
        assert_eq!(with(21).check_bounds(), Err(EditError::TooManyTags { count: 21 }));
    }
}

//! How large a design may be: what a person makes fits easily, what a program sends to fill the disk does not.

use super::Design;
use super::edit::{EditError, MAX_COMMENT_CHARS};

/// The most columns that a design may edit; as many as the fields that are read of a schema.
pub const MAX_EDITED_COLUMNS: usize = crate::schema::MAX_FIELDS;
/// The most text that a design may hold in all, in bytes of names, paths, types and comments.
pub const MAX_DESIGN_BYTES: usize = 1 << 20;

impl Design {
    /// Whether the design keeps within its bounds; the error is the sentence.
    pub fn check_bounds(&self) -> Result<(), EditError> {
        if self.columns.len() > MAX_EDITED_COLUMNS {
            return Err(EditError::TooManyColumns { limit: MAX_EDITED_COLUMNS, count: self.columns.len() });
        }
        let texts = self.columns.values().flat_map(|c| [&c.name, &c.column_type, &c.comment]);
        let texts = texts.chain([&self.table.name, &self.table.comment]).flatten();
        let mut bytes = self.columns.keys().flat_map(|path| path.segments()).map(String::len).sum::<usize>();
        for text in texts {
            let length = text.chars().count();
            if length > MAX_COMMENT_CHARS {
                return Err(EditError::TooLong { limit: MAX_COMMENT_CHARS, length });
            }
            bytes += text.len();
        }
        if bytes > MAX_DESIGN_BYTES {
            return Err(EditError::TooLarge { limit: MAX_DESIGN_BYTES, bytes });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::ColumnEdit;
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
}

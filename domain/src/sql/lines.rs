//! A statement as one text that is written once, and what each of its lines is about.

use std::fmt::{self, Display, Write as _};

use crate::schema::FieldPath;
use crate::table::Column;

/// About the bytes of a column's line, for the room that is made before.
const USUAL_LINE: usize = 72;
/// About the bytes of what stands around the columns.
const USUAL_REST: usize = 400;

/// The lines of a statement. Each knows the field whose column it is about, if it is about one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines<'a> {
    text: String,
    /// Where each line ends behind its line break.
    ends: Vec<(usize, Option<&'a FieldPath>)>,
}

impl<'a> Lines<'a> {
    /// The whole text; every line ends with a line break.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, to be kept.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Each line without its line break, and its field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&'a FieldPath>)> {
        let mut start = 0;
        self.ends.iter().map(move |(end, source)| {
            let line = self.text.get(start..*end).unwrap_or_default();
            start = *end;
            (line.strip_suffix('\n').unwrap_or(line), *source)
        })
    }

    /// The field of each line.
    pub fn sources(&self) -> impl Iterator<Item = Option<&'a FieldPath>> {
        self.ends.iter().map(|(_, source)| *source)
    }

    /// Adds a line that is about no column.
    pub(super) fn add(&mut self, line: impl Display) {
        // Writing to a text cannot fail.
        let _ = write!(self.text, "{line}");
        self.end(None);
    }

    /// Adds the lines of another statement, with some text before the first.
    pub(super) fn append(&mut self, before: &str, other: &Self) {
        self.text.reserve(before.len() + other.text.len());
        self.text.push_str(before);
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|(end, source)| (start + end, *source)));
    }

    /// Adds a line for each column, with commas between them.
    pub(super) fn add_columns(&mut self, columns: &[&'a Column], write: impl Fn(&mut String, &Column) -> fmt::Result) {
        self.text.reserve(columns.len() * USUAL_LINE + USUAL_REST);
        self.ends.reserve(columns.len() + 8);
        for (i, column) in columns.iter().enumerate() {
            let _ = write(&mut self.text, column);
            if i + 1 < columns.len() {
                self.text.push(',');
            }
            self.end(column.source.as_ref());
        }
    }

    fn end(&mut self, source: Option<&'a FieldPath>) {
        self.text.push('\n');
        self.ends.push((self.text.len(), source));
    }
}

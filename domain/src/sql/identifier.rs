//! Identifiers, always double-quoted: `"ORDER_ID"` is the same object as an unquoted `order_id`, and no word is special inside quotes.

use std::fmt;

use super::Literal;

/// A quoted identifier. NUL, the one character that Snowflake refuses inside quotes, is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifier<'a>(pub &'a str);

impl Identifier<'_> {
    /// Whether it means the same without quotes: upper-case ASCII letters, digits, `_` and `$`, not starting with a digit.
    pub fn is_plain(&self) -> bool {
        let ok = |c: char| c.is_ascii_uppercase() || c == '_';
        self.0.starts_with(ok) && self.0.chars().all(|c| ok(c) || c.is_ascii_digit() || c == '$')
    }
}

impl Identifier<'_> {
    /// Writes it; into a text without what a formatter costs, since a statement has thousands.
    pub(super) fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str("\"")?;
        if !self.0.bytes().any(|byte| matches!(byte, b'"' | 0)) {
            out.write_str(self.0)?;
            return out.write_str("\"");
        }
        for run in self.0.split_inclusive(['"', '\0']) {
            out.write_str(run.trim_end_matches('\0'))?;
            if run.ends_with('"') {
                out.write_str("\"")?;
            }
        }
        out.write_str("\"")
    }
}

impl fmt::Display for Identifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

/// `"DATABASE"."SCHEMA"."NAME"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QualifiedName<'a> {
    /// Database, unquoted.
    pub database: &'a str,
    /// Schema, unquoted.
    pub schema: &'a str,
    /// Object, unquoted.
    pub name: &'a str,
}

impl QualifiedName<'_> {
    /// The name in a string literal, as system functions take it.
    pub fn literal(&self) -> String {
        Literal(&self.to_string()).to_string()
    }
}

impl fmt::Display for QualifiedName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Identifier(self.database).write(f)?;
        f.write_str(".")?;
        Identifier(self.schema).write(f)?;
        f.write_str(".")?;
        Identifier(self.name).write(f)
    }
}

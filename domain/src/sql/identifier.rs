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

impl fmt::Display for Identifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for run in self.0.split_inclusive(['"', '\0']) {
            f.write_str(run.trim_end_matches('\0'))?;
            if run.ends_with('"') {
                f.write_str("\"")?;
            }
        }
        f.write_str("\"")
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
        write!(f, "{}.{}.{}", Identifier(self.database), Identifier(self.schema), Identifier(self.name))
    }
}

//! The place of a value in a row of the Parquet file, case-exact: `$1:"orderId"`, or function calls where that form cannot say it.

use std::fmt;
use std::sync::Arc;

use super::literal::misleads;
use super::{Identifier, Literal};
use crate::schema::FieldPath;

/// A path into `$1`, outermost key first. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePath(Arc<[String]>);

impl SourcePath {
    /// The path of a key of the row itself.
    pub fn top(key: impl Into<String>) -> Self {
        Self(Arc::new([key.into()]))
    }

    /// The path of a field.
    pub fn of(path: &FieldPath) -> Self {
        Self(path.shared())
    }

    /// The path as an expression.
    pub(super) fn to_sql(&self) -> String {
        let mut sql = String::with_capacity(self.0.iter().map(|key| key.len() + 8).sum::<usize>() + 16);
        // Writing to a text cannot fail.
        let _ = self.write(&mut sql);
        sql
    }

    fn write(&self, f: &mut impl fmt::Write) -> fmt::Result {
        match self.0.as_ref() {
            [key] if is_plain_key(key) => {
                f.write_str("$1:")?;
                Identifier(key).write(f)
            }
            keys if keys.iter().all(|key| is_plain_key(key)) => {
                let path: Vec<String> = keys.iter().map(|key| Identifier(key).to_string()).collect();
                f.write_str("GET_PATH($1, ")?;
                Literal(&path.join(".")).write(f)?;
                f.write_str(")")
            }
            keys => {
                f.write_str(&"GET(".repeat(keys.len()))?;
                f.write_str("$1")?;
                keys.iter().try_for_each(|key| write!(f, ", {})", Literal(key)))
            }
        }
    }

    /// The path of a key of the value at this path.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        Self(self.0.iter().cloned().chain([key.to_owned()]).collect())
    }
}

/// Whether a key can stand between double quotes in a path. How Snowflake reads an embedded `""` there is not documented.
fn is_plain_key(key: &str) -> bool {
    !key.is_empty() && !key.chars().any(|c| matches!(c, '"' | '\\') || misleads(c))
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

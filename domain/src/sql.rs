//! Exactly the Snowflake SQL that we emit: identifiers, literals, types, expressions and statements, each quoted by its own type.

use std::fmt;

/// A column type as Snowflake spells it, parsed so that only known types with valid parameters exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnType(String);

/// A SQL expression of the load, already quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression(String);

impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

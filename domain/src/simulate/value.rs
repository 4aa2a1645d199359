//! What an expression can be worth: SQL's values, and VARIANT with what is inside it.

use std::collections::BTreeMap;

use super::decimal::Decimal;

/// A value of SQL.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// A value of a plain type.
    Scalar(Scalar),
    /// A VARIANT; JSON null among them.
    Variant(Variant),
    /// An ARRAY.
    Array(Vec<Variant>),
    /// An OBJECT.
    Object(BTreeMap<String, Variant>),
}

/// What is inside a VARIANT.
#[derive(Debug, Clone, PartialEq)]
pub enum Variant {
    /// JSON null, which is not NULL.
    Null,
    /// A value of a plain type.
    Scalar(Scalar),
    /// A list.
    Array(Vec<Variant>),
    /// Values by key.
    Object(BTreeMap<String, Variant>),
}

/// A value of a plain type. Times are in nanoseconds.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// BOOLEAN.
    Boolean(bool),
    /// NUMBER.
    Number(Decimal),
    /// FLOAT.
    Float(f64),
    /// VARCHAR.
    Text(String),
    /// BINARY.
    Binary(Vec<u8>),
    /// DATE: days since 1970-01-01.
    Date(i64),
    /// TIME: since midnight.
    Time(i64),
    /// TIMESTAMP_NTZ: what the clock shows, counted from 1970-01-01T00:00:00.
    Ntz(i128),
    /// TIMESTAMP_LTZ: an instant, counted from 1970-01-01T00:00:00Z.
    Ltz(i128),
    /// TIMESTAMP_TZ: an instant, and the seconds that its clock is ahead of UTC.
    Tz {
        /// Counted from 1970-01-01T00:00:00Z.
        instant: i128,
        /// Seconds ahead of UTC.
        offset: i64,
    },
}

/// What a session says of time zones: how many seconds its clock is ahead of UTC. Los Angeles in winter unless said otherwise, so
/// that an expression which depends on it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Seconds ahead of UTC.
    pub offset: i64,
}

impl Default for Session {
    fn default() -> Self {
        Self { offset: -8 * 3600 }
    }
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Snowflake would fail, and so would the load of the row.
    #[error("{0}")]
    Refused(String),
    /// The simulator has no model of it, and does not guess.
    #[error("Not simulated: {0}")]
    NotSimulated(String),
}

impl Failure {
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::Refused(message.into())
    }

    pub(super) fn unknown(what: impl Into<String>) -> Self {
        Self::NotSimulated(what.into())
    }
}

/// A value, or why there is none.
pub type Outcome<T = Value> = Result<T, Failure>;

impl From<Scalar> for Value {
    fn from(scalar: Scalar) -> Self {
        Self::Scalar(scalar)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Self::Scalar(Scalar::Number(number))
    }
}

impl From<bool> for Value {
    fn from(boolean: bool) -> Self {
        Self::Scalar(Scalar::Boolean(boolean))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Scalar(Scalar::Text(text))
    }
}

impl Scalar {
    /// The type's name.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "BOOLEAN",
            Self::Number(_) => "NUMBER",
            Self::Float(_) => "FLOAT",
            Self::Text(_) => "VARCHAR",
            Self::Binary(_) => "BINARY",
            Self::Date(_) => "DATE",
            Self::Time(_) => "TIME",
            Self::Ntz(_) => "TIMESTAMP_NTZ",
            Self::Ltz(_) => "TIMESTAMP_LTZ",
            Self::Tz { .. } => "TIMESTAMP_TZ",
        }
    }
}

impl Value {
    /// The type's name.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Scalar(scalar) => scalar.type_name(),
            Self::Variant(_) => "VARIANT",
            Self::Array(_) => "ARRAY",
            Self::Object(_) => "OBJECT",
        }
    }

    /// The value where SQL asks for a plain one: a VARIANT's content, and NULL of JSON null.
    pub(super) fn plain(self) -> Self {
        match self {
            Self::Variant(Variant::Null) => Self::Null,
            Self::Variant(Variant::Scalar(scalar)) => Self::Scalar(scalar),
            Self::Variant(Variant::Array(items)) => Self::Array(items),
            Self::Variant(Variant::Object(entries)) => Self::Object(entries),
            other => other,
        }
    }

    /// The value as the content of a VARIANT; `None` of NULL.
    pub(super) fn into_variant(self) -> Option<Variant> {
        match self {
            Self::Null => None,
            Self::Scalar(scalar) => Some(Variant::Scalar(scalar)),
            Self::Variant(variant) => Some(variant),
            Self::Array(items) => Some(Variant::Array(items)),
            Self::Object(entries) => Some(Variant::Object(entries)),
        }
    }
}

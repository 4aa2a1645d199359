//! Column types, parsed so that only known ones with valid parameters exist. Limits are those of the data type pages of
//! Snowflake's SQL reference.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// The most digits of a NUMBER.
pub const MAX_NUMBER_PRECISION: u32 = 38;
/// The longest VARCHAR, in characters.
pub const MAX_VARCHAR_CHARS: u32 = 134_217_728;
/// The longest text of a VARCHAR without a length, in characters.
const DEFAULT_VARCHAR_CHARS: u32 = 16_777_216;
/// The longest BINARY, in bytes.
pub const MAX_BINARY_BYTES: u32 = 67_108_864;
const MAX_SCALE: u32 = 37;

/// A column type in Snowflake's canonical spelling (`NUMBER(38,0)`, never `INT`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ColumnType(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Boolean,
    Number { precision: u8, scale: u8 },
    Float,
    Varchar(Option<u32>),
    Binary(Option<u32>),
    Date,
    Time(u8),
    TimestampNtz(u8),
    TimestampLtz(u8),
    TimestampTz(u8),
    Variant,
    Object,
    Array,
}

/// Why a text is not a column type that we make, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypeError {
    /// Not the name of a type.
    #[error("{0:?} is not a Snowflake type.")]
    Unknown(String),
    /// A type of Snowflake's that the load cannot fill.
    #[error("The load cannot fill a column of type {0}.")]
    NotLoadable(String),
    /// Its meaning depends on a session parameter.
    #[error("TIMESTAMP means whatever a session's TIMESTAMP_TYPE_MAPPING says; write TIMESTAMP_NTZ(6).")]
    Ambiguous,
    /// Wrong parameters.
    #[error("{0}")]
    Parameters(String),
}

impl ColumnType {
    pub(crate) const fn new(kind: Kind) -> Self {
        Self(kind)
    }

    pub(crate) const fn kind(self) -> Kind {
        self.0
    }

    /// Whether `SET DATA TYPE` turns a column of this type into one of the other without touching a value: more digits before the
    /// point, or longer text. Nothing else can be widened.
    pub fn widens_to(self, wider: Self) -> bool {
        match (self.0, wider.0) {
            (Kind::Number { precision: p, scale: s }, Kind::Number { precision: q, scale: t }) => s == t && p < q,
            (Kind::Varchar(short), Kind::Varchar(long)) => {
                short.unwrap_or(DEFAULT_VARCHAR_CHARS) < long.unwrap_or(DEFAULT_VARCHAR_CHARS)
            }
            _ => false,
        }
    }

    /// Its spelling; for the usual types without making a text.
    pub(crate) fn spelled(self) -> Cow<'static, str> {
        Cow::Borrowed(match self.0 {
            Kind::Boolean => "BOOLEAN",
            Kind::Number { precision: 38, scale: 0 } => "NUMBER(38,0)",
            Kind::Float => "FLOAT",
            Kind::Varchar(None) => "VARCHAR",
            Kind::Binary(None) => "BINARY",
            Kind::Date => "DATE",
            Kind::TimestampNtz(6) => "TIMESTAMP_NTZ(6)",
            Kind::TimestampNtz(9) => "TIMESTAMP_NTZ(9)",
            Kind::TimestampTz(9) => "TIMESTAMP_TZ(9)",
            Kind::Variant => "VARIANT",
            Kind::Object => "OBJECT",
            Kind::Array => "ARRAY",
            Kind::Number { precision, scale } => return format!("NUMBER({precision},{scale})").into(),
            Kind::Varchar(Some(length)) => return format!("VARCHAR({length})").into(),
            Kind::Binary(Some(length)) => return format!("BINARY({length})").into(),
            Kind::Time(digits) => return format!("TIME({digits})").into(),
            Kind::TimestampNtz(digits) => return format!("TIMESTAMP_NTZ({digits})").into(),
            Kind::TimestampLtz(digits) => return format!("TIMESTAMP_LTZ({digits})").into(),
            Kind::TimestampTz(digits) => return format!("TIMESTAMP_TZ({digits})").into(),
        })
    }

    pub(crate) fn is_bounded_text(self) -> bool {
        matches!(self.0, Kind::Varchar(Some(_)))
    }

    pub(crate) fn is_text(self) -> bool {
        matches!(self.0, Kind::Varchar(_))
    }
}

impl From<Kind> for ColumnType {
    fn from(kind: Kind) -> Self {
        Self(kind)
    }
}

impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelled())
    }
}

impl FromStr for ColumnType {
    type Err = TypeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, parameters) = split(text)?;
        let kind = match name.as_str() {
            "NUMBER" | "DECIMAL" | "DEC" | "NUMERIC" => number(&parameters)?,
            "VARCHAR" | "STRING" | "TEXT" | "NVARCHAR" | "NVARCHAR2" | "CHAR VARYING" | "NCHAR VARYING" => {
                Kind::Varchar(length(&name, &parameters, MAX_VARCHAR_CHARS)?)
            }
            "CHAR" | "CHARACTER" | "NCHAR" => {
                Kind::Varchar(Some(length(&name, &parameters, MAX_VARCHAR_CHARS)?.unwrap_or(1)))
            }
            "BINARY" | "VARBINARY" => Kind::Binary(length(&name, &parameters, MAX_BINARY_BYTES)?),
            "TIME" => Kind::Time(digits(&name, &parameters)?),
            "TIMESTAMP_NTZ" | "TIMESTAMPNTZ" | "TIMESTAMP WITHOUT TIME ZONE" | "DATETIME" => {
                Kind::TimestampNtz(digits(&name, &parameters)?)
            }
            "TIMESTAMP_LTZ" | "TIMESTAMPLTZ" | "TIMESTAMP WITH LOCAL TIME ZONE" => {
                Kind::TimestampLtz(digits(&name, &parameters)?)
            }
            "TIMESTAMP_TZ" | "TIMESTAMPTZ" | "TIMESTAMP WITH TIME ZONE" => {
                Kind::TimestampTz(digits(&name, &parameters)?)
            }
            "TIMESTAMP" => return Err(TypeError::Ambiguous),
            _ if parameters.is_empty() => unparameterised(&name)?,
            _ => {
                unparameterised(&name)?;
                return Err(TypeError::Parameters(format!("{name} takes no parameters here; write {name}.")));
            }
        };
        Ok(Self(kind))
    }
}

fn unparameterised(name: &str) -> Result<Kind, TypeError> {
    match name {
        "INT" | "INTEGER" | "BIGINT" | "SMALLINT" | "TINYINT" | "BYTEINT" => {
            Ok(Kind::Number { precision: 38, scale: 0 })
        }
        "FLOAT" | "FLOAT4" | "FLOAT8" | "DOUBLE" | "DOUBLE PRECISION" | "REAL" => Ok(Kind::Float),
        "BOOLEAN" => Ok(Kind::Boolean),
        "DATE" => Ok(Kind::Date),
        "VARIANT" => Ok(Kind::Variant),
        "OBJECT" => Ok(Kind::Object),
        "ARRAY" => Ok(Kind::Array),
        "UUID" | "DECFLOAT" | "GEOGRAPHY" | "GEOMETRY" | "VECTOR" | "MAP" | "INTERVAL" | "FILE" => {
            Err(TypeError::NotLoadable(name.to_owned()))
        }
        _ => Err(TypeError::Unknown(shortened(name))),
    }
}

/// The upper-cased words before the parentheses, and the numbers within.
fn split(text: &str) -> Result<(String, Vec<u32>), TypeError> {
    let text = text.trim();
    let (name, rest) = text.split_once('(').map_or((text, None), |(name, rest)| (name, Some(rest)));
    let name = name.split_whitespace().map(str::to_uppercase).collect::<Vec<_>>().join(" ");
    let Some(rest) = rest else { return Ok((name, vec![])) };
    let wrong = || {
        TypeError::Parameters(format!("Parameters are whole numbers in parentheses, as in {}(10).", shortened(&name)))
    };
    let inner = rest.strip_suffix(')').ok_or_else(wrong)?;
    let parameters = inner.split(',').map(|p| p.trim().parse::<u32>()).collect::<Result<Vec<_>, _>>();
    let digits_only = inner.chars().all(|c| c.is_ascii_digit() || c == ',' || c.is_whitespace());
    let parameters = parameters.ok().filter(|_| digits_only).ok_or_else(wrong)?;
    Ok((name, parameters))
}

fn shortened(name: &str) -> String {
    if name.chars().count() > 40 { name.chars().take(40).chain(['…']).collect() } else { name.to_owned() }
}

fn number(parameters: &[u32]) -> Result<Kind, TypeError> {
    let (precision, scale) = match parameters {
        [] => (MAX_NUMBER_PRECISION, 0),
        [precision] => (*precision, 0),
        [precision, scale] => (*precision, *scale),
        _ => return Err(TypeError::Parameters("NUMBER takes a precision and a scale, as in NUMBER(12,2).".into())),
    };
    if precision == 0 || precision > MAX_NUMBER_PRECISION {
        return Err(TypeError::Parameters(format!(
            "A NUMBER has 1 to {MAX_NUMBER_PRECISION} digits, not {precision}."
        )));
    }
    if scale > precision.min(MAX_SCALE) {
        let most = precision.min(MAX_SCALE);
        return Err(TypeError::Parameters(format!(
            "A NUMBER of {precision} digits has at most {most} of them after the point, not {scale}."
        )));
    }
    Ok(Kind::Number { precision: narrow(precision), scale: narrow(scale) })
}

fn length(name: &str, parameters: &[u32], most: u32) -> Result<Option<u32>, TypeError> {
    match parameters {
        [] => Ok(None),
        [length] if (1..=most).contains(length) => Ok(Some(*length)),
        _ => Err(TypeError::Parameters(format!("{name} takes one length from 1 to {most}."))),
    }
}

fn digits(name: &str, parameters: &[u32]) -> Result<u8, TypeError> {
    match parameters {
        [] => Ok(9),
        [digits @ 0..=9] => Ok(narrow(*digits)),
        _ => Err(TypeError::Parameters(format!("{name} takes the digits after the second, 0 to 9."))),
    }
}

/// Callers have checked the range.
fn narrow(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

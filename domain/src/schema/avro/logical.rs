//! Avro's logical types (specification 1.12, "Logical Types"): which base each belongs on, and what it becomes.

use super::names::Object;
use crate::schema::json::Value;
use crate::schema::{FieldType, TimeUnit};

/// The type below a logical type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// A primitive or a complex type by its word (`int`, `bytes`, `record`).
    Word(&'static str),
    /// A fixed type of this size.
    Fixed(u64),
}

/// What a `logicalType` attribute means for its base.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// It is this type.
    Type(FieldType),
    /// The base stays, on purpose.
    Base,
    /// The base stays, because the attribute is unknown or wrong; the sentence says how.
    Ignored(String),
}

/// The word for messages.
impl std::fmt::Display for Base {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Fixed(size) => write!(f, "fixed({size})"),
        }
    }
}

/// Reads the logical type `name` that `object` puts on `base`.
pub fn meaning(name: &str, base: Base, object: &Object) -> Meaning {
    use TimeUnit::{Micros, Millis, Nanos};
    let (expected, ty) = match name {
        "decimal" => return decimal(base, object),
        "uuid" if base == Base::Fixed(16) => return Meaning::Type(FieldType::UuidBytes),
        "big-decimal" if base == Base::Word("bytes") => return Meaning::Base,
        "uuid" => ("string", FieldType::Uuid),
        "date" => ("int", FieldType::Date),
        "time-millis" => ("int", FieldType::Time { unit: Millis }),
        "time-micros" => ("long", FieldType::Time { unit: Micros }),
        "timestamp-millis" => ("long", FieldType::Instant { unit: Millis }),
        "timestamp-micros" => ("long", FieldType::Instant { unit: Micros }),
        "timestamp-nanos" => ("long", FieldType::Instant { unit: Nanos }),
        "local-timestamp-millis" => ("long", FieldType::LocalDateTime { unit: Millis }),
        "local-timestamp-micros" => ("long", FieldType::LocalDateTime { unit: Micros }),
        "local-timestamp-nanos" => ("long", FieldType::LocalDateTime { unit: Nanos }),
        "big-decimal" => ("bytes", FieldType::Bytes),
        "duration" if base == Base::Fixed(12) => return Meaning::Type(FieldType::Duration),
        "duration" => return Meaning::Ignored(format!("belongs on fixed(12), not on {base}")),
        _ => return Meaning::Ignored("is not known".to_owned()),
    };
    if base == Base::Word(expected) {
        Meaning::Type(ty)
    } else {
        Meaning::Ignored(format!("belongs on {expected}, not on {base}"))
    }
}

fn decimal(base: Base, object: &Object) -> Meaning {
    let most = match base {
        Base::Word("bytes") => u32::MAX,
        Base::Fixed(size) => digits_in(size),
        _ => return Meaning::Ignored(format!("belongs on bytes or fixed, not on {base}")),
    };
    let number = |key: &str| object.get(key).map(Value::as_u64);
    let precision = number("precision").flatten().and_then(|p| u32::try_from(p).ok()).filter(|p| *p > 0);
    let scale = number("scale").unwrap_or(Some(0)).and_then(|s| u32::try_from(s).ok());
    match (precision, scale) {
        (None, _) => Meaning::Ignored("needs a precision of at least 1".to_owned()),
        (Some(precision), _) if precision > most => {
            Meaning::Ignored(format!("has precision {precision}, but {base} holds {most} digits"))
        }
        (Some(precision), Some(scale)) if scale <= precision => Meaning::Type(FieldType::Decimal { precision, scale }),
        _ => Meaning::Ignored("needs a scale between 0 and its precision".to_owned()),
    }
}

/// How many decimal digits fit in so many bytes of two's complement.
fn digits_in(bytes: u64) -> u32 {
    let bits = bytes.min(1 << 20).saturating_mul(8).saturating_sub(1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let digits = (bits as f64 * std::f64::consts::LOG10_2).floor() as u32;
    digits
}

//! What a Parquet file holds at one place, with the annotations that a reader goes by. No bytes of a file are read or made here.

use super::decimal::Decimal;
use crate::schema::TimeUnit;

/// A value in a file, as its physical type and annotation say it.
#[derive(Debug, Clone, PartialEq)]
pub enum Held {
    /// Nothing: the file says that the value is missing.
    Missing,
    /// BOOLEAN.
    Boolean(bool),
    /// INT32 or INT64.
    Integer(i64, Option<Mark>),
    /// INT96: an instant, in nanoseconds since 1970-01-01T00:00:00 on the writer's clock.
    Int96(i128),
    /// FLOAT or DOUBLE.
    Float(f64),
    /// BYTE_ARRAY or FIXED_LEN_BYTE_ARRAY.
    Bytes(Vec<u8>, BytesMark),
    /// A group without annotation.
    Group(Vec<(String, Held)>),
    /// A group annotated as LIST, in either form.
    List(Vec<Held>),
    /// A group annotated as MAP.
    Map(Vec<(Held, Held)>),
    /// A repeated field without annotation.
    Repeated(Vec<Held>),
}

/// What an annotation makes of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// DATE: days.
    Date,
    /// TIME in this unit.
    Time(TimeUnit),
    /// TIMESTAMP in this unit.
    Timestamp {
        /// Its unit.
        unit: TimeUnit,
        /// `isAdjustedToUTC`.
        utc: bool,
        /// Whether the file says it in the older way too, as parquet-java does for millis and micros.
        converted: bool,
    },
    /// DECIMAL with so many digits after the point.
    Decimal(u32),
}

/// What an annotation makes of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BytesMark {
    /// Nothing.
    Plain,
    /// STRING.
    Text,
    /// ENUM.
    Enum,
    /// DECIMAL with so many digits after the point, in big-endian two's complement.
    Decimal(u32),
    /// UUID.
    Uuid,
}

impl Held {
    /// A text annotated as STRING.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Bytes(text.into().into_bytes(), BytesMark::Text)
    }

    /// A decimal in bytes.
    pub fn decimal(number: Decimal) -> Self {
        Self::Bytes(number.unscaled().to_be_bytes().to_vec(), BytesMark::Decimal(number.scale()))
    }
}

/// The number that big-endian two's complement says; `None` where it has more than 38 digits.
pub(super) fn decimal_of(bytes: &[u8], scale: u32) -> Option<Decimal> {
    let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let filling = if negative { 0xff } else { 0 };
    let extra = bytes.len().saturating_sub(16);
    let (dropped, kept) = bytes.split_at_checked(extra)?;
    let sign_is_kept = extra == 0 || kept.first().is_some_and(|first| (first & 0x80 != 0) == negative);
    if dropped.iter().any(|byte| *byte != filling) || !sign_is_kept {
        return None;
    }
    let start: i128 = if negative { -1 } else { 0 };
    Decimal::new(kept.iter().fold(start, |number, byte| number << 8 | i128::from(*byte)), scale)
}

//! How one type of the field model stands to another: the same, wider, narrower or unlike.

use crate::schema::FieldType;

/// How a new type stands to an old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same, what is inside aside.
    Same,
    /// Every old value is a new value.
    Wider,
    /// Every new value is an old value.
    Narrower,
    /// Neither.
    Unlike,
}

/// The relation of `new` to `old`. Records, arrays, maps, enums and unions of one kind count as the same: their insides are
/// compared on their own.
pub fn relation(old: &FieldType, new: &FieldType) -> Relation {
    match (contains(new, old), contains(old, new)) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Unlike,
    }
}

/// Whether every value of `small` is a value of `large`.
fn contains(large: &FieldType, small: &FieldType) -> bool {
    use FieldType::{
        Array, Decimal, Duration, Enum, Float, Instant, Integer, Json, LocalDateTime, Map, Record, Recursive, String,
        Time, Union,
    };
    match (large, small) {
        (Integer { bits: a, signed: is }, Integer { bits: b, signed: was }) => holds(width(*a, *is), width(*b, *was)),
        (Float { bits: a }, Float { bits: b }) => a >= b,
        // JSON Schema's integers, which have no bound, are numbers like the others.
        (Float { bits: 64 }, Integer { bits: 0..=32, .. }) => true,
        (Decimal { precision, scale }, Integer { bits: bits @ 1..=64, .. }) => {
            precision.saturating_sub(*scale) >= digits(*bits)
        }
        (Integer { bits: 0, signed: true }, Decimal { scale: 0, .. }) => true,
        (Decimal { precision: p, scale: s }, Decimal { precision: q, scale: t }) => {
            s >= t && p.saturating_sub(*s) >= q.saturating_sub(*t)
        }
        (String { max_length: a }, String { max_length: b }) => a.is_none_or(|a| b.is_some_and(|b| a >= b)),
        (String { max_length: None }, Enum { .. }) => true,
        (Instant { unit: a }, Instant { unit: b })
        | (Time { unit: a }, Time { unit: b })
        | (LocalDateTime { unit: a }, LocalDateTime { unit: b }) => a.digits() >= b.digits(),
        (Enum { .. }, Enum { .. })
        | (Array { .. }, Array { .. })
        | (Map { .. }, Map { .. })
        | (Record { .. }, Record { .. })
        | (Union { .. }, Union { .. })
        | (Duration, Duration) => true,
        (Union { branches }, small) => branches.iter().any(|branch| contains(&branch.ty, small)),
        (Recursive { name: a }, Recursive { name: b }) => a == b,
        (Json, _) => true,
        (large, small) => large == small,
    }
}

/// How many decimal digits so many bits can have.
fn digits(bits: u8) -> u32 {
    if bits <= 32 { 10 } else { 20 }
}

/// The bits of magnitude and whether there is a sign; 0 bits are no bound.
fn width(bits: u8, signed: bool) -> (u16, bool) {
    let bits = if bits == 0 { u16::MAX } else { u16::from(bits) };
    (if signed { bits - 1 } else { bits }, signed)
}

fn holds((a, is): (u16, bool), (b, was): (u16, bool)) -> bool {
    a >= b && (is || !was)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_widen_by_bits_and_signs() {
        let int = |bits, signed| FieldType::Integer { bits, signed };
        for (old, new, expected) in [
            (int(32, true), int(64, true), Relation::Wider),
            (int(64, true), int(32, true), Relation::Narrower),
            (int(32, false), int(64, true), Relation::Wider),
            (int(32, true), int(64, false), Relation::Unlike),
            (int(64, true), int(0, true), Relation::Wider),
            (int(32, true), FieldType::Float { bits: 64 }, Relation::Wider),
            (int(64, true), FieldType::Float { bits: 64 }, Relation::Unlike),
            (int(64, true), FieldType::Json, Relation::Wider),
            (int(64, true), FieldType::Decimal { precision: 38, scale: 0 }, Relation::Wider),
            (FieldType::Decimal { precision: 38, scale: 0 }, int(0, true), Relation::Wider),
            (int(64, true), FieldType::Decimal { precision: 38, scale: 20 }, Relation::Unlike),
        ] {
            assert_eq!(relation(&old, &new), expected, "{old:?} to {new:?}");
        }
    }

    #[test]
    fn decimals_need_room_on_both_sides_of_the_point() {
        let decimal = |precision, scale| FieldType::Decimal { precision, scale };
        assert_eq!(relation(&decimal(10, 2), &decimal(12, 2)), Relation::Wider);
        assert_eq!(relation(&decimal(10, 2), &decimal(12, 4)), Relation::Wider);
        assert_eq!(relation(&decimal(10, 2), &decimal(10, 4)), Relation::Unlike);
    }
}

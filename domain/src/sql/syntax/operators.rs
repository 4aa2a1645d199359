//! The operators between and behind values, and how tightly each holds what is around it.

use super::tree::Binary;

/// How tightly an operator holds; more is tighter.
pub(super) type Binding = u8;

pub(super) const LOOSEST: Binding = 0;
pub(super) const OR: Binding = 1;
pub(super) const AND: Binding = 2;
pub(super) const NOT: Binding = 3;
pub(super) const COMPARISON: Binding = 4;
pub(super) const SUM: Binding = 5;
pub(super) const PRODUCT: Binding = 6;
pub(super) const SIGN: Binding = 7;

/// The operator of a sign or an upper-case word.
pub(super) fn binary(written: &str) -> Option<Binary> {
    Some(match written {
        "OR" => Binary::Or,
        "AND" => Binary::And,
        "=" => Binary::Equal,
        "<>" | "!=" => Binary::Unequal,
        "<" => Binary::Less,
        "<=" => Binary::LessOrEqual,
        ">" => Binary::Greater,
        ">=" => Binary::GreaterOrEqual,
        "+" => Binary::Plus,
        "-" => Binary::Minus,
        "||" => Binary::Concat,
        "*" => Binary::Times,
        "/" => Binary::Over,
        "%" => Binary::Modulo,
        _ => return None,
    })
}

/// How tightly an operator holds.
pub(super) fn binding(operator: Binary) -> Binding {
    match operator {
        Binary::Or => OR,
        Binary::And => AND,
        Binary::Equal
        | Binary::Unequal
        | Binary::Less
        | Binary::LessOrEqual
        | Binary::Greater
        | Binary::GreaterOrEqual => COMPARISON,
        Binary::Plus | Binary::Minus | Binary::Concat => SUM,
        Binary::Times | Binary::Over | Binary::Modulo => PRODUCT,
    }
}

//! The functions that a COPY transformation may call, as far as they are modelled. What has no model is said, never guessed.

mod convert;
pub(super) mod json;
pub(super) mod text;
mod zone;

pub(super) use convert::{base64, unbase64};

use std::cmp::Ordering;

use super::evaluate::{Row, compared, evaluate, truth};
use super::value::{Failure, Outcome, Scalar, Value, Variant};
use crate::sql::syntax::Expr;

/// What a call is worth for a row. The conditional functions look only at what they need.
pub fn call(name: &str, arguments: &[Expr], row: Row<'_>) -> Outcome {
    let of = |expr: &Expr| evaluate(expr, row);
    match (name, arguments) {
        ("IFF", [condition, then, otherwise]) => {
            of(if truth(of(condition)?)? == Some(true) { then } else { otherwise })
        }
        ("NVL" | "IFNULL", [value, other]) => match of(value)? {
            Value::Null => of(other),
            value => Ok(value),
        },
        ("NVL2", [value, there, missing]) => of(if of(value)? == Value::Null { missing } else { there }),
        ("NULLIF", [value, other]) => {
            let value = of(value)?;
            let equal = compared(value.clone(), of(other)?)? == Some(Ordering::Equal);
            Ok(if equal { Value::Null } else { value })
        }
        ("EQUAL_NULL", [left, right]) => match (of(left)?.plain(), of(right)?.plain()) {
            (Value::Null, Value::Null) => Ok(true.into()),
            (left, right) => Ok((compared(left, right)? == Some(Ordering::Equal)).into()),
        },
        _ => {
            let values = arguments.iter().map(of).collect::<Outcome<Vec<Value>>>()?;
            let known = is_what(name, &values)
                .or_else(|| json::call(name, &values))
                .or_else(|| text::call(name, &values, row.session))
                .or_else(|| convert::call(name, &values, row.session))
                .or_else(|| zone::call(name, &values, row.session));
            known.unwrap_or_else(|| Err(Failure::unknown(format!("{name} of {} values", arguments.len()))))
        }
    }
}

/// The functions that tell what is inside a VARIANT.
fn is_what(name: &str, values: &[Value]) -> Option<Outcome> {
    use Scalar::{Boolean, Ltz, Ntz, Number, Time, Tz};
    let is: fn(&Variant) -> bool = match name {
        "IS_NULL_VALUE" => |v| *v == Variant::Null,
        "IS_ARRAY" => |v| matches!(v, Variant::Array(_)),
        "IS_OBJECT" => |v| matches!(v, Variant::Object(_)),
        "IS_BOOLEAN" => |v| matches!(v, Variant::Scalar(Boolean(_))),
        "IS_DECIMAL" => |v| matches!(v, Variant::Scalar(Number(_))),
        "IS_INTEGER" => |v| matches!(v, Variant::Scalar(Number(number)) if number.whole().is_some()),
        "IS_TIME" => |v| matches!(v, Variant::Scalar(Time(_))),
        "IS_TIMESTAMP_LTZ" => |v| matches!(v, Variant::Scalar(Ltz(_))),
        "IS_TIMESTAMP_NTZ" => |v| matches!(v, Variant::Scalar(Ntz(_))),
        "IS_TIMESTAMP_TZ" => |v| matches!(v, Variant::Scalar(Tz { .. })),
        _ => return None,
    };
    Some(match values {
        [Value::Null] => Ok(Value::Null),
        [Value::Variant(variant)] => Ok(is(variant).into()),
        [Value::Array(_)] => Ok((name == "IS_ARRAY").into()),
        [Value::Object(_)] => Ok((name == "IS_OBJECT").into()),
        _ => Err(Failure::refused(format!("{name} takes a VARIANT."))),
    })
}

/// Values of plain types; `None` where one of them is NULL, which most functions give back.
fn scalars(values: &[Value]) -> Outcome<Option<Vec<Scalar>>> {
    let mut scalars = vec![];
    for value in values {
        match value.clone().plain() {
            Value::Null => return Ok(None),
            Value::Scalar(scalar) => scalars.push(scalar),
            other => return Err(Failure::unknown(format!("a function of {}", other.type_name()))),
        }
    }
    Ok(Some(scalars))
}

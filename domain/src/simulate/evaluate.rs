//! What an expression is worth for one row, with NULL as the third truth.

use std::cmp::Ordering;

use super::cast::{cast, try_cast};
use super::decimal::Decimal;
use super::functions;
use super::pattern;
use super::value::{Failure, Outcome, Scalar, Session, Value, Variant};
use crate::sql::syntax::{Binary, Expr, Node, Step, parse};

/// A row of a file on its way into the table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// What `$1` is.
    pub value: &'a Variant,
    /// The file's name, as `METADATA$FILENAME`.
    pub file: &'a str,
    /// The row's number in the file, as `METADATA$FILE_ROW_NUMBER`.
    pub number: u64,
    /// When the file is read, in nanoseconds since 1970-01-01T00:00:00Z, as `METADATA$START_SCAN_TIME`.
    pub scanned: i128,
    /// The session that loads.
    pub session: Session,
}

/// What an expression is worth for a row.
pub fn evaluate(expr: &Expr, row: Row<'_>) -> Outcome {
    if let Some(found) = place(expr, row.value) {
        return Ok(found.map_or(Value::Null, |found| Value::Variant(found.clone())));
    }
    let of = |expr: &Expr| evaluate(expr, row);
    match &expr.node {
        Node::Null => Ok(Value::Null),
        Node::Boolean(boolean) => Ok((*boolean).into()),
        Node::Number(number) => literal(number),
        Node::Text(text) => Ok(text.clone().into()),
        Node::Column(number) => Err(Failure::refused(format!("There is no ${number}."))),
        Node::Metadata(name) => metadata(name, row),
        Node::Name(name) => Err(Failure::refused(format!("There is no column {name:?}."))),
        Node::Path { of: inner, step } => Ok(functions::json::step(of(inner)?, step)),
        Node::Cast { of: inner, ty, lenient: false } => cast(of(inner)?, *ty, row.session),
        Node::Cast { of: inner, ty, lenient: true } => try_cast(of(inner)?, *ty, row.session),
        Node::Call { name, arguments } => functions::call(name, arguments, row),
        Node::Case { of: subject, whens, otherwise } => case(subject.as_deref(), whens, otherwise.as_deref(), row),
        Node::Not(inner) => Ok(truth(of(inner)?)?.map_or(Value::Null, |held| (!held).into())),
        Node::Negative(inner) => negative(of(inner)?),
        Node::Binary { operator: operator @ (Binary::And | Binary::Or), left, right } => {
            both(*operator == Binary::And, left, right, row)
        }
        Node::Binary { operator, left, right } => binary(*operator, of(left)?, of(right)?),
        Node::IsNull { of: inner, negated } => Ok(((of(inner)? == Value::Null) != *negated).into()),
        Node::In { of: inner, list, negated } => is_in(of(inner)?, list, *negated, row),
        Node::Like { of: inner, pattern, escape, folding, negated } => {
            let escape = escape.as_ref().map(|escape| of(escape)).transpose()?;
            let held = pattern::like(of(inner)?, of(pattern)?, escape, *folding)?;
            Ok(held.map_or(Value::Null, |held| (held != *negated).into()))
        }
        Node::Between { of: inner, low, high, negated } => {
            let value = of(inner)?;
            let above = compared(value.clone(), of(low)?)?.map(Ordering::is_ge);
            let below = compared(value, of(high)?)?.map(Ordering::is_le);
            Ok(and(above, below).map_or(Value::Null, |held| (held != *negated).into()))
        }
    }
}

/// The place in the row that an expression is a path to, without copying what is around it; the inner `None` is nothing there.
fn place<'a>(expr: &Expr, row: &'a Variant) -> Option<Option<&'a Variant>> {
    match &expr.node {
        Node::Column(1) => Some(Some(row)),
        Node::Path { of, step } => Some(place(of, row)?.and_then(|found| functions::json::at(found, step))),
        Node::Call { name, arguments } => match (name.as_str(), arguments.as_slice()) {
            ("GET", [of, Expr { node: Node::Text(key), .. }]) => {
                let step = Step::Key(key.clone());
                Some(place(of, row)?.and_then(|found| functions::json::at(found, &step)))
            }
            ("GET_PATH", [of, Expr { node: Node::Text(path), .. }]) => {
                let steps = steps(path)?;
                let found = place(of, row)?;
                Some(steps.iter().try_fold(found?, |found, step| functions::json::at(found, step)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The steps of a path in a text, as GET_PATH takes it.
pub(super) fn steps(path: &str) -> Option<Vec<Step>> {
    let mut expr = parse(&format!("$1:{path}")).ok()?;
    let mut steps = vec![];
    while let Node::Path { of, step } = expr.node {
        steps.push(step);
        expr = *of;
    }
    steps.reverse();
    matches!(expr.node, Node::Column(1)).then_some(steps)
}

fn literal(written: &str) -> Outcome {
    if written.contains(['e', 'E']) {
        let number = written.parse().map_err(|_| Failure::refused(format!("{written} is no number.")))?;
        return Ok(Scalar::Float(number).into());
    }
    let number = Decimal::parse(written).ok_or_else(|| Failure::refused("The number has more than 38 digits."))?;
    Ok(number.into())
}

fn metadata(name: &str, row: Row<'_>) -> Outcome {
    match name {
        "METADATA$FILENAME" => Ok(row.file.to_owned().into()),
        "METADATA$FILE_ROW_NUMBER" => Ok(Decimal::new(i128::from(row.number), 0).unwrap_or(Decimal::ZERO).into()),
        "METADATA$START_SCAN_TIME" => Ok(Scalar::Ltz(row.scanned).into()),
        other => Err(Failure::unknown(other)),
    }
}

/// Whether a value holds; `None` is NULL.
pub(super) fn truth(value: Value) -> Outcome<Option<bool>> {
    match value.plain() {
        Value::Null => Ok(None),
        Value::Scalar(Scalar::Boolean(boolean)) => Ok(Some(boolean)),
        other => Err(Failure::refused(format!("A condition is true or false, not {}.", other.type_name()))),
    }
}

fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn both(is_and: bool, left: &Expr, right: &Expr, row: Row<'_>) -> Outcome {
    let (left, right) = (truth(evaluate(left, row)?)?, truth(evaluate(right, row)?)?);
    let not = |held: Option<bool>| held.map(|held| !held);
    let held = if is_and { and(left, right) } else { not(and(not(left), not(right))) };
    Ok(held.map_or(Value::Null, Value::from))
}

fn case(subject: Option<&Expr>, whens: &[(Expr, Expr)], otherwise: Option<&Expr>, row: Row<'_>) -> Outcome {
    let subject = subject.map(|subject| evaluate(subject, row)).transpose()?;
    for (case, value) in whens {
        let case = evaluate(case, row)?;
        let held = match &subject {
            Some(subject) => compared(subject.clone(), case)?.map(Ordering::is_eq),
            None => truth(case)?,
        };
        if held == Some(true) {
            return evaluate(value, row);
        }
    }
    otherwise.map_or(Ok(Value::Null), |value| evaluate(value, row))
}

fn is_in(value: Value, list: &[Expr], negated: bool, row: Row<'_>) -> Outcome {
    let mut unknown = false;
    for item in list {
        match compared(value.clone(), evaluate(item, row)?)? {
            Some(Ordering::Equal) => return Ok((!negated).into()),
            Some(_) => {}
            None => unknown = true,
        }
    }
    Ok(if unknown { Value::Null } else { negated.into() })
}

fn negative(value: Value) -> Outcome {
    match value.plain() {
        Value::Null => Ok(Value::Null),
        Value::Scalar(Scalar::Number(number)) => Ok(number.negative().into()),
        Value::Scalar(Scalar::Float(number)) => Ok(Scalar::Float(-number).into()),
        other => Err(Failure::unknown(format!("minus before {}", other.type_name()))),
    }
}

fn binary(operator: Binary, left: Value, right: Value) -> Outcome {
    match operator {
        Binary::Equal => holds(left, right, Ordering::is_eq),
        Binary::Unequal => holds(left, right, Ordering::is_ne),
        Binary::Less => holds(left, right, Ordering::is_lt),
        Binary::LessOrEqual => holds(left, right, Ordering::is_le),
        Binary::Greater => holds(left, right, Ordering::is_gt),
        Binary::GreaterOrEqual => holds(left, right, Ordering::is_ge),
        Binary::Concat => functions::text::concat(vec![left, right]),
        _ => arithmetic(operator, left.plain(), right.plain()),
    }
}

fn holds(left: Value, right: Value, is: fn(Ordering) -> bool) -> Outcome {
    Ok(compared(left, right)?.map_or(Value::Null, |order| is(order).into()))
}

fn arithmetic(operator: Binary, left: Value, right: Value) -> Outcome {
    use Scalar::{Float, Number};
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Scalar(Number(left)), Value::Scalar(Number(right))) => exact(operator, left, right),
        (Value::Scalar(Float(left)), Value::Scalar(Number(right))) => float(operator, left, right.to_float()),
        (Value::Scalar(Number(left)), Value::Scalar(Float(right))) => float(operator, left.to_float(), right),
        (Value::Scalar(Float(left)), Value::Scalar(Float(right))) => float(operator, left, right),
        (left, right) => {
            let names = (left.type_name(), right.type_name());
            Err(Failure::unknown(format!("{} {} {}", names.0, operator.sign(), names.1)))
        }
    }
}

fn exact(operator: Binary, left: Decimal, right: Decimal) -> Outcome {
    if matches!(operator, Binary::Over | Binary::Modulo) && right == Decimal::ZERO {
        return Err(Failure::refused("Division by zero."));
    }
    let result = match operator {
        Binary::Plus => left.plus(right),
        Binary::Minus => left.plus(right.negative()),
        Binary::Times => left.times(right),
        Binary::Over => left.over(right),
        _ => left.modulo(right),
    };
    result.map(Value::from).ok_or_else(|| Failure::refused("The result has more than 38 digits."))
}

fn float(operator: Binary, left: f64, right: f64) -> Outcome {
    if matches!(operator, Binary::Over | Binary::Modulo) && right == 0.0 {
        return Err(Failure::refused("Division by zero."));
    }
    let result = match operator {
        Binary::Plus => left + right,
        Binary::Minus => left - right,
        Binary::Times => left * right,
        Binary::Over => left / right,
        _ => left % right,
    };
    Ok(Scalar::Float(result).into())
}

/// How two values compare; `None` is NULL.
pub(super) fn compared(left: Value, right: Value) -> Outcome<Option<Ordering>> {
    use Scalar::{Binary, Boolean, Date, Float, Ltz, Ntz, Number, Text, Time, Tz};
    let (left, right) = match (left.plain(), right.plain()) {
        (Value::Null, _) | (_, Value::Null) => return Ok(None),
        (Value::Scalar(left), Value::Scalar(right)) => (left, right),
        (left, right) => return Err(incomparable(left.type_name(), right.type_name())),
    };
    Ok(match (&left, &right) {
        (Boolean(left), Boolean(right)) => Some(left.cmp(right)),
        (Number(left), Number(right)) => Some(left.cmp(right)),
        (Float(left), Float(right)) => left.partial_cmp(right),
        (Float(left), Number(right)) => left.partial_cmp(&right.to_float()),
        (Number(left), Float(right)) => left.to_float().partial_cmp(right),
        (Text(left), Text(right)) => Some(left.cmp(right)),
        (Binary(left), Binary(right)) => Some(left.cmp(right)),
        (Date(left), Date(right)) | (Time(left), Time(right)) => Some(left.cmp(right)),
        (Ntz(left), Ntz(right)) | (Ltz(left), Ltz(right)) => Some(left.cmp(right)),
        (Tz { instant: left, .. }, Tz { instant: right, .. }) => Some(left.cmp(right)),
        _ => return Err(incomparable(left.type_name(), right.type_name())),
    })
}

fn incomparable(left: &str, right: &str) -> Failure {
    Failure::unknown(format!("the comparison of {left} with {right}"))
}

//! Bounds on strings, numbers, objects and arrays: a bound may be loosened or dropped, never tightened or new.

use super::shape::{Part, is_integer};
use super::{Check, Found, found};
use crate::schema::json::Value;

/// How a keyword bounds values.
#[derive(Clone, Copy)]
enum Bound {
    Upper,
    Lower,
}

const STRING: [(&str, Bound); 2] = [("maxLength", Bound::Upper), ("minLength", Bound::Lower)];
const NUMBER: [(&str, Bound); 4] = [
    ("maximum", Bound::Upper),
    ("minimum", Bound::Lower),
    ("exclusiveMaximum", Bound::Upper),
    ("exclusiveMinimum", Bound::Lower),
];
const OBJECT: [(&str, Bound); 2] = [("maxProperties", Bound::Upper), ("minProperties", Bound::Lower)];
const ARRAY: [(&str, Bound); 4] = [
    ("maxItems", Bound::Upper),
    ("minItems", Bound::Lower),
    ("maxContains", Bound::Upper),
    ("minContains", Bound::Lower),
];

/// Strings.
pub fn string(check: &Check<'_, '_>, old: Part<'_>, new: Part<'_>) -> Vec<Found> {
    let mut found = bounds(check, &STRING, old, new);
    let [before, after] = [old, new].map(|part| part.keyword("pattern").and_then(Value::as_str));
    if after.is_some() && after != before {
        found.extend(check.says("demands a \"pattern\" of the text that", "does not."));
    }
    found
}

/// Numbers.
pub fn number(check: &Check<'_, '_>, old: Part<'_>, new: Part<'_>) -> Vec<Found> {
    let mut found = bounds(check, &NUMBER, old, new);
    let [before, after] = [old, new].map(|part| part.keyword("multipleOf").and_then(Value::as_f64));
    if let Some(after) = after
        && !before.is_some_and(|before| is_multiple(before, after))
    {
        found.extend(check.says("demands a \"multipleOf\" that", "does not."));
    }
    if is_integer(new) && !is_integer(old) {
        found.extend(check.says("takes whole numbers only, and", "allows fractions."));
    }
    found
}

/// The counts of an object's properties.
pub fn object(check: &Check<'_, '_>, old: Part<'_>, new: Part<'_>) -> Vec<Found> {
    bounds(check, &OBJECT, old, new)
}

/// The counts of an array's items.
pub fn array(check: &Check<'_, '_>, old: Part<'_>, new: Part<'_>) -> Vec<Found> {
    let mut found = bounds(check, &ARRAY, old, new);
    let [before, after] = [old, new].map(|part| part.keyword("uniqueItems") == Some(&Value::Bool(true)));
    if after && !before {
        found.extend(check.says("demands that items differ, which", "does not."));
    }
    found
}

fn bounds(check: &Check<'_, '_>, keywords: &[(&str, Bound)], old: Part<'_>, new: Part<'_>) -> Vec<Found> {
    let mut findings = Vec::new();
    for (keyword, bound) in keywords {
        let [before, after] = [old, new].map(|part| part.keyword(keyword).and_then(Value::as_f64));
        let (Some(after), sides) = (after, check.sides) else { continue };
        let tightened = before.is_none_or(|before| match bound {
            Bound::Upper => after < before,
            Bound::Lower => after > before,
        });
        if tightened {
            let was = before.map_or_else(|| "sets none".to_owned(), |before| format!("has {before}"));
            findings
                .extend(found(format!("{} sets \"{keyword}\" to {after}, and {} {was}.", sides.reader, sides.writer)));
        }
    }
    findings
}

/// Whether every multiple of `of` is one of `step`. Decimal steps are compared as the decimals that they are written as.
fn is_multiple(of: f64, step: f64) -> bool {
    let ratio = of / step;
    step != 0.0 && (ratio - ratio.round()).abs() < 1e-9 && ratio.round() != 0.0
}

#[cfg(test)]
mod tests {
    use super::is_multiple;

    #[test]
    fn decimal_steps_divide_as_decimals() {
        for (of, step) in [(10.0, 0.5), (0.3, 0.1), (1.0, 1.0)] {
            assert!(is_multiple(of, step), "{of} by {step}");
        }
        for (of, step) in [(0.5, 10.0), (1.0, 0.3), (1.0, 0.0)] {
            assert!(!is_multiple(of, step), "{of} by {step}");
        }
    }
}

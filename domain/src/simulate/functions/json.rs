//! Functions of semi-structured values: into them, out of them, and between them and JSON text.

use std::collections::BTreeMap;

use crate::simulate::cast::cast;
use crate::simulate::decimal::Decimal;
use crate::simulate::evaluate::steps;
use crate::simulate::json;
use crate::simulate::value::{Failure, Outcome, Scalar, Session, Value, Variant};
use crate::sql::Kind;
use crate::sql::syntax::Step;

/// What is at a step into the content of a VARIANT, if anything is.
pub fn at<'a>(value: &'a Variant, step: &Step) -> Option<&'a Variant> {
    match (value, step) {
        (Variant::Object(entries), Step::Key(key)) => entries.get(key),
        (Variant::Array(items), Step::Index(index)) => items.get(usize::try_from(*index).ok()?),
        _ => None,
    }
}

/// What is at a step into a value; NULL where nothing is.
pub fn step(value: Value, step: &Step) -> Value {
    let content = value.into_variant();
    content.and_then(|content| at(&content, step).cloned()).map_or(Value::Null, Value::Variant)
}

pub(super) fn call(name: &str, values: &[Value]) -> Option<Outcome> {
    Some(match (name, values) {
        ("GET", [value, place]) => get(value, place.clone().plain()),
        ("GET_PATH", [value, path]) => get_path(value, path.clone().plain()),
        ("PARSE_JSON", [text]) => text_of(text)
            .map(|text| match text.as_deref().map(str::trim) {
                None | Some("") => Ok(Value::Null),
                Some(text) => {
                    json::parse(text).map(Value::Variant).ok_or_else(|| Failure::refused("The text is not JSON."))
                }
            })
            .and_then(|parsed| parsed),
        ("CHECK_JSON", [text]) => text_of(text).map(|text| match text.as_deref().map(str::trim) {
            Some(text) if !text.is_empty() && json::parse(text).is_none() => "The text is not JSON.".to_owned().into(),
            _ => Value::Null,
        }),
        ("TO_VARIANT", [value]) => cast(value.clone(), Kind::Variant.into(), Session::default()),
        ("TO_ARRAY", [value]) => cast(value.clone(), Kind::Array.into(), Session::default()),
        ("TO_OBJECT", [value]) => cast(value.clone(), Kind::Object.into(), Session::default()),
        ("ARRAY_SIZE", [value]) => Ok(match value.clone().plain() {
            Value::Array(items) => Decimal::from(i64::try_from(items.len()).unwrap_or(i64::MAX)).into(),
            _ => Value::Null,
        }),
        ("ARRAY_CONSTRUCT", items) => {
            let items: Option<Vec<Variant>> = items.iter().map(|item| item.clone().into_variant()).collect();
            items.map(Value::Array).ok_or_else(|| Failure::unknown("an ARRAY with NULL in it"))
        }
        ("OBJECT_CONSTRUCT", pairs) => object(pairs),
        _ => return None,
    })
}

fn text_of(value: &Value) -> Outcome<Option<String>> {
    match value.clone().plain() {
        Value::Null => Ok(None),
        Value::Scalar(Scalar::Text(text)) => Ok(Some(text)),
        other => Err(Failure::unknown(format!("JSON text of {}", other.type_name()))),
    }
}

fn get(value: &Value, place: Value) -> Outcome {
    let to = match place {
        Value::Null => return Ok(Value::Null),
        Value::Scalar(Scalar::Text(key)) => Step::Key(key),
        Value::Scalar(Scalar::Number(index)) => match index.whole().map(u64::try_from) {
            Some(Ok(index)) => Step::Index(index),
            _ => return Ok(Value::Null),
        },
        other => return Err(Failure::refused(format!("GET takes a key or an index, not {}.", other.type_name()))),
    };
    Ok(step(value.clone(), &to))
}

fn get_path(value: &Value, path: Value) -> Outcome {
    let Value::Scalar(Scalar::Text(path)) = path else { return Ok(Value::Null) };
    let steps = steps(&path).ok_or_else(|| Failure::refused(format!("{path:?} is no path.")))?;
    Ok(steps.iter().fold(value.clone(), step))
}

fn object(pairs: &[Value]) -> Outcome {
    let mut entries = BTreeMap::new();
    for pair in pairs.chunks(2) {
        let [key, value] = pair else { return Err(Failure::refused("A key has no value.")) };
        let Value::Scalar(Scalar::Text(key)) = key.clone().plain() else {
            return Err(Failure::refused("The keys of an OBJECT are texts."));
        };
        if let Some(content) = value.clone().into_variant()
            && entries.insert(key, content).is_some()
        {
            return Err(Failure::refused("An OBJECT has a key once."));
        }
    }
    Ok(Value::Object(entries))
}

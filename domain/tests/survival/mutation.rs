//! Good schemas with bytes changed, values moved and words moved about.

use serde_json::Value;

use crate::dice::Dice;

/// One thing that is done to a text: what, where, with what, and a byte.
pub type Edit = (usize, usize, usize, u8);

/// A few edits.
pub fn edits(dice: &mut Dice) -> Vec<Edit> {
    let count = 1 + dice.below(7);
    let any = |dice: &mut Dice| usize::try_from(dice.number() >> 1).unwrap();
    (0..count).map(|_| (dice.below(5), any(dice), any(dice), u8::try_from(dice.below(256)).unwrap())).collect()
}

/// Cuts, doubles, swaps and overwrites pieces of a text.
pub fn bytes_moved(text: &str, edits: &[Edit]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (kind, at, length, byte) in edits {
        if bytes.is_empty() {
            break;
        }
        let start = at % bytes.len();
        let end = (start + length % 20).min(bytes.len());
        match kind % 5 {
            0 => drop(bytes.drain(start..end)),
            1 => bytes[start] = *byte,
            2 => {
                let copy = bytes[start..end].to_vec();
                let to = (at / 7) % bytes.len();
                bytes.splice(to..to, copy);
            }
            3 => {
                let other = (at / 3) % bytes.len();
                bytes.swap(start, other);
            }
            _ => bytes.insert(start, b"{}[]\",:;#$\\/\n"[usize::from(*byte) % 13]),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Moves whole values of a JSON text about, so that it stays JSON.
pub fn values_moved(text: &str, edits: &[Edit]) -> String {
    let Ok(mut root) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    for (kind, at, other, byte) in edits {
        let count = nodes(&root);
        let donor = node(&mut root, &mut (other % count)).cloned().unwrap_or_default();
        let Some(target) = node(&mut root, &mut (at % count)) else { continue };
        match (kind, target) {
            (0, Value::Object(members)) if !members.is_empty() => {
                let key = members.keys().nth(at % members.len()).cloned().unwrap_or_default();
                members.shift_remove(&key);
            }
            (1, Value::Object(members)) => {
                const KEYS: [&str; 12] = [
                    "type",
                    "items",
                    "oneOf",
                    "allOf",
                    "$ref",
                    "properties",
                    "enum",
                    "name",
                    "fields",
                    "namespace",
                    "logicalType",
                    "additionalProperties",
                ];
                members.insert(KEYS[usize::from(*byte) % KEYS.len()].to_owned(), donor);
            }
            (2, Value::Array(items)) => items.push(donor),
            (3, target) => {
                let values =
                    [Value::Null, Value::from(-1), Value::from("null"), Value::from("#"), true.into(), false.into()];
                *target = values[usize::from(*byte) % values.len()].clone();
            }
            (_, target) => *target = donor,
        }
        if root.to_string().len() > 20_000 {
            break;
        }
    }
    root.to_string()
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(nodes).sum(),
        Value::Object(members) => members.values().map(nodes).sum(),
        _ => 0,
    }
}

fn node<'v>(value: &'v mut Value, index: &mut usize) -> Option<&'v mut Value> {
    if *index == 0 {
        return Some(value);
    }
    *index -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node(item, index)),
        Value::Object(members) => members.values_mut().find_map(|member| node(member, index)),
        _ => None,
    }
}

/// Moves words and signs of a Protobuf text about.
pub fn words_moved(text: &str, edits: &[Edit]) -> String {
    let mut words: Vec<String> = Vec::new();
    for c in text.chars() {
        match words.last_mut().filter(|w| w.chars().all(char::is_alphanumeric) && c.is_alphanumeric()) {
            Some(word) => word.push(c),
            None => words.push(c.to_string()),
        }
    }
    for (kind, at, other, byte) in edits {
        let (at, other) = (at % words.len(), other % words.len());
        match kind {
            0 if words.len() > 1 => drop(words.remove(at)),
            1 => words.swap(at, other),
            2 => words.insert(at, words[other].clone()),
            3 => {
                words[at] =
                    ["0", "-1", "536870912", "message", "oneof", "map", "group", "}"][usize::from(*byte) % 8].to_owned()
            }
            _ => words[at] = words[other].clone(),
        }
    }
    words.concat()
}

//! LIKE and regular expressions.

use regex::Regex;

use super::value::{Failure, Outcome, Scalar, Value};

/// Whether a text is like a pattern of `%` and `_`; `None` is NULL.
pub fn like(of: Value, pattern: Value, escape: Option<Value>, folding: bool) -> Outcome<Option<bool>> {
    let escape = match escape.map(Value::plain) {
        None => None,
        Some(Value::Scalar(Scalar::Text(text))) => text.chars().next(),
        Some(_) => return Ok(None),
    };
    let (of, pattern) = match (of.plain(), pattern.plain()) {
        (Value::Null, _) | (_, Value::Null) => return Ok(None),
        (Value::Scalar(Scalar::Text(of)), Value::Scalar(Scalar::Text(pattern))) => (of, pattern),
        (of, pattern) => {
            return Err(Failure::unknown(format!("LIKE of {} and {}", of.type_name(), pattern.type_name())));
        }
    };
    let mut written = String::from(if folding { "(?si)^" } else { "(?s)^" });
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            c if Some(c) == escape => written += &regex::escape(&chars.next().map(String::from).unwrap_or_default()),
            '%' => written += ".*",
            '_' => written += ".",
            c => written += &regex::escape(c.encode_utf8(&mut [0; 4])),
        }
    }
    Regex::new(&(written + "$"))
        .map(|regex| Some(regex.is_match(&of)))
        .map_err(|_| Failure::unknown("a very long LIKE pattern"))
}

/// A regular expression as REGEXP_REPLACE and its like take it, without parameters.
pub fn regex(pattern: &str) -> Outcome<Regex> {
    Regex::new(pattern).map_err(|_| Failure::unknown(format!("the regular expression {pattern:?}")))
}

/// The most bytes that a replacement may add to a text here.
const MOST_ADDED: usize = 1 << 24;

/// The text with every `from` replaced.
pub fn replaced_text(text: &str, from: &str, to: &str) -> Outcome<String> {
    if from.is_empty() {
        return Ok(text.to_owned());
    }
    bounded(text.matches(from).count(), to)?;
    Ok(text.replace(from, to))
}

fn bounded(count: usize, replacement: &str) -> Outcome<()> {
    match count.checked_mul(replacement.len()) {
        Some(added) if added <= MOST_ADDED => Ok(()),
        _ => Err(Failure::unknown("a replacement that makes a text very long")),
    }
}

/// The text with every match replaced, `\1` in the replacement being what the first group matched.
pub fn replaced(text: &str, regex: &Regex, replacement: &str) -> Outcome<String> {
    bounded(regex.find_iter(text).count(), replacement)?;
    let with_groups = |found: &regex::Captures<'_>| {
        let mut out = String::new();
        let mut chars = replacement.chars();
        while let Some(c) = chars.next() {
            if c != '\\' {
                out.push(c);
                continue;
            }
            match chars.next() {
                Some(digit) if digit.is_ascii_digit() => {
                    let group = digit.to_digit(10).and_then(|digit| found.get(digit as usize));
                    out += group.map_or("", |group| group.as_str());
                }
                other => out.extend(other),
            }
        }
        out
    };
    Ok(regex.replace_all(text, with_groups).into_owned())
}

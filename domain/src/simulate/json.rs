//! JSON text to the content of a VARIANT and back, numbers exact to 38 digits, which a general reader would round.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::decimal::Decimal;
use super::text;
use super::value::{Scalar, Variant};

/// How deep JSON may nest here.
const MAX_DEPTH: usize = 200;

/// The content of a VARIANT that a text says; `None` if it is not JSON. An object with a key twice is none for Snowflake.
pub fn parse(text: &str) -> Option<Variant> {
    let mut reader = Reader { rest: text.trim(), depth: 0 };
    let value = reader.value()?;
    reader.rest.trim().is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Option<Variant> {
        self.rest = self.rest.trim_start();
        match self.rest.bytes().next()? {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => Some(Variant::Scalar(Scalar::Text(self.string()?))),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Option<Variant> {
        let words = [
            ("null", Variant::Null),
            ("true", Variant::Scalar(Scalar::Boolean(true))),
            ("false", Variant::Scalar(Scalar::Boolean(false))),
        ];
        let (word, value) = words.into_iter().find(|(word, _)| self.rest.starts_with(word))?;
        self.rest = self.rest.get(word.len()..)?;
        Some(value)
    }

    fn number(&mut self) -> Option<Variant> {
        let is_of_it = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
        let written = self.taken(self.rest.find(|c| !is_of_it(c)).unwrap_or(self.rest.len()))?;
        // The general reader knows which of these texts JSON allows, but is off by the last bit of some numbers.
        serde_json::from_str::<f64>(written).ok()?;
        let float = written.parse().ok()?;
        let exact = if written.contains(['e', 'E']) { None } else { Decimal::parse(written) };
        Some(Variant::Scalar(exact.map_or(Scalar::Float(float), Scalar::Number)))
    }

    fn string(&mut self) -> Option<String> {
        let mut escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let closes = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            closes
        });
        let written = self.taken(end?.0 + 1)?;
        serde_json::from_str(written).ok()
    }

    fn array(&mut self) -> Option<Variant> {
        let mut items = vec![];
        self.inside('[', ']', |reader| {
            items.push(reader.value()?);
            Some(())
        })?;
        Some(Variant::Array(items))
    }

    fn object(&mut self) -> Option<Variant> {
        let mut entries = BTreeMap::new();
        self.inside('{', '}', |reader| {
            reader.rest = reader.rest.trim_start();
            let key = if reader.rest.starts_with('"') { reader.string()? } else { return None };
            reader.rest = reader.rest.trim_start().strip_prefix(':')?;
            let value = reader.value()?;
            entries.insert(key, value).is_none().then_some(())
        })?;
        Some(Variant::Object(entries))
    }

    fn inside(&mut self, open: char, close: char, mut next: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        self.rest = self.rest.strip_prefix(open)?.trim_start();
        if let Some(rest) = self.rest.strip_prefix(close) {
            self.rest = rest;
        } else {
            loop {
                next(self)?;
                self.rest = self.rest.trim_start();
                if let Some(rest) = self.rest.strip_prefix(close) {
                    self.rest = rest;
                    break;
                }
                self.rest = self.rest.strip_prefix(',')?;
            }
        }
        self.depth -= 1;
        Some(())
    }

    fn taken(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }
}

/// JSON text of the content of a VARIANT, without blanks; times and bytes are texts, as Snowflake shows them.
pub fn print(value: &Variant) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Variant, out: &mut String) {
    match value {
        Variant::Null => out.push_str("null"),
        Variant::Scalar(Scalar::Boolean(boolean)) => _ = write!(out, "{boolean}"),
        Variant::Scalar(Scalar::Number(number)) => out.push_str(&text::number(*number)),
        Variant::Scalar(Scalar::Float(number)) if number.is_finite() => _ = write!(out, "{number:?}"),
        Variant::Scalar(scalar) => out.push_str(&quoted(&text::shown(scalar))),
        Variant::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        Variant::Object(entries) => {
            out.push('{');
            for (i, (key, value)) in entries.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                out.push_str(&quoted(key));
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_json_is_and_is_not_agrees_with_the_general_reader() {
        for text in [
            "1",
            "-0.5",
            "1e5",
            "01",
            "1.",
            "+1",
            ".5",
            "-",
            "\"a\\u0041\\n\"",
            "\"open",
            "[1, 2]",
            "[1,]",
            "[",
            "{}",
            "{\"a\": [null, true, {\"b\": \"c\"}]}",
            "{a:1}",
            "{\"a\" 1}",
            "nul",
            "true false",
            "",
            " 1 ",
            "\"\\q\"",
        ] {
            assert_eq!(parse(text).is_some(), serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
        }
        assert_eq!(parse("{\"a\":1,\"a\":2}"), None, "a key twice");
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }

    #[test]
    fn long_numbers_stay_exact() {
        let text = "[12345678901234567890123456789012345678,0.1234567890123456789]";
        assert_eq!(print(&parse(text).unwrap()), text);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "[\\[\\]{}\",:\\\\a-e0-9.+ -]{0,40}") {
            let _ = parse(&text);
        }
    }
}

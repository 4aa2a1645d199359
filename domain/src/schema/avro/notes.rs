//! Comments in Avro's JSON: Java's parser skips them, so registries hold schemas with them.

use std::borrow::Cow;

/// The text with every comment replaced by spaces, so that places in it stay what they were.
pub fn blank(text: &str) -> Cow<'_, str> {
    if !text.contains("//") && !text.contains("/*") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (length, is_comment) = match c {
            '"' => (string_length(rest), false),
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), true),
            '/' if rest.starts_with("/*") => (rest[2..].find("*/").map_or(rest.len(), |at| at + 4), true),
            '/' => (1, false),
            _ => (rest.find(['"', '/']).unwrap_or(rest.len()), false),
        };
        let (piece, after) = rest.split_at(length);
        if is_comment {
            out.extend(piece.chars().map(|c| if c == '\n' { c } else { ' ' }));
        } else {
            out.push_str(piece);
        }
        rest = after;
    }
    Cow::Owned(out)
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_become_spaces_and_strings_stay() {
        assert_eq!(
            blank("{ // ü\n\"a//b\": 1, /* x\n */ \"\\\"/*\": 2 }"),
            "{     \n\"a//b\": 1,     \n    \"\\\"/*\": 2 }"
        );
        assert_eq!(blank("[1] /* open"), "[1]        ");
        assert!(matches!(blank("{\"a\": 1}"), Cow::Borrowed(_)));
    }
}

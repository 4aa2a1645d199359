//! The words and signs of a Protobuf text, comments left out; options in text form have the same ones.

/// A word, number, string or sign, where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// As it is written; a string with its quotes.
    pub text: &'t str,
    /// Bytes before it.
    pub at: usize,
}

impl<'t> Token<'t> {
    /// Bytes up to its end.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Whether it is a name or a keyword.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    }

    /// What stands in the quotes, escapes as they are written; nothing if it is no string.
    pub fn string(&self) -> Option<&'t str> {
        let quote = self.text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inner = self.text.strip_prefix(quote)?;
        Some(inner.strip_suffix(quote).unwrap_or(inner))
    }
}

/// The tokens of a text. Each is at least one character, so that they end.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let first = rest.chars().next()?;
            let length = match first {
                '/' if rest.starts_with("//") => {
                    at += until(rest, "\n", 2);
                    continue;
                }
                '/' if rest.starts_with("/*") => {
                    at += until(rest, "*/", 2);
                    continue;
                }
                c if c.is_whitespace() => {
                    at += c.len_utf8();
                    continue;
                }
                '"' | '\'' => string_length(rest, first),
                c if c.is_ascii_alphanumeric() || c == '_' => {
                    rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
                }
                c => c.len_utf8(),
            };
            let token = Token { text: &rest[..length], at };
            at += length;
            return Some(token);
        }
    })
}

/// How far it is to behind `end`, which is looked for from `from` on.
pub fn until(text: &str, end: &str, from: usize) -> usize {
    text[from..].find(end).map_or(text.len(), |at| from + at + end.len())
}

/// The length of a string literal; one that does not end on its line ends there.
pub fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_strings_and_signs_are_told_apart_and_comments_left_out() {
        let read: Vec<&str> =
            tokens("a_1 = \"x//\\\"y\"; // no\n/* no */ 'é' [default=-1.5]").map(|t| t.text).collect();
        let expected = ["a_1", "=", "\"x//\\\"y\"", ";", "'é'", "[", "default", "=", "-", "1", ".", "5", "]"];
        assert_eq!(read, expected);
        assert_eq!(tokens("'é'").next().and_then(|token| token.string()), Some("é"));
        assert_eq!(tokens("\"open").next().and_then(|token| token.string()), Some("open"));
    }
}

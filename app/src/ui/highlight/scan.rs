//! The scanner: takes one piece after another off the front of the text, and always takes something.

use super::rules::Quote;
use super::{Language, TokenKind};

pub(super) struct Scanner<'text> {
    language: Language,
    text: &'text str,
    at: usize,
}

impl<'text> Scanner<'text> {
    pub(super) const fn new(language: Language, text: &'text str) -> Self {
        Self { language, text, at: 0 }
    }

    /// The kind of the next piece and where it ends; nothing at the end of the text.
    pub(super) fn next_piece(&mut self) -> Option<(TokenKind, usize)> {
        let rest = self.text.get(self.at..)?;
        let first = rest.chars().next()?;
        let (kind, length) = self
            .comment(rest)
            .or_else(|| self.dollar_string(rest))
            .or_else(|| self.quoted(rest, first))
            .or_else(|| self.number(rest, first))
            .or_else(|| self.word(rest, first))
            .unwrap_or((TokenKind::Plain, first.len_utf8()));
        self.at += length;
        Some((kind, self.at))
    }

    fn before(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    fn comment(&self, rest: &str) -> Option<(TokenKind, usize)> {
        if self.language.block_comments() && rest.starts_with("/*") {
            let end = rest.get(2..)?.find("*/").map_or(rest.len(), |end| end + 4);
            return Some((TokenKind::Comment, end));
        }
        let opens = self.language.line_comments().iter().any(|sign| rest.starts_with(sign));
        // In YAML a hash inside a word, as in an address, opens nothing.
        let inside = self.language == Language::Yaml && self.before().is_some_and(|before| !before.is_whitespace());
        (opens && !inside).then(|| (TokenKind::Comment, line_length(rest)))
    }

    fn dollar_string(&self, rest: &str) -> Option<(TokenKind, usize)> {
        let body = rest.strip_prefix("$$").filter(|_| self.language == Language::Sql)?;
        Some((TokenKind::String, body.find("$$").map_or(rest.len(), |end| end + 4)))
    }

    fn quoted(&self, rest: &str, first: char) -> Option<(TokenKind, usize)> {
        let quote = self.language.quotes().iter().find(|quote| quote.mark == first)?;
        // In YAML an apostrophe inside a word is a letter.
        if self.language == Language::Yaml && self.before().is_some_and(char::is_alphanumeric) {
            return None;
        }
        let length = quoted_length(rest, *quote);
        let kind = if self.is_key(rest, length) { TokenKind::Type } else { quote.kind };
        Some((kind, length))
    }

    fn number(&self, rest: &str, first: char) -> Option<(TokenKind, usize)> {
        // In YAML a colon that no space follows belongs to the word, as in the tag of an image.
        let attached = self.before().is_some_and(|before| {
            before.is_alphanumeric()
                || matches!(before, '_' | '.' | '-')
                || (self.language == Language::Yaml && before == ':')
        });
        let digits = if first == '-' { rest.get(1..)? } else { rest };
        if attached || self.language == Language::Plain || !digits.starts_with(|digit: char| digit.is_ascii_digit()) {
            return None;
        }
        let mut exponent = false;
        let end = digits.find(|letter: char| {
            let sign = exponent && matches!(letter, '+' | '-');
            exponent = matches!(letter, 'e' | 'E');
            !(sign || letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_'))
        });
        let length = end.unwrap_or(digits.len()) + (rest.len() - digits.len());
        let numeric = rest.get(..length)?.chars().all(|letter| {
            !letter.is_ascii_alphabetic() || matches!(letter, 'e' | 'E' | 'x' | 'X' | 'a'..='d' | 'f' | 'A'..='D' | 'F')
        });
        Some((if numeric { TokenKind::Number } else { TokenKind::Plain }, length))
    }

    fn word(&self, rest: &str, first: char) -> Option<(TokenKind, usize)> {
        if !(first.is_alphabetic() || first == '_') {
            return None;
        }
        let dashes = matches!(self.language, Language::Yaml | Language::Hcl);
        let end = rest.find(|letter: char| {
            !(letter.is_alphanumeric()
                || letter == '_'
                || (dashes && matches!(letter, '-' | '/'))
                || (self.language == Language::Yaml && letter == '.'))
        });
        let length = end.unwrap_or(rest.len());
        let word = rest.get(..length)?;
        if self.is_key(rest, length) {
            return Some((TokenKind::Type, length));
        }
        if self.before() == Some('.') {
            return Some((TokenKind::Plain, length));
        }
        let kind = self.language.word(word);
        let arguments = if kind == TokenKind::Type && self.language == Language::Sql {
            arguments_length(rest.get(length..)?)
        } else {
            0
        };
        Some((kind, length + arguments))
    }

    /// Whether the piece of this length is a key: its sign follows, and in YAML only spaces and dashes stand before it.
    fn is_key(&self, rest: &str, length: usize) -> bool {
        let Some(sign) = self.language.key_sign() else {
            return false;
        };
        let Some(after) = rest.get(length..).map(|after| after.trim_start_matches(' ')) else {
            return false;
        };
        let Some(next) = after.strip_prefix(sign) else {
            return false;
        };
        match self.language {
            Language::Hcl => !next.starts_with('=') && self.before() != Some('.'),
            Language::Yaml => {
                let line = self.text.get(..self.at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
                line.chars().all(|letter| matches!(letter, ' ' | '-'))
                    && (next.is_empty() || next.starts_with([' ', '\n', '\r']))
            }
            _ => true,
        }
    }
}

fn line_length(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

fn quoted_length(rest: &str, quote: Quote) -> usize {
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && quote.backslash {
            letters.next();
        } else if letter == quote.mark {
            if !(quote.doubled && letters.next_if(|(_, next)| *next == quote.mark).is_some()) {
                return at + letter.len_utf8();
            }
        } else if letter == '\n' && !quote.doubled {
            return at;
        }
    }
    rest.len()
}

/// The length of `(38,0)` after a type, or nothing if what follows is not a list of numbers.
fn arguments_length(after: &str) -> usize {
    let Some(inner) = after.strip_prefix('(') else {
        return 0;
    };
    let Some(end) = inner.find(')') else { return 0 };
    let numbers = inner
        .get(..end)
        .is_some_and(|list| list.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | ' ')));
    if numbers { end + 2 } else { 0 }
}

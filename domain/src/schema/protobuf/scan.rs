//! A look at a Protobuf text before it is parsed: the parser collects one error for every character that it does not know, so
//! hostile texts are stopped here at the first, and so are texts with too many statements to resolve.

use super::tokens::{string_length, until};

/// The most `;`, `,` and `}` in one file. The largest published API definitions have a few thousand.
const MAX_STATEMENTS: usize = 60_000;
/// The most words, digits and signs in one file, a comment or string counted as one.
const MAX_TOKENS: usize = 500_000;
/// The longest word, in bytes.
const MAX_WORD: usize = 1_000;

/// What the parser would not survive, or not in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A character that no Protobuf text has outside comments and strings.
    Character {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in characters.
        column: usize,
        /// The character.
        found: char,
    },
    /// A word that is too long to be a name.
    Word {
        /// Counted from 1.
        line: usize,
    },
    /// More statements than are read.
    Statements,
}

/// The first word of the text (`syntax`, `edition`, `message`, …), or why it should not be parsed.
pub fn first_word(text: &str) -> Result<&str, Refusal> {
    let mut scan = Scan { rest: text, line: 1, column: 1, word: None, statements: 0, tokens: 0 };
    while let Some(c) = scan.rest.chars().next() {
        scan.next(c)?;
    }
    Ok(scan.word.unwrap_or_default())
}

struct Scan<'t> {
    rest: &'t str,
    line: usize,
    column: usize,
    word: Option<&'t str>,
    statements: usize,
    tokens: usize,
}

impl Scan<'_> {
    fn next(&mut self, c: char) -> Result<(), Refusal> {
        let length = match c {
            '/' if self.rest.starts_with("//") => until(self.rest, "\n", 2),
            '/' if self.rest.starts_with("/*") => until(self.rest, "*/", 2),
            '"' | '\'' => string_length(self.rest, c),
            c if c.is_ascii_alphabetic() || c == '_' => {
                let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(self.rest.len());
                if end > MAX_WORD {
                    return Err(Refusal::Word { line: self.line });
                }
                self.word.get_or_insert(&self.rest[..end]);
                end
            }
            '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' '..='~' if !"!$%&*?@\\^`|~".contains(c) => 1,
            found => return Err(Refusal::Character { line: self.line, column: self.column, found }),
        };
        self.statements += usize::from(matches!(c, ';' | ',' | '}'));
        self.tokens += usize::from(!c.is_ascii_whitespace());
        if self.statements > MAX_STATEMENTS || self.tokens > MAX_TOKENS {
            return Err(Refusal::Statements);
        }
        self.skip(length);
        Ok(())
    }

    fn skip(&mut self, length: usize) {
        let (skipped, rest) = self.rest.split_at(length);
        match skipped.rsplit_once('\n') {
            Some((before, last)) => {
                self.line += before.matches('\n').count() + 1;
                self.column = last.chars().count() + 1;
            }
            None => self.column += skipped.chars().count(),
        }
        self.rest = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_is_found_behind_comments() {
        assert_eq!(first_word("// a ; comment\n/* edition */ edition = \"2023\";"), Ok("edition"));
        assert_eq!(first_word(""), Ok(""));
    }

    #[test]
    fn a_foreign_character_is_refused_where_it_stands_and_only_outside_comments_and_strings() {
        let text = "// ü @\nmessage M { // é\n  string ü = 1;";
        assert_eq!(first_word(text), Err(Refusal::Character { line: 3, column: 10, found: 'ü' }));
        assert_eq!(first_word("option x = \"@ü \\\" @\"; /* @ */"), Ok("option"));
    }

    #[test]
    fn a_flood_of_statements_is_refused() {
        assert_eq!(first_word(&";".repeat(MAX_STATEMENTS + 1)), Err(Refusal::Statements));
    }
}

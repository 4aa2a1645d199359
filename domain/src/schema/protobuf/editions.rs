//! Files in editions, written so that the parser, which knows proto2 and proto3 only, reads them: what it does not know is taken
//! off or renamed in place, so that every place stays what it was. What the features mean is worked out on what was parsed.

use super::tokens::{Token, tokens};

/// The name that a default has for the parser, which would refuse it in a file that it takes for proto3.
pub const DEFAULT: &str = "Default";

/// An edition that is read, the older first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edition {
    /// `2023`
    E2023,
    /// `2024`
    E2024,
}

/// Why a text in editions is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// An edition that is not known.
    Unknown(String),
    /// The first statement is no statement of an edition.
    Malformed,
    /// A word that editions no longer have.
    Word {
        /// The word.
        word: &'static str,
        /// Where it stands, in bytes.
        at: usize,
    },
}

/// What braces hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    File,
    Message,
    Oneof,
    Extend,
    Enum,
    /// Services, options in text form: nothing in them is looked at.
    Other,
}

/// Writes a text in editions as the parser reads it, in proto3; every word stands on its line and in its column.
pub fn plain(text: &str) -> Result<String, Refused> {
    let tokens: Vec<Token<'_>> = tokens(text).collect();
    let (edition, after) = edition_of(&tokens)?;
    let mut writer = Writer { tokens: &tokens, edition, scopes: vec![Scope::File], next: None, edits: Vec::new() };
    writer.edits.extend(statement(text, &tokens));
    let mut at = after;
    let mut is_start = true;
    let mut brackets = 0usize;
    while let Some(token) = tokens.get(at) {
        if is_start && let Some(end) = writer.statement(at)? {
            at = end;
            continue;
        }
        is_start = writer.sign(token, &mut brackets);
        writer.default(at, brackets);
        at += 1;
    }
    Ok(apply(text, &writer.edits))
}

fn edition_of(tokens: &[Token<'_>]) -> Result<(Edition, usize), Refused> {
    let [edition, equals, value, semicolon, ..] = tokens else { return Err(Refused::Malformed) };
    let name = value.string().filter(|_| edition.text == "edition" && equals.text == "=" && semicolon.text == ";");
    match name {
        Some("2023") => Ok((Edition::E2023, 4)),
        Some("2024") => Ok((Edition::E2024, 4)),
        Some(other) => Err(Refused::Unknown(other.to_owned())),
        None => Err(Refused::Malformed),
    }
}

/// The statement of the edition as one of the syntax. Only where it has no space at all is it shorter, by one column.
fn statement(text: &str, tokens: &[Token<'_>]) -> Option<Edit> {
    let (start, end) = (tokens.first()?.at, tokens.get(2)?.end());
    let written = text.get(start..end)?;
    let lines = written.find('\n').map(|at| blank(&written[at..])).unwrap_or_default();
    let syntax = format!("syntax=\"proto3\"{lines}");
    let width = if lines.is_empty() { written.len() } else { 0 };
    Some(Edit { start, end, with: format!("{syntax:width$}") })
}

struct Edit {
    start: usize,
    end: usize,
    with: String,
}

struct Writer<'t> {
    tokens: &'t [Token<'t>],
    edition: Edition,
    scopes: Vec<Scope>,
    /// What the next brace opens.
    next: Option<Scope>,
    edits: Vec<Edit>,
}

impl Writer<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    fn scope(&self) -> Scope {
        self.scopes.last().copied().unwrap_or(Scope::Other)
    }

    /// Looks at what begins at `at`; the place to go on at if it was taken off.
    fn statement(&mut self, at: usize) -> Result<Option<usize>, Refused> {
        let (scope, first, second) = (self.scope(), self.word(at).to_owned(), self.word(at + 1).to_owned());
        let is_word = self.tokens.get(at + 1).is_some_and(Token::is_word);
        let holds_types = matches!(scope, Scope::File | Scope::Message);
        let holds_fields = matches!(scope, Scope::Message | Scope::Oneof | Scope::Extend);
        self.next = None;
        match first.as_str() {
            "export" | "local"
                if holds_types && self.edition >= Edition::E2024 && matches!(second.as_str(), "message" | "enum") =>
            {
                return Ok(Some(self.take_off(at, at)));
            }
            "import" if scope == Scope::File && second == "option" => return Ok(Some(self.take_off_statement(at))),
            "reserved" if is_word && matches!(scope, Scope::Message | Scope::Enum) => {
                return Ok(Some(self.take_off_statement(at)));
            }
            "message" if holds_types => self.next = Some(Scope::Message),
            "enum" if holds_types => self.next = Some(Scope::Enum),
            "extend" if holds_types => self.next = Some(Scope::Extend),
            "oneof" if scope == Scope::Message => self.next = Some(Scope::Oneof),
            "optional" if holds_fields && second != "=" => return Err(self.refused("optional", at)),
            "required" if holds_fields && second != "=" => return Err(self.refused("required", at)),
            "group" if holds_fields && is_word => return Err(self.refused("group", at)),
            "repeated" if holds_fields && second == "group" => return Err(self.refused("group", at + 1)),
            _ => {}
        }
        Ok(None)
    }

    fn refused(&self, word: &'static str, at: usize) -> Refused {
        Refused::Word { word, at: self.tokens.get(at).map_or(0, |token| token.at) }
    }

    /// Follows braces and brackets; whether a statement begins behind the token.
    fn sign(&mut self, token: &Token<'_>, brackets: &mut usize) -> bool {
        match token.text {
            "[" => *brackets += 1,
            "]" => *brackets = brackets.saturating_sub(1),
            ";" => {
                *brackets = 0;
                return true;
            }
            "{" => {
                let opened = self.next.take().filter(|_| *brackets == 0).unwrap_or(Scope::Other);
                self.scopes.push(opened);
                return opened != Scope::Other;
            }
            "}" if self.scopes.len() > 1 => {
                let closed = self.scopes.pop();
                return *brackets == 0 && (closed != Some(Scope::Other) || self.scope() == Scope::File);
            }
            _ => {}
        }
        false
    }

    /// The default of a field gets the name that the parser leaves alone.
    fn default(&mut self, at: usize, brackets: usize) {
        let holds_fields = matches!(self.scope(), Scope::Message | Scope::Oneof | Scope::Extend);
        let is_name = at > 0 && matches!(self.word(at - 1), "[" | ",") && self.word(at + 1) == "=";
        if brackets == 1
            && holds_fields
            && is_name
            && let Some(token) = self.tokens.get(at).filter(|token| token.text == "default")
        {
            self.edits.push(Edit { start: token.at, end: token.end(), with: DEFAULT.to_owned() });
        }
    }

    /// Takes the tokens from one to another off; the place behind them.
    fn take_off(&mut self, from: usize, to: usize) -> usize {
        for token in self.tokens.get(from..=to).unwrap_or_default() {
            self.edits.push(Edit { start: token.at, end: token.end(), with: " ".repeat(token.text.chars().count()) });
        }
        to + 1
    }

    /// Takes a statement off, but for its semicolon, to which comments before it stay.
    fn take_off_statement(&mut self, from: usize) -> usize {
        let length = self.tokens.iter().skip(from).take_while(|token| token.text != ";" && token.text != "}").count();
        self.take_off(from, from + length.saturating_sub(1))
    }
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut written = String::with_capacity(text.len() + 1);
    let mut at = 0;
    for edit in edits {
        written.push_str(text.get(at..edit.start).unwrap_or_default());
        written.push_str(&edit.with);
        at = edit.end;
    }
    written.push_str(text.get(at..).unwrap_or_default());
    written
}

fn blank(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of texts in editions, whole or torn.
    fn pieces() -> impl Strategy<Value = String> {
        let words = [
            "message", "enum", "export", "local", "reserved", "import", "option", "default", "optional", "repeated",
            "group", "extend", "oneof", "{", "}", "[", "]", ";", "=", ",", "\"a\"", "'", "// x\n", "/* y", "\n", " ",
            "é", "a", "1",
        ];
        proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..60).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn whatever_follows_the_edition_keeps_its_place(rest in pieces()) {
            let text = format!("edition = \"2024\";{rest}");
            if let Ok(written) = plain(&text) {
                prop_assert_eq!(written.chars().count(), text.chars().count());
                let kept = |(was, is): (char, char)| was == is || is == ' ' || (was, is) == ('d', 'D');
                prop_assert!(text.chars().zip(written.chars()).skip(17).all(kept), "{}", written);
            }
        }
    }

    fn written(text: &str) -> String {
        plain(text).unwrap_or_default()
    }

    #[test]
    fn every_word_stays_on_its_line_and_in_its_column() {
        let text = "// old\nedition = \"2024\"; package a;\nimport option \"o.proto\";\nlocal message M {\n  reserved a, b;\n  \
                    int32 n = 1 [default = 5, deprecated = true];\n  export enum E { reserved X; A = 0; }\n}";
        let expected = "// old\nsyntax=\"proto3\" ; package a;\n                       ;\n      message M {\n               ;\n  \
                        int32 n = 1 [Default = 5, deprecated = true];\n         enum E {           ; A = 0; }\n}";
        assert_eq!(written(text), expected);
    }

    #[test]
    fn what_only_looks_like_a_word_of_editions_stays() {
        let text = "edition = \"2024\";\nmessage local {\n  local export = 1;\n  string default = 2 [(o) = { default: 1 }];\n  \
                    int32 optional = 3;\n}\nenum E { optional = 0; required = 1; }\noption (o) = { reserved: a default: b };";
        assert_eq!(written(text), text.replacen("edition = \"2024\"", "syntax=\"proto3\" ", 1));
    }

    #[test]
    fn labels_and_groups_are_refused_where_they_stand() {
        for (text, word, at) in [
            ("edition = \"2023\"; message M { optional int32 a = 1; }", "optional", 31),
            ("edition = \"2023\"; message M { required .a.B b = 1; }", "required", 31),
            ("edition = \"2023\"; message M { repeated group G = 1 { } }", "group", 40),
            ("edition = \"2023\"; message M { oneof o { group G = 1 { } } }", "group", 41),
        ] {
            assert_eq!(plain(text).err(), Some(Refused::Word { word, at: at - 1 }), "{text}");
        }
    }

    #[test]
    fn an_edition_that_is_not_known_is_refused() {
        assert_eq!(plain("edition = \"2099\";").err(), Some(Refused::Unknown("2099".to_owned())));
        assert_eq!(plain("edition = 2023;").err(), Some(Refused::Malformed));
        assert_eq!(plain("edition").err(), Some(Refused::Malformed));
    }
}

//! Colours for code: text in, classed pieces of the very same text out. A reader's aid, not a parser: what it does not know stays plain.

mod rules;
mod scan;

use scan::Scanner;

/// What a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    Sql,
    Hcl,
    Yaml,
    Json,
    Protobuf,
    #[default]
    Plain,
}

impl Language {
    /// The language that a file's name ends in.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("sql") => Self::Sql,
            Some("tf" | "hcl" | "tfvars") => Self::Hcl,
            Some("yaml" | "yml") => Self::Yaml,
            Some("json" | "avsc") => Self::Json,
            Some("proto") => Self::Protobuf,
            _ => Self::Plain,
        }
    }
}

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    Plain,
    Keyword,
    Type,
    String,
    Number,
    Comment,
}

impl TokenKind {
    /// The class that colours it; plain text has none.
    #[must_use]
    pub const fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Keyword => Some("code-keyword"),
            Self::Type => Some("code-type"),
            Self::String => Some("code-string"),
            Self::Number => Some("code-number"),
            Self::Comment => Some("code-comment"),
        }
    }
}

/// A piece of the text, with no two neighbours of the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'text> {
    pub kind: TokenKind,
    pub text: &'text str,
}

/// The pieces in order; joined, they are `text` again.
#[must_use]
pub fn tokens(language: Language, text: &str) -> Vec<Token<'_>> {
    let mut pieces: Vec<Token<'_>> = Vec::new();
    let mut scanner = Scanner::new(language, text);
    let mut start = 0;
    while let Some((kind, end)) = scanner.next_piece() {
        let whole = pieces.last().filter(|last| last.kind == kind).map_or(start, |last| start - last.text.len());
        if whole < start {
            pieces.pop();
        }
        pieces.push(Token { kind, text: text.get(whole..end).unwrap_or_default() });
        start = end;
    }
    pieces
}

/// The pieces line by line, a piece over several lines cut at each; joined with `\n` between lines, they are `text` again.
#[must_use]
pub fn lines(language: Language, text: &str) -> Vec<Vec<Token<'_>>> {
    let mut lines = vec![Vec::new()];
    for token in tokens(language, text) {
        for (index, part) in token.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                line.push(Token { kind: token.kind, text: part });
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LANGUAGES: [Language; 6] =
        [Language::Sql, Language::Hcl, Language::Yaml, Language::Json, Language::Protobuf, Language::Plain];

    fn of_kind(language: Language, text: &str, kind: TokenKind) -> Vec<String> {
        tokens(language, text)
            .into_iter()
            .filter(|token| token.kind == kind)
            .map(|token| token.text.to_owned())
            .collect()
    }

    fn code() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[ -~\\n]{0,12}",
            ".{0,6}",
            Just("--".to_owned()),
            Just("/*".to_owned()),
            Just("*/".to_owned()),
            Just("'".to_owned()),
            Just("\"".to_owned()),
            Just("\\".to_owned()),
            Just("$$".to_owned()),
            Just(": ".to_owned()),
            Just("VARCHAR(".to_owned()),
            Just("1.5e-3".to_owned()),
            Just("é#\r\n".to_owned()),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn the_pieces_joined_are_the_text(text in code()) {
            for language in LANGUAGES {
                let pieces = tokens(language, &text);
                prop_assert_eq!(pieces.iter().map(|token| token.text).collect::<String>(), &*text);
                prop_assert!(pieces.iter().all(|token| !token.text.is_empty()));
                prop_assert!(pieces.windows(2).all(|pair| pair[0].kind != pair[1].kind));
            }
        }

        #[test]
        fn the_lines_joined_are_the_text(text in code()) {
            for language in LANGUAGES {
                let joined: Vec<String> =
                    lines(language, &text).iter().map(|line| line.iter().map(|token| token.text).collect()).collect();
                prop_assert_eq!(joined.join("\n"), &*text);
            }
        }
    }

    #[test]
    fn sql_keywords_types_and_strings_are_told_apart_from_quoted_names() {
        let text = "CREATE TABLE \"RAW\".\"SELECT\" (\n  \"A\" NUMBER(38,0) NOT NULL COMMENT 'it''s -- no comment', -- one\n  b varchar\n);";
        let keywords = of_kind(Language::Sql, text, TokenKind::Keyword);
        assert_eq!(keywords, ["CREATE", "TABLE", "NOT", "NULL", "COMMENT"]);
        assert_eq!(of_kind(Language::Sql, text, TokenKind::Type), ["NUMBER(38,0)", "varchar"]);
        assert_eq!(of_kind(Language::Sql, text, TokenKind::String), ["'it''s -- no comment'"]);
        assert_eq!(of_kind(Language::Sql, text, TokenKind::Comment), ["-- one"]);
    }

    #[test]
    fn an_sql_string_may_run_over_lines_and_a_json_string_may_not() {
        assert_eq!(of_kind(Language::Sql, "'a\nb' x", TokenKind::String), ["'a\nb'"]);
        assert_eq!(of_kind(Language::Json, "\"a\n1", TokenKind::Number), ["1"]);
    }

    #[test]
    fn json_keys_are_not_values() {
        let text = r#"{"name": "say \"hi\"", "n": -1.5e3, "ok": true, "none": null,"m":7}"#;
        assert_eq!(
            of_kind(Language::Json, text, TokenKind::Type),
            ["\"name\"", "\"n\"", "\"ok\"", "\"none\"", "\"m\""]
        );
        assert_eq!(of_kind(Language::Json, text, TokenKind::String), [r#""say \"hi\"""#]);
        assert_eq!(of_kind(Language::Json, text, TokenKind::Number), ["-1.5e3", "7"]);
        assert_eq!(of_kind(Language::Json, text, TokenKind::Keyword), ["true", "null"]);
    }

    #[test]
    fn terraform_blocks_arguments_and_labels_are_told_apart() {
        let text = "resource \"kafka_topic\" \"t\" { # why\n  partitions = 24\n  on = var.enabled == true\n}";
        assert_eq!(of_kind(Language::Hcl, text, TokenKind::Keyword), ["resource", "var", "true"]);
        assert_eq!(of_kind(Language::Hcl, text, TokenKind::Type), ["partitions", "on"]);
        assert_eq!(of_kind(Language::Hcl, text, TokenKind::String), ["\"kafka_topic\"", "\"t\""]);
        assert_eq!(of_kind(Language::Hcl, text, TokenKind::Comment), ["# why"]);
    }

    #[test]
    fn yaml_keys_stand_before_their_colon() {
        let text = "job:\n  - image: ghcr.io/a:1 # pinned\n    url: http://x/#y\n    on: true\n    \"k\": 3";
        assert_eq!(of_kind(Language::Yaml, text, TokenKind::Type), ["job", "image", "url", "on", "\"k\""]);
        assert_eq!(of_kind(Language::Yaml, text, TokenKind::Comment), ["# pinned"]);
        assert_eq!(of_kind(Language::Yaml, text, TokenKind::Keyword), ["true"]);
        assert_eq!(of_kind(Language::Yaml, text, TokenKind::Number), ["3"]);
    }

    #[test]
    fn protobuf_words_scalars_and_comments_are_known() {
        let text = "syntax = \"proto3\";\n/* all\n of it */ message A { repeated string tags = 1; } // end";
        assert_eq!(of_kind(Language::Protobuf, text, TokenKind::Keyword), ["syntax", "message", "repeated"]);
        assert_eq!(of_kind(Language::Protobuf, text, TokenKind::Type), ["string"]);
        assert_eq!(of_kind(Language::Protobuf, text, TokenKind::Comment), ["/* all\n of it */", "// end"]);
    }

    #[test]
    fn a_file_name_names_its_language() {
        let read = ["a/1-table.sql", "x.tf", "v.yaml", "s.avsc", "o.proto", "README"].map(Language::of_path);
        assert_eq!(
            read,
            [Language::Sql, Language::Hcl, Language::Yaml, Language::Json, Language::Protobuf, Language::Plain]
        );
    }
}

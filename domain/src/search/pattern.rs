//! The pattern that subjects are searched with: a regular expression within limits, or the sentence that says where it breaks.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::Hir;
use regex_syntax::hir::translate::TranslatorBuilder;
use regex_syntax::{ast, hir};
use serde::{Deserialize, Serialize};

use super::Case;

/// The longest pattern, in characters.
pub const MAX_PATTERN_CHARS: usize = 500;
const MAX_PROGRAM_BYTES: usize = 1 << 20;
const MAX_NESTING: u32 = 40;

/// A regular expression in Rust's syntax, linear in time whatever it is.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    ignores_case: bool,
    hir: Hir,
    regex: OnceLock<Option<Regex>>,
}

/// Where and why a pattern breaks, and a pattern that would work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    /// The sentence under the search box.
    pub message: String,
    /// The character where it breaks, counted from 1; `None` when the pattern as a whole is refused.
    pub column: Option<usize>,
    /// How many characters are wrong there, at least 1.
    pub width: usize,
    /// A repaired pattern that may be what was meant.
    pub repair: Option<String>,
    /// The pattern that finds exactly the typed text.
    pub literal: String,
}

impl PatternError {
    /// A problem of the whole text, without a repair.
    pub fn of_whole(message: impl Into<String>) -> Self {
        Self { message: message.into(), column: None, width: 1, repair: None, literal: String::new() }
    }
}

impl Pattern {
    /// Parses and compiles a pattern, in which upper and lower case differ; the empty pattern matches everything.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let pattern = Self::parse_in(text, Case::Exact)?;
        if pattern.regex().is_none() { Err(pattern.too_large()) } else { Ok(pattern) }
    }

    /// Parses a pattern without compiling it, with a word on upper and lower case. What turns out to be too large matches nothing.
    pub fn parse_in(text: &str, case: Case) -> Result<Self, PatternError> {
        let length = text.chars().count();
        if length > MAX_PATTERN_CHARS {
            let message = format!("A pattern can have {MAX_PATTERN_CHARS} characters; this one has {length}.");
            return Err(PatternError::of_whole(message));
        }
        let tree = ast::parse::ParserBuilder::new()
            .nest_limit(MAX_NESTING)
            .build()
            .parse(text)
            .map_err(|error| from_syntax(text, &error))?;
        let ignores_case = case.ignores(&tree);
        let hir = TranslatorBuilder::new()
            .case_insensitive(ignores_case)
            .build()
            .translate(text, &tree)
            .map_err(|error| from_translation(text, &error))?;
        Ok(Self { text: text.to_owned(), ignores_case, hir, regex: OnceLock::new() })
    }

    /// The pattern as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pattern as a tree.
    pub fn hir(&self) -> &Hir {
        &self.hir
    }

    /// What to say of it when its program is too large.
    pub fn too_large(&self) -> PatternError {
        let message = "This pattern is too large when expanded. Use smaller repetition counts.".into();
        whole(regex_syntax::escape(&self.text), message)
    }

    fn regex(&self) -> Option<&Regex> {
        let compile = || {
            RegexBuilder::new(&self.text)
                .case_insensitive(self.ignores_case)
                .size_limit(MAX_PROGRAM_BYTES)
                .dfa_size_limit(2 * MAX_PROGRAM_BYTES)
                .nest_limit(MAX_NESTING)
                .build()
                .ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }

    /// Whether the name matches.
    pub fn is_match(&self, name: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(name))
    }

    /// The bytes of the first match, for marking it; `None` when nothing matches or when an empty match has nothing to mark.
    pub fn find(&self, name: &str) -> Option<Range<usize>> {
        let found = self.regex()?.find(name)?;
        (!found.is_empty()).then(|| found.range())
    }
}

/// Whether a pattern names an upper-case letter; classes such as `\pL` and `\S` do not.
pub(super) fn has_upper(pattern: &ast::Ast) -> bool {
    struct Upper(bool);
    impl ast::Visitor for Upper {
        type Output = bool;
        type Err = std::convert::Infallible;

        fn finish(self) -> Result<bool, Self::Err> {
            Ok(self.0)
        }

        fn visit_pre(&mut self, node: &ast::Ast) -> Result<(), Self::Err> {
            if let ast::Ast::Literal(literal) = node {
                self.0 |= literal.c.is_uppercase();
            }
            Ok(())
        }

        fn visit_class_set_item_pre(&mut self, item: &ast::ClassSetItem) -> Result<(), Self::Err> {
            self.0 |= match item {
                ast::ClassSetItem::Literal(literal) => literal.c.is_uppercase(),
                ast::ClassSetItem::Range(range) => range.start.c.is_uppercase() || range.end.c.is_uppercase(),
                _ => false,
            };
            Ok(())
        }
    }
    let Ok(upper) = ast::visit(pattern, Upper(false));
    upper
}

fn whole(literal: String, message: String) -> PatternError {
    PatternError { message, column: None, width: 1, repair: None, literal }
}

fn from_syntax(text: &str, error: &ast::Error) -> PatternError {
    let span = error.span();
    let column = text[..span.start.offset].chars().count() + 1;
    let width = text[span.start.offset..span.end.offset].chars().count().max(1);
    let (message, repair) = explain(text, error.kind(), column);
    PatternError { message, column: Some(column), width, repair, literal: regex_syntax::escape(text) }
}

fn from_translation(text: &str, error: &hir::Error) -> PatternError {
    let column = text.get(..error.span().start.offset).unwrap_or(text).chars().count() + 1;
    let message = format!("At position {column}: {}.", error.kind());
    PatternError { column: Some(column), ..whole(regex_syntax::escape(text), message) }
}

fn explain(text: &str, kind: &ast::ErrorKind, column: usize) -> (String, Option<String>) {
    use ast::ErrorKind as K;
    match kind {
        K::GroupUnclosed => (format!("The group opened at position {column} is not closed."), Some(format!("{text})"))),
        K::GroupUnopened => (
            format!(
                "The closing parenthesis at position {column} has no opening one. Write \\) for the character itself."
            ),
            Some(escape_at(text, column)),
        ),
        K::ClassUnclosed => {
            (format!("The character class opened at position {column} is not closed."), Some(format!("{text}]")))
        }
        K::RepetitionMissing => (
            format!(
                "There is nothing to repeat before position {column}. Put \\ before the sign for the character itself."
            ),
            Some(escape_at(text, column)),
        ),
        K::EscapeUnexpectedEof => {
            (format!("The backslash at position {column} escapes nothing."), Some(format!("{text}\\")))
        }
        K::RepetitionCountUnclosed | K::RepetitionCountDecimalEmpty | K::RepetitionCountInvalid => {
            (format!("The repetition count at position {column} is not complete. Write it as {{2}} or {{2,5}}."), None)
        }
        K::UnsupportedLookAround => {
            (format!("Look-around, at position {column}, is not supported: patterns run in linear time."), None)
        }
        K::UnsupportedBackreference => {
            (format!("The back-reference at position {column} is not supported: patterns run in linear time."), None)
        }
        K::NestLimitExceeded(limit) => (format!("Groups can nest {limit} deep; this pattern goes deeper."), None),
        other => (format!("At position {column}: {other}."), None),
    }
}

fn escape_at(text: &str, column: usize) -> String {
    let at = text.char_indices().nth(column - 1).map_or(text.len(), |(i, _)| i);
    format!("{}\\{}", &text[..at], &text[at..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn error(text: &str) -> PatternError {
        Pattern::parse(text).unwrap_err()
    }

    #[test]
    fn an_unclosed_group_is_shown_where_it_opens_and_can_be_closed() {
        let found = error("(order|cart_.*placed");
        assert_eq!(found.column, Some(1));
        assert_eq!(found.message, "The group opened at position 1 is not closed.");
        assert!(Pattern::parse(&found.repair.unwrap()).unwrap().is_match("cart_re_placed"));
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(error("üü)").column, Some(3));
    }

    #[test]
    fn a_huge_pattern_a_bomb_and_a_deep_nest_are_refused_with_a_sentence() {
        assert!(error(&"a".repeat(501)).message.contains("501"));
        assert!(error("((a{100}){100}){100}").message.contains("too large"));
        assert!(error(&format!("{}a{}", "(".repeat(100), ")".repeat(100))).message.contains("nest"));
    }

    #[test]
    fn smart_case_tells_letters_apart_only_when_one_of_them_is_upper() {
        let smart = |text: &str, name: &str| Pattern::parse_in(text, Case::Smart).unwrap().is_match(name);
        assert!(smart("orderid", "orderId") && smart(r"order\S", "ORDERX") && smart(r"\pLrder", "Order"));
        assert!(!smart("orderID", "orderId") && !smart("[A-C]rder", "crder") && smart("(?i)Order", "order"));
    }

    #[test]
    fn what_linear_time_excludes_is_named() {
        assert!(error("(?=a)").message.contains("Look-around"));
        assert!(error(r"(a)\1").message.contains("back-reference"));
    }

    #[test]
    fn an_empty_match_marks_nothing_but_counts() {
        let pattern = Pattern::parse("x*").unwrap();
        assert!(pattern.is_match("order"));
        assert_eq!(pattern.find("order"), None);
    }

    proptest! {
        #[test]
        fn any_text_parses_or_explains_itself_and_its_literal_finds_it(text in ".{1,40}") {
            match Pattern::parse(&text) {
                Ok(pattern) => { let _ = pattern.find("order_placed-value"); }
                Err(error) => {
                    prop_assert!(error.message.ends_with('.'));
                    prop_assert!(Pattern::parse(&error.literal).unwrap().is_match(&text));
                }
            }
        }
    }
}

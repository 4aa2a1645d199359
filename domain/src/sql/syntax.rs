//! The expressions of a COPY transformation as a tree: read from text within bounds, checked, printed again with every name and
//! text quoted. Linear in the text, and as deep as [`MAX_DEPTH`] at most.

mod literals;
mod operators;
mod parser;
mod primary;
mod print;
mod refused;
mod token;
mod tree;

pub use tree::{Binary, Expr, Node, Step};

/// The longest text that is read, in bytes.
pub const MAX_EXPRESSION_BYTES: usize = 1 << 20;
/// How deep an expression may nest, chains of operators included.
pub const MAX_DEPTH: usize = 200;

/// What is wrong in an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The byte of the text at which it stands.
    pub offset: usize,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it, one sentence.
    pub hint: String,
}

impl Finding {
    pub(crate) fn new(offset: usize, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { offset, message: message.into(), hint: hint.into() }
    }
}

/// Reads one expression. What a COPY could never run, such as a subquery, is refused here; which functions it may call is the
/// matter of [`super::allow_list`].
pub fn parse(text: &str) -> Result<Expr, Finding> {
    if text.len() > MAX_EXPRESSION_BYTES {
        let message = format!("The expression has {} bytes; {MAX_EXPRESSION_BYTES} are read.", text.len());
        return Err(Finding::new(0, message, "Shorten it."));
    }
    parser::Parser::new(token::tokens(text)?, text.len()).whole()
}

/// A piece of a user's text short enough for a sentence.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

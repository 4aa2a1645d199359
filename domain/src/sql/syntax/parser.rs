//! Tokens to a tree, by how tightly each operator holds. What is read is never deeper than the limit, so that whoever walks the
//! tree may do it by recursion.

use super::operators::{self, AND, Binding, COMPARISON, LOOSEST, NOT, SIGN, SUM};
use super::token::{Placed, Token};
use super::tree::{Binary, Expr, Node};
use super::{Finding, MAX_DEPTH, excerpt, refused};

pub(super) type Parsed<T> = Result<T, Finding>;

/// A tree and how deep it is.
pub(super) struct Grown {
    pub expr: Expr,
    pub height: usize,
}

/// What reads the tokens, one after the other.
pub(super) struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Placed>>,
    /// Where the text ends.
    end: usize,
    /// How many expressions are open.
    open: usize,
}

impl Parser {
    pub(super) fn new(tokens: Vec<Placed>, end: usize) -> Self {
        Self { tokens: tokens.into_iter().peekable(), end, open: 0 }
    }

    /// One expression and nothing behind it.
    pub(super) fn whole(mut self) -> Parsed<Expr> {
        if self.peek().is_none() {
            return Err(Finding::new(0, "There is no expression.", "Write one over $1, as in $1:\"id\"::VARCHAR."));
        }
        let grown = self.expression(LOOSEST)?;
        match self.peek() {
            None => Ok(grown.expr),
            Some(_) => Err(self.unexpected("an operator, or the end")),
        }
    }

    /// An expression of operators that hold more tightly than `loosest`.
    pub(super) fn expression(&mut self, loosest: Binding) -> Parsed<Grown> {
        self.open += 1;
        if self.open > MAX_DEPTH {
            return Err(too_deep(self.at()));
        }
        let mut left = self.prefixed()?;
        while self.infix().is_some_and(|binding| binding > loosest) {
            left = self.behind(left)?;
        }
        self.open -= 1;
        Ok(left)
    }

    fn prefixed(&mut self) -> Parsed<Grown> {
        let at = self.at();
        if self.takes_word("NOT") {
            let of = self.expression(NOT)?;
            return grown(at, of.height, Node::Not(Box::new(of.expr)));
        }
        if self.takes_sign("-") {
            let of = self.expression(SIGN)?;
            return grown(at, of.height, Node::Negative(Box::new(of.expr)));
        }
        if self.takes_sign("+") {
            return self.expression(SIGN);
        }
        self.value()
    }

    /// How tightly the operator that comes next holds, if one does.
    fn infix(&mut self) -> Option<Binding> {
        match self.peek()? {
            Token::Sign(sign) => operators::binary(sign).map(operators::binding),
            Token::Word(word) => match word.to_ascii_uppercase().as_str() {
                "IS" | "IN" | "LIKE" | "ILIKE" | "BETWEEN" | "NOT" => Some(COMPARISON),
                word @ ("AND" | "OR") => operators::binary(word).map(operators::binding),
                _ => None,
            },
            _ => None,
        }
    }

    /// The operator that comes next, with what is before and behind it.
    fn behind(&mut self, left: Grown) -> Parsed<Grown> {
        for (word, operator) in [("AND", Binary::And), ("OR", Binary::Or)] {
            if self.takes_word(word) {
                return self.binary(left, operator);
            }
        }
        if let Some(Token::Sign(sign)) = self.peek()
            && let Some(operator) = operators::binary(sign)
        {
            self.tokens.next();
            return self.binary(left, operator);
        }
        if self.takes_word("IS") {
            let negated = self.takes_word("NOT");
            self.word("NULL")?;
            return grown(left.expr.at, left.height, Node::IsNull { of: Box::new(left.expr), negated });
        }
        let negated = self.takes_word("NOT");
        if self.takes_word("IN") {
            return self.is_in(left, negated);
        }
        if self.takes_word("BETWEEN") {
            return self.between(left, negated);
        }
        let folding = !self.takes_word("LIKE");
        if folding && !self.takes_word("ILIKE") {
            return Err(self.unexpected("IN, LIKE, ILIKE or BETWEEN"));
        }
        self.like(left, folding, negated)
    }

    fn binary(&mut self, left: Grown, operator: Binary) -> Parsed<Grown> {
        let right = self.expression(operators::binding(operator))?;
        let (at, height) = (left.expr.at, left.height.max(right.height));
        grown(at, height, Node::Binary { operator, left: Box::new(left.expr), right: Box::new(right.expr) })
    }

    fn is_in(&mut self, of: Grown, negated: bool) -> Parsed<Grown> {
        self.sign("(")?;
        let (list, height) = self.list(")")?;
        if list.is_empty() {
            return Err(Finding::new(of.expr.at, "IN has nothing to compare with.", "Write at least one value."));
        }
        let (at, height) = (of.expr.at, of.height.max(height));
        grown(at, height, Node::In { of: Box::new(of.expr), list, negated })
    }

    fn between(&mut self, of: Grown, negated: bool) -> Parsed<Grown> {
        let low = self.expression(COMPARISON)?;
        self.word("AND")?;
        let high = self.expression(COMPARISON)?;
        let height = of.height.max(low.height).max(high.height);
        let (at, of, low, high) = (of.expr.at, Box::new(of.expr), Box::new(low.expr), Box::new(high.expr));
        grown(at, height, Node::Between { of, low, high, negated })
    }

    fn like(&mut self, of: Grown, folding: bool, negated: bool) -> Parsed<Grown> {
        let pattern = self.expression(COMPARISON)?;
        let escape = if self.takes_word("ESCAPE") { Some(self.expression(COMPARISON)?) } else { None };
        let height = of.height.max(pattern.height).max(escape.as_ref().map_or(0, |escape| escape.height));
        let (at, of, pattern) = (of.expr.at, Box::new(of.expr), Box::new(pattern.expr));
        let escape = escape.map(|escape| Box::new(escape.expr));
        grown(at, height, Node::Like { of, pattern, escape, folding, negated })
    }

    /// Expressions between commas up to a bracket, and the height of the highest.
    pub(super) fn list(&mut self, closing: &'static str) -> Parsed<(Vec<Expr>, usize)> {
        let (mut list, mut height) = (vec![], 0);
        if self.takes_sign(closing) {
            return Ok((list, height));
        }
        loop {
            let next = self.expression(LOOSEST)?;
            height = height.max(next.height);
            list.push(next.expr);
            if self.takes_sign(closing) {
                return Ok((list, height));
            }
            self.sign(",")?;
        }
    }

    pub(super) fn peek(&mut self) -> Option<&Token> {
        self.tokens.peek().map(|placed| &placed.token)
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        self.tokens.next().map(|placed| placed.token)
    }

    /// Where the next token stands.
    pub(super) fn at(&mut self) -> usize {
        let end = self.end;
        self.tokens.peek().map_or(end, |placed| placed.at)
    }

    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        let is_it = |token: &Token| matches!(token, Token::Word(written) if written.eq_ignore_ascii_case(word));
        self.tokens.next_if(|placed| is_it(&placed.token)).is_some()
    }

    pub(super) fn takes_sign(&mut self, sign: &str) -> bool {
        self.tokens.next_if(|placed| placed.token.is_sign(sign)).is_some()
    }

    pub(super) fn word(&mut self, word: &str) -> Parsed<()> {
        if self.takes_word(word) { Ok(()) } else { Err(self.unexpected(word)) }
    }

    pub(super) fn sign(&mut self, sign: &'static str) -> Parsed<()> {
        if self.takes_sign(sign) { Ok(()) } else { Err(self.unexpected(sign)) }
    }

    /// What there is to say about the next token, where `expected` should stand.
    pub(super) fn unexpected(&mut self, expected: &str) -> Finding {
        let at = self.at();
        let Some(token) = self.peek() else {
            return Finding::new(at, "The expression ends too early.", format!("Go on with {expected}."));
        };
        let written = match token {
            Token::Word(word) => {
                let upper = word.to_ascii_uppercase();
                if upper == "AS" {
                    let hint = "Remove AS and the name; rename the column itself.";
                    return Finding::new(at, "An expression does not name its column.", hint);
                }
                if let Some(finding) = refused::word(&upper, at) {
                    return finding;
                }
                excerpt(word)
            }
            Token::Quoted(name) => format!("{:?}", excerpt(name)),
            Token::Text(_) => "a text".to_owned(),
            Token::Number(number) => format!("the number {}", excerpt(number)),
            Token::Column(number) => format!("${number}"),
            Token::Sign("=>" | "->") => {
                let hint = "Give a function its values in order, as in SPLIT_PART(text, ',', 1).";
                return Finding::new(at, "Named arguments and lambdas are not read.", hint);
            }
            Token::Sign(sign) => (*sign).to_owned(),
        };
        Finding::new(at, format!("Here stands {written}."), format!("Write {expected} instead, or remove it."))
    }
}

/// A node over others of such a height.
pub(super) fn grown(at: usize, height: usize, node: Node) -> Parsed<Grown> {
    if height >= MAX_DEPTH { Err(too_deep(at)) } else { Ok(Grown { expr: Expr { at, node }, height: height + 1 }) }
}

fn too_deep(at: usize) -> Finding {
    let message = format!("The expression nests deeper than {MAX_DEPTH} levels.");
    Finding::new(at, message, "Split it over several columns, or shorten it.")
}

const _: () = assert!(AND < NOT && COMPARISON < SUM, "AND behind BETWEEN closes its first bound");

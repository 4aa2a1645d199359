//! Values: literals, names, calls, casts and cases, with the steps and casts behind them.

use super::operators::LOOSEST;
use super::parser::{Grown, Parsed, Parser, grown};
use super::token::Token;
use super::tree::{Node, Step};
use super::{Finding, excerpt, refused};
use crate::sql::ColumnType;

impl Parser {
    /// A value with everything behind it that holds more tightly than any operator.
    pub(super) fn value(&mut self) -> Parsed<Grown> {
        let mut value = self.bare()?;
        loop {
            let at = value.expr.at;
            let height = value.height;
            value = if self.takes_sign("::") {
                let ty = self.column_type()?;
                grown(at, height, Node::Cast { of: Box::new(value.expr), ty, lenient: false })?
            } else if self.takes_sign(":") || self.takes_sign(".") {
                let step = self.key()?;
                grown(at, height, Node::Path { of: Box::new(value.expr), step })?
            } else if self.takes_sign("[") {
                let step = self.element()?;
                grown(at, height, Node::Path { of: Box::new(value.expr), step })?
            } else {
                return Ok(value);
            };
        }
    }

    fn bare(&mut self) -> Parsed<Grown> {
        let at = self.at();
        if self.takes_sign("(") {
            let inside = self.expression(LOOSEST)?;
            self.sign(")")?;
            return Ok(inside);
        }
        if !matches!(
            self.peek(),
            Some(Token::Word(_) | Token::Quoted(_) | Token::Text(_) | Token::Number(_) | Token::Column(_))
        ) {
            return Err(self.unexpected("a value"));
        }
        match self.next() {
            Some(Token::Number(number)) => grown(at, 0, Node::Number(number)),
            Some(Token::Text(text)) => grown(at, 0, Node::Text(text)),
            Some(Token::Column(number)) => grown(at, 0, Node::Column(number)),
            Some(Token::Quoted(name)) => grown(at, 0, Node::Name(name)),
            Some(Token::Word(word)) => self.after_word(at, word),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn after_word(&mut self, at: usize, word: String) -> Parsed<Grown> {
        let upper = word.to_ascii_uppercase();
        let calls = self.peek().is_some_and(|token| token.is_sign("("));
        match upper.as_str() {
            "NULL" => return grown(at, 0, Node::Null),
            "TRUE" => return grown(at, 0, Node::Boolean(true)),
            "FALSE" => return grown(at, 0, Node::Boolean(false)),
            "CASE" => return self.case(at),
            "CAST" => return self.cast(at, false),
            "TRY_CAST" => return self.cast(at, true),
            "DATE" | "TIME" | "TIMESTAMP" if matches!(self.peek(), Some(Token::Text(_))) => {
                let hint = format!("Put the type behind the text, as in '…'::{}.", example(&upper));
                return Err(Finding::new(at, "A type before a text is not read.", hint));
            }
            "LEFT" | "RIGHT" | "LIKE" | "ILIKE" if calls => {}
            "AND" | "OR" | "IN" | "IS" | "LIKE" | "ILIKE" | "BETWEEN" | "ESCAPE" | "WHEN" | "THEN" | "ELSE" | "END"
            | "AS" => {
                let message = format!("A value is missing before {upper}.");
                return Err(Finding::new(at, message, "Write the value, or put a name between double quotes."));
            }
            _ => {
                if let Some(finding) = refused::word(&upper, at) {
                    return Err(finding);
                }
            }
        }
        if calls {
            return self.call(at, upper);
        }
        let node = if upper.starts_with("METADATA$") { Node::Metadata(upper) } else { Node::Name(word) };
        grown(at, 0, node)
    }

    fn call(&mut self, at: usize, name: String) -> Parsed<Grown> {
        self.sign("(")?;
        if self.takes_sign("*") {
            let message = format!("{}(*) looks at all rows, and a COPY transformation sees one.", excerpt(&name));
            return Err(Finding::new(at, message, "Do this in a view over the table."));
        }
        let (arguments, height) = self.list(")")?;
        grown(at, height, Node::Call { name, arguments })
    }

    fn case(&mut self, at: usize) -> Parsed<Grown> {
        let mut height = 0;
        let mut part = |parser: &mut Self| {
            parser.expression(LOOSEST).map(|part| {
                height = height.max(part.height);
                part.expr
            })
        };
        let has_subject = !matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case("WHEN"));
        let of = if has_subject { Some(Box::new(part(self)?)) } else { None };
        let mut whens = vec![];
        while self.takes_word("WHEN") {
            let case = part(self)?;
            self.word("THEN")?;
            whens.push((case, part(self)?));
        }
        if whens.is_empty() {
            return Err(self.unexpected("WHEN"));
        }
        let otherwise = if self.takes_word("ELSE") { Some(Box::new(part(self)?)) } else { None };
        self.word("END")?;
        grown(at, height, Node::Case { of, whens, otherwise })
    }

    fn cast(&mut self, at: usize, lenient: bool) -> Parsed<Grown> {
        self.sign("(")?;
        let of = self.expression(LOOSEST)?;
        self.word("AS")?;
        let ty = self.column_type()?;
        self.sign(")")?;
        grown(at, of.height, Node::Cast { of: Box::new(of.expr), ty, lenient })
    }

    /// A type: its words, and numbers between parentheses.
    fn column_type(&mut self) -> Parsed<ColumnType> {
        let at = self.at();
        let mut written = match self.peek() {
            Some(Token::Word(word)) => word.to_ascii_uppercase(),
            _ => return Err(self.unexpected("a type, such as VARCHAR or NUMBER(38,0),")),
        };
        self.next();
        let more: &[&str] = match written.as_str() {
            "DOUBLE" => &["PRECISION"],
            "CHAR" | "NCHAR" => &["VARYING"],
            "TIMESTAMP" => &["WITH", "WITHOUT", "LOCAL", "TIME", "ZONE"],
            _ => &[],
        };
        while let Some(word) = more.iter().find(|word| self.takes_word(word)) {
            written = format!("{written} {word}");
        }
        if self.takes_sign("(") {
            written.push('(');
            while let Some(token) = self.peek().filter(|token| !token.is_sign(")")) {
                match token {
                    Token::Number(number) => written.push_str(number),
                    Token::Sign(",") => written.push(','),
                    _ => return Err(self.unexpected("a whole number")),
                }
                self.next();
            }
            self.sign(")")?;
            written.push(')');
        }
        written.parse().map_err(|problem| {
            Finding::new(at, format!("{problem}"), "Cast to a type such as VARCHAR, NUMBER(38,0) or TIMESTAMP_NTZ(6).")
        })
    }

    fn key(&mut self) -> Parsed<Step> {
        match self.peek() {
            Some(Token::Word(key) | Token::Quoted(key)) => {
                let step = Step::Key(key.clone());
                self.next();
                if self.peek().is_some_and(|token| token.is_sign("(")) {
                    let hint = "Write a function's name without a schema before it, as in NVL(…).";
                    return Err(Finding::new(self.at(), "A call cannot stand inside a path.", hint));
                }
                Ok(step)
            }
            Some(Token::Column(number)) => {
                let message = format!("${number} takes no table before it.");
                Err(Finding::new(self.at(), message, "Write $1 alone, without an alias."))
            }
            _ => Err(self.unexpected("a key, best between double quotes,")),
        }
    }

    fn element(&mut self) -> Parsed<Step> {
        let at = self.at();
        let step = match self.peek() {
            Some(Token::Text(key)) => Some(Step::Key(key.clone())),
            Some(Token::Number(index)) => index.parse().ok().map(Step::Index),
            _ => None,
        };
        let Some(step) = step else {
            let hint = "Write a whole number from 0, or a key between single quotes.";
            return Err(Finding::new(at, "Between [ and ] stands neither an index nor a key.", hint));
        };
        self.next();
        self.sign("]")?;
        Ok(step)
    }
}

fn example(ty: &str) -> &str {
    if ty == "TIMESTAMP" { "TIMESTAMP_NTZ(6)" } else { ty }
}

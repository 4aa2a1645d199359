//! A tree as SQL again, every name and text quoted by its own type. Operators inside operators stand in parentheses, so that the
//! text means the tree whatever a reader believes of precedence.

use std::fmt::{self, Display, Formatter};

use super::tree::{Binary, Expr, Node, Step};
use crate::sql::{Identifier, Literal, SourcePath};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Null => f.write_str("NULL"),
            Node::Boolean(true) => f.write_str("TRUE"),
            Node::Boolean(false) => f.write_str("FALSE"),
            Node::Number(number) => f.write_str(number),
            Node::Text(text) => Literal(text).fmt(f),
            Node::Column(number) => write!(f, "${number}"),
            Node::Metadata(name) => f.write_str(name),
            Node::Name(name) => Identifier(name).fmt(f),
            Node::Path { of, step } => path(of, step, f),
            Node::Cast { of, ty, lenient: true } => write!(f, "TRY_CAST({of} AS {ty})"),
            Node::Cast { of, ty, lenient: false } => write!(f, "{}::{ty}", Tight(of)),
            Node::Call { name, arguments } => write!(f, "{name}({})", List(arguments)),
            Node::Case { of, whens, otherwise } => case(of.as_deref(), whens, otherwise.as_deref(), f),
            Node::Not(of) => write!(f, "NOT {}", Operand(of)),
            Node::Negative(of) => write!(f, "-{}", Operand(of)),
            Node::Binary { operator, left, right } => binary(*operator, left, right, f),
            Node::IsNull { of, negated } => write!(f, "{} IS {}NULL", Operand(of), not(*negated)),
            Node::In { of, list, negated } => write!(f, "{} {}IN ({})", Operand(of), not(*negated), List(list)),
            Node::Like { of, pattern, escape, folding, negated } => {
                let word = if *folding { "ILIKE" } else { "LIKE" };
                write!(f, "{} {}{word} {}", Operand(of), not(*negated), Operand(pattern))?;
                escape.as_ref().map_or(Ok(()), |escape| write!(f, " ESCAPE {}", Operand(escape)))
            }
            Node::Between { of, low, high, negated } => {
                write!(f, "{} {}BETWEEN {} AND {}", Operand(of), not(*negated), Operand(low), Operand(high))
            }
        }
    }
}

fn not(negated: bool) -> &'static str {
    if negated { "NOT " } else { "" }
}

fn binary(operator: Binary, left: &Expr, right: &Expr, f: &mut Formatter<'_>) -> fmt::Result {
    let chains = matches!(operator, Binary::Plus | Binary::Times | Binary::Concat | Binary::And | Binary::Or);
    match &left.node {
        Node::Binary { operator: inner, .. } if chains && *inner == operator => left.fmt(f)?,
        _ => Operand(left).fmt(f)?,
    }
    write!(f, " {} {}", operator.sign(), Operand(right))
}

fn case(of: Option<&Expr>, whens: &[(Expr, Expr)], otherwise: Option<&Expr>, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str("CASE")?;
    of.map_or(Ok(()), |of| write!(f, " {}", Operand(of)))?;
    whens.iter().try_for_each(|(case, value)| write!(f, " WHEN {case} THEN {value}"))?;
    otherwise.map_or(Ok(()), |value| write!(f, " ELSE {value}"))?;
    f.write_str(" END")
}

/// Keys of the row as the generator writes them; any other step by GET, which every reader understands.
fn path(of: &Expr, step: &Step, f: &mut Formatter<'_>) -> fmt::Result {
    match (source(of), step) {
        (Some(Source::Row), Step::Key(key)) => SourcePath::top(key).fmt(f),
        (Some(Source::Below(path)), Step::Key(key)) => path.child(key).fmt(f),
        (_, Step::Key(key)) => write!(f, "GET({of}, {})", Literal(key)),
        (_, Step::Index(index)) => write!(f, "GET({of}, {index})"),
    }
}

enum Source {
    Row,
    Below(SourcePath),
}

fn source(expr: &Expr) -> Option<Source> {
    match &expr.node {
        Node::Column(1) => Some(Source::Row),
        Node::Path { of, step: Step::Key(key) } => Some(Source::Below(match source(of)? {
            Source::Row => SourcePath::top(key),
            Source::Below(path) => path.child(key),
        })),
        _ => None,
    }
}

struct List<'a>(&'a [Expr]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (i, expr) in self.0.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            write!(f, "{comma}{expr}")?;
        }
        Ok(())
    }
}

/// An expression beside an operator.
struct Operand<'a>(&'a Expr);

impl Display for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is_operator = matches!(
            self.0.node,
            Node::Not(_)
                | Node::Negative(_)
                | Node::Binary { .. }
                | Node::IsNull { .. }
                | Node::In { .. }
                | Node::Like { .. }
                | Node::Between { .. }
        );
        if is_operator { write!(f, "({})", self.0) } else { self.0.fmt(f) }
    }
}

/// An expression before a cast, which sqlparser and some people read as part of an END before it.
struct Tight<'a>(&'a Expr);

impl Display for Tight<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0.node {
            Node::Case { .. } => write!(f, "({})", self.0),
            _ => Operand(self.0).fmt(f),
        }
    }
}

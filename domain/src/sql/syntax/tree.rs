//! The tree of an expression. Every node knows its place in the text, so that what is wrong with it can be pointed at.

use crate::sql::ColumnType;

/// An expression and the byte of the text at which it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Where it starts.
    pub at: usize,
    /// What it is.
    pub node: Node,
}

/// What an expression is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `NULL`
    Null,
    /// `TRUE` or `FALSE`
    Boolean(bool),
    /// A number as it was written.
    Number(String),
    /// A text without its quotes and escapes.
    Text(String),
    /// `$1`, the row of a Parquet file; other numbers have no meaning there.
    Column(u32),
    /// `METADATA$FILENAME` and the like, upper case.
    Metadata(String),
    /// Any other name, as written or between double quotes.
    Name(String),
    /// A place inside a value: `of:key`, `of[0]`.
    Path {
        /// The value.
        of: Box<Expr>,
        /// The place.
        step: Step,
    },
    /// `of::ty`, `CAST(of AS ty)`, and with `lenient` `TRY_CAST(of AS ty)`.
    Cast {
        /// The value.
        of: Box<Expr>,
        /// The type.
        ty: ColumnType,
        /// Whether NULL stands for what does not fit.
        lenient: bool,
    },
    /// A function's call, its name upper case.
    Call {
        /// The function.
        name: String,
        /// What it is given.
        arguments: Vec<Expr>,
    },
    /// `CASE [of] WHEN … THEN … [ELSE …] END`
    Case {
        /// What the cases are compared with; without it they are conditions.
        of: Option<Box<Expr>>,
        /// The cases and their values.
        whens: Vec<(Expr, Expr)>,
        /// The value where no case holds.
        otherwise: Option<Box<Expr>>,
    },
    /// `NOT of`
    Not(Box<Expr>),
    /// `-of`
    Negative(Box<Expr>),
    /// An operator between two values.
    Binary {
        /// The operator.
        operator: Binary,
        /// What is before it.
        left: Box<Expr>,
        /// What is behind it.
        right: Box<Expr>,
    },
    /// `of IS [NOT] NULL`
    IsNull {
        /// The value.
        of: Box<Expr>,
        /// Whether `NOT` is there.
        negated: bool,
    },
    /// `of [NOT] IN (…)`
    In {
        /// The value.
        of: Box<Expr>,
        /// What it may be equal to.
        list: Vec<Expr>,
        /// Whether `NOT` is there.
        negated: bool,
    },
    /// `of [NOT] LIKE pattern [ESCAPE escape]`
    Like {
        /// The value.
        of: Box<Expr>,
        /// The pattern.
        pattern: Box<Expr>,
        /// The character that takes the meaning from the one behind it.
        escape: Option<Box<Expr>>,
        /// Whether it is `ILIKE`.
        folding: bool,
        /// Whether `NOT` is there.
        negated: bool,
    },
    /// `of [NOT] BETWEEN low AND high`
    Between {
        /// The value.
        of: Box<Expr>,
        /// The least that it may be.
        low: Box<Expr>,
        /// The most that it may be.
        high: Box<Expr>,
        /// Whether `NOT` is there.
        negated: bool,
    },
}

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key, case-exact.
    Key(String),
    /// To an element, from 0.
    Index(u64),
}

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// `OR`
    Or,
    /// `AND`
    And,
    /// `=`
    Equal,
    /// `<>`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `||`
    Concat,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%`
    Modulo,
}

impl Binary {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "OR",
            Self::And => "AND",
            Self::Equal => "=",
            Self::Unequal => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Concat => "||",
            Self::Times => "*",
            Self::Over => "/",
            Self::Modulo => "%",
        }
    }
}

impl Expr {
    /// The expressions directly inside, in the order of the text.
    pub fn inner(&self) -> Vec<&Expr> {
        match &self.node {
            Node::Null
            | Node::Boolean(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Column(_)
            | Node::Metadata(_)
            | Node::Name(_) => vec![],
            Node::Path { of, .. }
            | Node::Cast { of, .. }
            | Node::Not(of)
            | Node::Negative(of)
            | Node::IsNull { of, .. } => vec![of],
            Node::Call { arguments, .. } => arguments.iter().collect(),
            Node::Case { of, whens, otherwise } => {
                let cases = whens.iter().flat_map(|(case, value)| [case, value]);
                of.as_deref().into_iter().chain(cases).chain(otherwise.as_deref()).collect()
            }
            Node::Binary { left, right, .. } => vec![left, right],
            Node::In { of, list, .. } => std::iter::once(&**of).chain(list).collect(),
            Node::Like { of, pattern, escape, .. } => {
                [&**of, &**pattern].into_iter().chain(escape.as_deref()).collect()
            }
            Node::Between { of, low, high, .. } => vec![of, low, high],
        }
    }

    /// The same, to be changed.
    pub(crate) fn inner_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.node {
            Node::Null
            | Node::Boolean(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::Column(_)
            | Node::Metadata(_)
            | Node::Name(_) => vec![],
            Node::Path { of, .. }
            | Node::Cast { of, .. }
            | Node::Not(of)
            | Node::Negative(of)
            | Node::IsNull { of, .. } => vec![of],
            Node::Call { arguments, .. } => arguments.iter_mut().collect(),
            Node::Case { of, whens, otherwise } => {
                let cases = whens.iter_mut().flat_map(|(case, value)| [case, value]);
                of.as_deref_mut().into_iter().chain(cases).chain(otherwise.as_deref_mut()).collect()
            }
            Node::Binary { left, right, .. } => vec![left, right],
            Node::In { of, list, .. } => std::iter::once(&mut **of).chain(list).collect(),
            Node::Like { of, pattern, escape, .. } => {
                [&mut **of, &mut **pattern].into_iter().chain(escape.as_deref_mut()).collect()
            }
            Node::Between { of, low, high, .. } => vec![of, low, high],
        }
    }

    /// This expression and all inside it, outer before inner.
    pub fn all(&self) -> Vec<&Expr> {
        let (mut all, mut left) = (vec![], vec![self]);
        while let Some(expr) = left.pop() {
            all.push(expr);
            left.extend(expr.inner().into_iter().rev());
        }
        all
    }
}

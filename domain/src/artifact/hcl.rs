//! HCL as a tree that is laid out like `terraform fmt` does: two spaces a level, equal signs of neighbours in one column. Quoting
//! is hcl-edit's; only white space and fixed comments are added here.

use hcl_edit::expr::{
    Expression, ForExpr, ForIntro, FuncArgs, FuncCall, Object, ObjectKey, ObjectValue, ObjectValueTerminator,
    Traversal, TraversalOperator,
};
use hcl_edit::structure::{Attribute, Block, BlockLabel, Body, Structure};
use hcl_edit::template::{Element, Interpolation, StringTemplate};
use hcl_edit::{Decorate, Decorated, Ident};

/// An attribute or a block.
pub(super) enum Node {
    Attribute(&'static str, Value),
    /// An attribute with a key that is made.
    Named(String, Value),
    Block {
        ident: &'static str,
        labels: Vec<String>,
        nodes: Vec<Node>,
        comment: Option<&'static str>,
    },
}

/// The value of an attribute.
pub(super) enum Value {
    Text(String),
    Number(u64),
    Bool(bool),
    List(Vec<Value>),
    Object(Vec<(Key, Value)>),
    Expression(Expression),
}

/// The key of an object's entry, written as an identifier or in quotes.
pub(super) enum Key {
    Ident(String),
    Quoted(String),
}

pub(super) fn attribute(key: &'static str, value: impl Into<Value>) -> Node {
    Node::Attribute(key, value.into())
}

pub(super) fn block(ident: &'static str, labels: &[&str], nodes: Vec<Node>) -> Node {
    Node::Block { ident, labels: labels.iter().map(|label| (*label).to_owned()).collect(), nodes, comment: None }
}

impl Node {
    /// The block with a line of comment above it.
    pub(super) fn comment(mut self, text: &'static str) -> Self {
        if let Self::Block { comment, .. } = &mut self {
            *comment = Some(text);
        }
        self
    }

    /// The key of an attribute whose value stands on one line.
    fn aligned_key(&self) -> Option<&str> {
        match self {
            Self::Attribute(key, value) if !value.spans_lines() => Some(key),
            Self::Named(key, value) if !value.spans_lines() => Some(key),
            _ => None,
        }
    }
}

impl Value {
    fn spans_lines(&self) -> bool {
        matches!(self, Self::Object(entries) if !entries.is_empty())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<Expression> for Value {
    fn from(expression: Expression) -> Self {
        Self::Expression(expression)
    }
}

/// The text of a file.
pub(super) fn render(nodes: Vec<Node>) -> String {
    body(nodes, 0).to_string()
}

/// An identifier. All that reach this are fixed words or labels of a [`Slug`](super::Slug), which are identifiers.
fn ident(text: &str) -> Ident {
    Ident::try_new(text).unwrap_or_else(|_| Ident::new_sanitized(text))
}

fn spaces(levels: usize) -> String {
    "  ".repeat(levels)
}

fn body(nodes: Vec<Node>, level: usize) -> Body {
    let widths = widths(&nodes);
    let mut body = Body::new();
    let mut after_block = None;
    for (node, width) in nodes.into_iter().zip(widths) {
        let is_block = matches!(node, Node::Block { .. });
        let gap = if after_block.is_some_and(|after| after || is_block) { "\n" } else { "" };
        body.push(structure(node, level, width, gap));
        after_block = Some(is_block);
    }
    body
}

/// For each node the width of the widest key in its run of one-line attributes.
fn widths(nodes: &[Node]) -> Vec<usize> {
    let mut widths = vec![0; nodes.len()];
    let mut start = 0;
    while start < nodes.len() {
        let run = nodes.iter().skip(start).map_while(Node::aligned_key).map(|key| key.chars().count());
        let (length, widest) = run.fold((0, 0), |(n, widest), width| (n + 1, widest.max(width)));
        widths.iter_mut().skip(start).take(length).for_each(|width| *width = widest);
        start += length.max(1);
    }
    widths
}

fn structure(node: Node, level: usize, width: usize, gap: &str) -> Structure {
    let indent = spaces(level);
    match node {
        Node::Attribute(key, value) => Structure::Attribute(assignment(key, value, level, width, gap)),
        Node::Named(key, value) => Structure::Attribute(assignment(&key, value, level, width, gap)),
        Node::Block { ident: word, labels, nodes, comment } => {
            let labels = labels.into_iter().map(|label| BlockLabel::String(Decorated::new(label)));
            let mut block = Block::builder(ident(word)).labels(labels).build();
            block.body = body(nodes, level + 1);
            block.body.decor_mut().set_suffix(indent.clone());
            let comment = comment.map(|comment| format!("{indent}# {comment}\n")).unwrap_or_default();
            block.decor_mut().set_prefix(format!("{gap}{comment}{indent}"));
            Structure::Block(block)
        }
    }
}

fn assignment(key: &str, value: Value, level: usize, width: usize, gap: &str) -> Attribute {
    let mut name = Decorated::new(ident(key));
    let padding = " ".repeat(width.saturating_sub(key.chars().count()) + 1);
    name.decor_mut().set_suffix(padding);
    let mut attribute = Attribute::new(name, expression(value, level));
    attribute.decor_mut().set_prefix(format!("{gap}{}", spaces(level)));
    attribute
}

fn expression(value: Value, level: usize) -> Expression {
    match value {
        Value::Text(text) => quoted(&text),
        Value::Number(number) => Expression::from(number),
        Value::Bool(value) => Expression::from(value),
        Value::List(values) => Expression::Array(values.into_iter().map(|value| expression(value, level)).collect()),
        Value::Object(entries) => Expression::from(object(entries, level)),
        Value::Expression(expression) => expression,
    }
}

fn object(entries: Vec<(Key, Value)>, level: usize) -> Object {
    let width = entries.iter().map(|(key, _)| key.width()).max().unwrap_or_default();
    let mut object = Object::new();
    for (i, (key, value)) in entries.into_iter().enumerate() {
        let prefix = format!("{}{}", if i == 0 { "\n" } else { "" }, spaces(level + 1));
        let suffix = " ".repeat(width - key.width() + 1);
        let mut value = ObjectValue::new(expression(value, level + 1));
        value.set_terminator(ObjectValueTerminator::Newline);
        object.insert(key.decorated(prefix, suffix), value);
    }
    object.set_trailing(spaces(level));
    object
}

impl Key {
    fn width(&self) -> usize {
        match self {
            Self::Ident(name) => name.chars().count(),
            Self::Quoted(name) => quoted(name).to_string().chars().count(),
        }
    }

    fn decorated(self, prefix: String, suffix: String) -> ObjectKey {
        match self {
            Self::Ident(name) => {
                let mut key = Decorated::new(ident(&name));
                key.decor_mut().set_prefix(prefix);
                key.decor_mut().set_suffix(suffix);
                ObjectKey::Ident(key)
            }
            Self::Quoted(name) => {
                let mut key = quoted(&name);
                key.decor_mut().set_prefix(prefix);
                key.decor_mut().set_suffix(suffix);
                ObjectKey::Expression(key)
            }
        }
    }
}

/// `a.b.c`.
pub(super) fn reference(first: &str, rest: &[&str]) -> Expression {
    let operators = rest.iter().map(|name| Decorated::new(TraversalOperator::GetAttr(Decorated::new(ident(name)))));
    Expression::from(Traversal::new(Expression::Variable(Decorated::new(ident(first))), operators.collect()))
}

/// `name(argument)`.
pub(super) fn call(name: &str, argument: Expression) -> Expression {
    let mut arguments = FuncArgs::new();
    arguments.push(argument);
    Expression::from(FuncCall::new(ident(name), arguments))
}

/// A string in which expressions stand between texts.
pub(super) fn template(elements: Vec<Element>) -> Expression {
    Expression::from(elements.into_iter().collect::<StringTemplate>())
}

/// A string with exactly this text. Readers, hcl-edit among them, disagree on `$` and `%` signs that stand right before a `${` or `%{`
/// of the text, so such signs are written as a string of their own within the template.
fn quoted(text: &str) -> Expression {
    let (mut elements, mut literal, mut signs) = (Vec::new(), String::new(), String::new());
    for c in text.chars() {
        match c {
            '$' | '%' => {
                signs.push(c);
                continue;
            }
            '{' if signs.len() > 1 => {
                let marker = signs.pop();
                elements.push(Element::from(std::mem::take(&mut literal).as_str()));
                elements.push(interpolated(Expression::from(std::mem::take(&mut signs))));
                literal.extend(marker);
            }
            _ => literal.push_str(&std::mem::take(&mut signs)),
        }
        literal.push(c);
    }
    literal.push_str(&signs);
    if elements.is_empty() {
        return Expression::from(literal);
    }
    elements.push(Element::from(literal.as_str()));
    template(elements)
}

/// Text within a template.
pub(super) fn literal(text: &str) -> Element {
    Element::from(text)
}

/// `${expression}` within a template.
pub(super) fn interpolated(expression: Expression) -> Element {
    let mut expression = expression;
    expression.decorate(("", ""));
    Element::from(Interpolation::new(expression))
}

/// `{ for key, value in collection : key => value.attribute }`.
pub(super) fn map_of(key: &str, value: &str, collection: Expression, attribute: &str) -> Expression {
    let variable = |name: &str| Decorated::new(ident(name));
    let mut last = variable(value);
    last.decorate((" ", " "));
    let mut intro = ForIntro::new(last, collection);
    intro.key_var = Some(variable(key));
    intro.decor_mut().set_prefix(" ");
    let mut each = ForExpr::new(intro, reference(value, &[attribute]));
    each.key_expr = Some(Expression::Variable(variable(key)));
    each.value_expr.decor_mut().set_prefix(" ");
    each.value_expr.decor_mut().set_suffix(" ");
    Expression::from(each)
}

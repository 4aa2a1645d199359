//! HCL as a tree that is laid out like `terraform fmt` does: two spaces a level, equal signs of neighbours in one column. Quoting
//! and expressions are hcl-edit's; the layout is made here, in one pass.

use std::borrow::Cow;

use hcl_edit::expr::{Expression, ForExpr, ForIntro, FuncArgs, FuncCall, Traversal, TraversalOperator};
use hcl_edit::template::{Element, Interpolation, StringTemplate};
use hcl_edit::{Decorate, Decorated, Ident};

use super::escape::add_escaped;
use crate::sql::misleads;

/// The spaces of one level.
const INDENT: usize = 2;

/// An attribute or a block.
pub(super) enum Node<'a> {
    Attribute(Cow<'static, str>, Value<'a>),
    Block { ident: &'static str, labels: Vec<String>, nodes: Vec<Node<'a>>, comment: Option<&'static str> },
}

/// The value of an attribute.
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(u64),
    Bool(bool),
    List(Vec<Value<'a>>),
    Object(Vec<(Key, Value<'a>)>),
    /// Boxed, because most values are texts and a node should be small.
    Expression(Box<Expression>),
}

/// The key of an object's entry, written as an identifier or in quotes.
pub(super) enum Key {
    Ident(String),
    Quoted(String),
}

pub(super) fn attribute<'a>(key: impl Into<Cow<'static, str>>, value: impl Into<Value<'a>>) -> Node<'a> {
    Node::Attribute(key.into(), value.into())
}

pub(super) fn block<'a>(ident: &'static str, labels: &[&str], nodes: Vec<Node<'a>>) -> Node<'a> {
    Node::Block { ident, labels: labels.iter().map(|label| (*label).to_owned()).collect(), nodes, comment: None }
}

impl Node<'_> {
    /// The block with a line of comment above it.
    pub(super) fn comment(mut self, text: &'static str) -> Self {
        if let Self::Block { comment, .. } = &mut self {
            *comment = Some(text);
        }
        self
    }

    /// How many nodes stand inside of it.
    fn children(&self) -> usize {
        match self {
            Self::Block { nodes, .. } => nodes.len(),
            Self::Attribute(..) => 0,
        }
    }

    /// The key of an attribute whose value stands on one line.
    fn aligned_key(&self) -> Option<&str> {
        match self {
            Self::Attribute(key, value) if !value.spans_lines() => Some(key),
            _ => None,
        }
    }
}

impl Value<'_> {
    fn spans_lines(&self) -> bool {
        matches!(self, Self::Object(entries) if !entries.is_empty())
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<Expression> for Value<'_> {
    fn from(expression: Expression) -> Self {
        Self::Expression(Box::new(expression))
    }
}

/// The text of a file.
pub(super) fn render(nodes: &[Node<'_>]) -> String {
    // A column's block has about so many bytes.
    let blocks: usize = nodes.iter().map(Node::children).sum();
    let mut out = String::with_capacity(blocks * 96 + 512);
    add_body(&mut out, nodes, 0);
    out
}

/// An identifier. All that reach this are fixed words or labels of a [`Slug`](super::Slug), which are identifiers.
fn ident(text: &str) -> Ident {
    Ident::try_new(text).unwrap_or_else(|_| Ident::new_sanitized(text))
}

fn add_spaces(out: &mut String, count: usize) {
    const SPACES: &str = "                                ";
    match SPACES.get(..count) {
        Some(spaces) => out.push_str(spaces),
        None => out.extend(std::iter::repeat_n(' ', count)),
    }
}

/// A block is set apart from its neighbours by an empty line.
fn add_body(out: &mut String, nodes: &[Node<'_>], level: usize) {
    let mut after_block = None;
    for run in nodes.chunk_by(|one, next| one.aligned_key().is_some() && next.aligned_key().is_some()) {
        let width = run.iter().filter_map(Node::aligned_key).map(|key| key.chars().count()).max().unwrap_or_default();
        for node in run {
            let is_block = matches!(node, Node::Block { .. });
            if after_block.is_some_and(|after| after || is_block) {
                out.push('\n');
            }
            add_node(out, node, level, width);
            after_block = Some(is_block);
        }
    }
}

fn add_node(out: &mut String, node: &Node<'_>, level: usize, width: usize) {
    let indent = level * INDENT;
    match node {
        Node::Attribute(key, value) => {
            add_spaces(out, indent);
            match key {
                Cow::Borrowed(word) => out.push_str(word),
                Cow::Owned(made) => add_ident(out, made),
            }
            add_spaces(out, width.saturating_sub(key.chars().count()) + 1);
            out.push_str("= ");
            add_value(out, value, level);
        }
        Node::Block { ident: word, labels, nodes, comment } => {
            if let Some(comment) = comment {
                add_spaces(out, indent);
                out.extend(["# ", comment, "\n"]);
            }
            add_spaces(out, indent);
            out.push_str(word);
            for label in labels {
                out.push(' ');
                add_quoted(out, label);
            }
            out.push_str(" {\n");
            add_body(out, nodes, level + 1);
            add_spaces(out, indent);
            out.push('}');
        }
    }
    out.push('\n');
}

fn add_value(out: &mut String, value: &Value<'_>, level: usize) {
    match value {
        Value::Text(text) => add_quoted(out, text),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::List(values) => {
            out.push('[');
            for (i, value) in values.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                add_value(out, value, level);
            }
            out.push(']');
        }
        Value::Object(entries) => add_object(out, entries, level),
        Value::Expression(expression) => out.push_str(&expression.to_string()),
    }
}

fn add_object(out: &mut String, entries: &[(Key, Value<'_>)], level: usize) {
    let keys: Vec<String> = entries.iter().map(|(key, _)| key.written()).collect();
    let width = keys.iter().map(|key| key.chars().count()).max().unwrap_or_default();
    out.push_str(if entries.is_empty() { "{" } else { "{\n" });
    for (key, (_, value)) in keys.iter().zip(entries) {
        add_spaces(out, (level + 1) * INDENT);
        out.push_str(key);
        add_spaces(out, width - key.chars().count() + 1);
        out.push_str("= ");
        add_value(out, value, level + 1);
        out.push('\n');
    }
    if !entries.is_empty() {
        add_spaces(out, level * INDENT);
    }
    out.push('}');
}

impl Key {
    fn written(&self) -> String {
        let mut text = String::new();
        match self {
            Self::Ident(name) => add_ident(&mut text, name),
            Self::Quoted(name) => add_quoted(&mut text, name),
        }
        text
    }
}

fn add_ident(out: &mut String, name: &str) {
    out.push_str(ident(name).as_str());
}

/// A string with exactly this text. Most texts are written as they are; all others are quoted by hcl-edit, which leaves characters
/// that mislead a reader as they are.
fn add_quoted(out: &mut String, text: &str) {
    let is_plain = !text.chars().any(|c| misleads(c) || matches!(c, '"' | '\\' | '$' | '%'));
    if is_plain {
        out.extend(["\"", text, "\""]);
    } else {
        add_escaped(out, &quoted(text).to_string());
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

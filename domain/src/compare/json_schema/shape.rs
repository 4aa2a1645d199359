//! A JSON Schema seen as one thing at a time: a type, an enumeration, or several that hold together or by choice.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::schema::json::{Members, Value};
use crate::schema::json_schema::catalog::{Catalog, Node, Target};
use crate::schema::json_schema::kind::{Kind, distinct};

/// The longest chain of references.
const MAX_CHAIN: usize = 64;

/// What of a schema is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Aspect {
    Whole,
    Reference,
    Type(Kind),
    Types,
    Enum,
    Const,
    Not,
    Condition,
    All,
    Any,
    One,
}

/// A schema, or one of the things that it says.
#[derive(Debug, Clone, Copy)]
pub struct Part<'s> {
    /// The schema.
    pub node: Node<'s>,
    aspect: Aspect,
}

/// What tells a part from all others.
pub type Identity = (usize, u8, u8);

impl<'s> Part<'s> {
    /// All that a schema says.
    pub fn whole(node: Node<'s>) -> Self {
        Self { node, aspect: Aspect::Whole }
    }

    /// What tells it from all others.
    pub fn identity(&self) -> Identity {
        let (aspect, kind) = match self.aspect {
            Aspect::Whole => (0, 0),
            Aspect::Reference => (1, 0),
            Aspect::Type(kind) => (2, kind as u8),
            Aspect::Types => (3, 0),
            Aspect::Enum => (4, 0),
            Aspect::Const => (5, 0),
            Aspect::Not => (6, 0),
            Aspect::Condition => (7, 0),
            Aspect::All => (8, 0),
            Aspect::Any => (9, 0),
            Aspect::One => (10, 0),
        };
        (self.node.identity(), aspect, kind)
    }

    /// Whether both say the same in the same words.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.aspect == other.aspect && self.node.value == other.node.value
    }

    /// A keyword of the schema.
    pub fn keyword(&self, keyword: &str) -> Option<&'s Value<'s>> {
        self.node.value.get(keyword)
    }
}

/// How the members of a combination hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    All,
    Any,
    One,
}

/// What a part is.
#[derive(Debug, Clone)]
pub enum Shape<'s> {
    Any,
    Never,
    Null,
    Boolean,
    Number,
    String,
    Object,
    Array,
    Values(&'s [Value<'s>]),
    Const(&'s Value<'s>),
    Not(Part<'s>),
    Condition,
    Combined(Criterion, Vec<Part<'s>>),
}

impl Shape<'_> {
    /// Whether both are of one kind.
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// How a sentence calls it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Any => "anything",
            Self::Never => "nothing",
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Object => "an object",
            Self::Array => "an array",
            Self::Values(_) => "some values only",
            Self::Const(_) => "one value only",
            Self::Not(_) => "all but some values",
            Self::Condition => "values by a condition",
            Self::Combined(Criterion::All, _) => "what satisfies several schemas",
            Self::Combined(..) => "one of several types",
        }
    }
}

/// Tells shapes, following references; what a reference leads to is looked up once.
#[derive(Clone, Copy)]
pub struct Shapes<'c, 's> {
    catalog: &'c Catalog<'s>,
    followed: &'c Followed<'s>,
}

/// Where references led.
pub type Followed<'s> = RefCell<HashMap<Identity, Part<'s>>>;

impl<'c, 's> Shapes<'c, 's> {
    /// Shapes of a catalog's schemas.
    pub fn new(catalog: &'c Catalog<'s>, followed: &'c Followed<'s>) -> Self {
        Self { catalog, followed }
    }

    /// The part, or the schema that it does nothing but refer to.
    pub fn followed(&self, part: Part<'s>) -> Part<'s> {
        let known = self.followed.borrow().get(&part.identity()).copied();
        known.unwrap_or_else(|| {
            let end = self.follow(part);
            self.followed.borrow_mut().insert(part.identity(), end);
            end
        })
    }

    fn follow(&self, part: Part<'s>) -> Part<'s> {
        let mut at = part;
        for _ in 0..MAX_CHAIN {
            let is_reference = match at.aspect {
                Aspect::Whole => self.aspects(at.node) == [Aspect::Reference],
                aspect => aspect == Aspect::Reference,
            };
            match self.target(at.node).filter(|_| is_reference) {
                Some(node) => at = Part::whole(node),
                None => return at,
            }
        }
        at
    }

    fn target(&self, node: Node<'s>) -> Option<Node<'s>> {
        let reference = reference(node.object()?)?;
        match self.catalog.resolve(node, reference) {
            Target::Node(target) => Some(target),
            _ => None,
        }
    }

    /// What a part is.
    pub fn shape(&self, part: Part<'s>) -> Shape<'s> {
        let node = part.node;
        let members = |keyword: &str| {
            let listed = node.value.get(keyword).and_then(Value::as_array).into_iter().flatten();
            listed.map(|member| Part::whole(self.catalog.child(node, member))).collect()
        };
        match part.aspect {
            Aspect::Whole => self.whole(node),
            Aspect::Reference => Shape::Any,
            Aspect::Type(kind) => of_kind(kind),
            Aspect::Types => {
                let kinds = words(node.value.get("type")).map(|kind| Part { node, aspect: Aspect::Type(kind) });
                Shape::Combined(Criterion::Any, kinds.collect())
            }
            Aspect::Enum => Shape::Values(node.value.get("enum").and_then(Value::as_array).map_or(&[], Vec::as_slice)),
            Aspect::Const => node.value.get("const").map_or(Shape::Any, Shape::Const),
            Aspect::Not => self.inside(node, "not").map_or(Shape::Any, Shape::Not),
            Aspect::Condition => Shape::Condition,
            Aspect::All => Shape::Combined(Criterion::All, members("allOf")),
            Aspect::Any => Shape::Combined(Criterion::Any, members("anyOf")),
            Aspect::One => Shape::Combined(Criterion::One, members("oneOf")),
        }
    }

    fn whole(&self, node: Node<'s>) -> Shape<'s> {
        if node.value == &Value::Bool(false) {
            return Shape::Never;
        }
        match self.aspects(node).as_slice() {
            [] => Shape::Any,
            [only] => self.shape(Part { node, aspect: *only }),
            several => {
                Shape::Combined(Criterion::All, several.iter().map(|aspect| Part { node, aspect: *aspect }).collect())
            }
        }
    }

    /// The schema under a keyword.
    pub fn inside(&self, node: Node<'s>, keyword: &str) -> Option<Part<'s>> {
        Some(Part::whole(self.catalog.child(node, node.value.get(keyword)?)))
    }

    /// A schema somewhere inside another.
    pub fn child(&self, node: Node<'s>, value: &'s Value<'s>) -> Part<'s> {
        Part::whole(self.catalog.child(node, value))
    }

    fn aspects(&self, node: Node<'s>) -> Vec<Aspect> {
        let Some(keywords) = node.object() else { return Vec::new() };
        let mut aspects = Vec::new();
        if reference(keywords).is_some() {
            aspects.push(Aspect::Reference);
            if self.catalog.ignores_siblings(node) {
                return aspects;
            }
        }
        let present = [
            ("enum", Aspect::Enum),
            ("const", Aspect::Const),
            ("not", Aspect::Not),
            ("if", Aspect::Condition),
            ("allOf", Aspect::All),
            ("anyOf", Aspect::Any),
            ("oneOf", Aspect::One),
        ];
        aspects.extend(
            present.into_iter().filter(|(keyword, _)| keywords.contains_key(keyword)).map(|(_, aspect)| aspect),
        );
        match words(keywords.get("type")).collect::<Vec<_>>().as_slice() {
            [] => {
                let about = keywords.keys().filter_map(|keyword| match keyword {
                    "dependencies" | "dependentRequired" | "dependentSchemas" => Some(Kind::Object),
                    keyword => Kind::of_keyword(keyword),
                });
                aspects.extend(distinct(about).into_iter().map(Aspect::Type));
            }
            [only] => aspects.push(Aspect::Type(*only)),
            _ => aspects.push(Aspect::Types),
        }
        aspects
    }
}

fn of_kind(kind: Kind) -> Shape<'static> {
    match kind {
        Kind::Null => Shape::Null,
        Kind::Boolean => Shape::Boolean,
        Kind::Integer | Kind::Number => Shape::Number,
        Kind::String => Shape::String,
        Kind::Array => Shape::Array,
        Kind::Object => Shape::Object,
    }
}

/// Whether a number must be whole.
pub fn is_integer(part: Part<'_>) -> bool {
    match part.aspect {
        Aspect::Type(kind) => kind == Kind::Integer,
        _ => words(part.keyword("type")).any(|kind| kind == Kind::Integer),
    }
}

fn words(declared: Option<&Value>) -> impl Iterator<Item = Kind> {
    let words: Vec<Kind> = match declared {
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).filter_map(Kind::of_word).collect(),
        Some(Value::String(word)) => Kind::of_word(word).into_iter().collect(),
        _ => Vec::new(),
    };
    words.into_iter()
}

fn reference<'s>(keywords: &'s Members<'_>) -> Option<&'s str> {
    ["$ref", "$dynamicRef", "$recursiveRef"].iter().find_map(|key| keywords.get(key)?.as_str())
}

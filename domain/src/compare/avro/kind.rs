//! Avro types with names looked up, as resolution sees them.

use std::collections::HashMap;
use std::rc::Rc;

use crate::schema::avro::names::{Names, Object, defines_name, full_name, namespace_of};
use crate::schema::json::Value;
use crate::schema::walk::{quote, short};

/// A type where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'s> {
    value: &'s Value<'s>,
    namespace: Rc<str>,
}

impl<'s> Node<'s> {
    /// The schema itself.
    pub fn top(value: &'s Value<'s>) -> Self {
        Self { value, namespace: "".into() }
    }
}

/// What a type is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<'s> {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Array(Node<'s>),
    Map(Node<'s>),
    Union(Vec<Node<'s>>),
    Record(&'s Object<'s>),
    Enum(&'s Object<'s>),
    Fixed(u64),
    /// A name that nobody defines.
    Unknown,
}

impl Kind<'_> {
    /// Whether each value of `written` can be read as this, types that hold others aside.
    pub fn promotes_from(&self, written: &Self) -> bool {
        use Kind::{Boolean, Bytes, Double, Float, Int, Long, Null, String};
        match self {
            Null | Boolean | Int => self == written,
            Long => matches!(written, Long | Int),
            Float => matches!(written, Float | Long | Int),
            Double => matches!(written, Double | Float | Long | Int),
            Bytes | String => matches!(written, Bytes | String),
            _ => false,
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Bytes => "bytes",
            Self::String => "string",
            Self::Array(_) => "array",
            Self::Map(_) => "map",
            Self::Union(_) => "union",
            Self::Record(_) => "record",
            Self::Enum(_) => "enum",
            Self::Fixed(_) => "fixed",
            Self::Unknown => "unknown",
        }
    }
}

/// A type with its definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved<'s> {
    /// Where it stood.
    pub node: Node<'s>,
    /// What it is.
    pub kind: Kind<'s>,
    /// The full name of a named type; empty for others.
    pub name: String,
    /// What tells its definition from all others.
    pub identity: usize,
    definition: Option<&'s Object<'s>>,
}

/// The fields of a record, each name once.
pub struct Fields<'s> {
    order: Vec<&'s str>,
    by_name: HashMap<&'s str, &'s Value<'s>>,
}

impl<'s> Fields<'s> {
    /// A field by its name.
    pub fn get(&self, name: &str) -> Option<&'s Value<'s>> {
        self.by_name.get(name).copied()
    }

    /// The fields as the schema has them.
    pub fn in_order(&self) -> impl Iterator<Item = (&'s str, &'s Value<'s>)> {
        self.order.iter().filter_map(|name| Some((*name, self.get(name)?)))
    }
}

impl<'s> Resolved<'s> {
    /// The fields of a record; none for others.
    pub fn fields(&self) -> Fields<'s> {
        let mut fields = Fields { order: Vec::new(), by_name: HashMap::new() };
        let declared = self.definition.and_then(|object| object.get("fields")?.as_array()).into_iter().flatten();
        for field in declared {
            let Some(name) = field.get("name").and_then(Value::as_str) else { continue };
            if fields.by_name.insert(name, field).is_none() {
                fields.order.push(name);
            }
        }
        fields
    }

    /// The type under `key` of something inside this definition.
    pub fn child(&self, holder: &'s Value<'s>, key: &str) -> Option<Node<'s>> {
        Some(Node { value: holder.get(key)?, namespace: namespace_of(&self.name).into() })
    }

    /// The symbols of an enum.
    pub fn symbols(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        let declared = self.definition.and_then(|object| object.get("symbols")?.as_array());
        declared.into_iter().flatten().filter_map(Value::as_str)
    }

    /// The symbol that an enum reads unknown ones as.
    pub fn default_symbol(&self) -> Option<&'s str> {
        matches!(self.kind, Kind::Enum(_)).then_some(self.definition)??.get("default")?.as_str()
    }

    /// Whether data of `written` may be read by its name: the last part agrees, or an alias is the whole name.
    pub fn answers_to(&self, written: &Self) -> bool {
        let aliases = self.definition.and_then(|object| object.get("aliases")?.as_array());
        let mut aliases = aliases.into_iter().flatten().filter_map(Value::as_str);
        let namespace = namespace_of(&self.name);
        last_part(&self.name) == last_part(&written.name)
            || aliases.any(|alias| {
                let is_bare = !alias.contains('.') && !namespace.is_empty();
                let full = if is_bare { format!("{namespace}.{alias}") } else { alias.to_owned() };
                full == written.name
            })
    }

    /// Whether both are of one kind and, if they have names, of one name.
    pub fn is_like(&self, other: &Self) -> bool {
        self.kind.word() == other.kind.word() && self.answers_to(other)
    }

    /// Whether both are of one kind, and their names say that they are not the same type.
    pub fn is_named_apart(&self, written: &Self) -> bool {
        self.kind.word() == written.kind.word() && !self.answers_to(written)
    }

    /// How a path calls it as the branch of a union.
    pub fn segment(&self) -> String {
        format!("<{}>", if self.name.is_empty() { self.kind.word() } else { short(&self.name) })
    }

    /// How a sentence calls it.
    pub fn label(&self) -> String {
        if self.name.is_empty() {
            self.kind.word().to_owned()
        } else {
            format!("the {} {}", self.kind.word(), quote(last_part(&self.name)))
        }
    }
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// The aliases of a field.
pub fn aliases<'s>(field: &'s Value<'_>) -> impl Iterator<Item = &'s str> {
    field.get("aliases").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Looks names up.
#[derive(Clone, Copy)]
pub struct Resolver<'n, 's>(pub &'n Names<'s>);

impl<'s> Resolver<'_, 's> {
    /// What a type is.
    pub fn resolve(&self, node: &Node<'s>) -> Resolved<'s> {
        match node.value {
            Value::String(name) => self.named(name, node),
            Value::Array(branches) => {
                let inside = |value| Node { value, namespace: node.namespace.clone() };
                plain(node, Kind::Union(branches.iter().map(inside).collect()))
            }
            Value::Object(object) => self.object(object, node),
            _ => plain(node, Kind::Unknown),
        }
    }

    fn object(&self, object: &'s Object<'s>, node: &Node<'s>) -> Resolved<'s> {
        let inside = |value| Node { value, namespace: node.namespace.clone() };
        match object.get("type") {
            Some(Value::String(kind)) if defines_name(kind) => {
                let name = full_name(object, &node.namespace).unwrap_or_default();
                defined(node, object, name)
            }
            Some(Value::String(kind)) if kind == "array" => {
                plain(node, object.get("items").map_or(Kind::Unknown, |items| Kind::Array(inside(items))))
            }
            Some(Value::String(kind)) if kind == "map" => {
                plain(node, object.get("values").map_or(Kind::Unknown, |values| Kind::Map(inside(values))))
            }
            Some(Value::String(name)) => self.named(name, node),
            Some(inner) => self.resolve(&inside(inner)),
            None => plain(node, Kind::Unknown),
        }
    }

    fn named(&self, name: &str, node: &Node<'s>) -> Resolved<'s> {
        let kind = match name {
            "null" => Kind::Null,
            "boolean" => Kind::Boolean,
            "int" => Kind::Int,
            "long" => Kind::Long,
            "float" => Kind::Float,
            "double" => Kind::Double,
            "bytes" => Kind::Bytes,
            "string" => Kind::String,
            _ => {
                return match self.0.resolve(name, &node.namespace) {
                    Some((full, object)) => defined(node, object, full),
                    None => plain(node, Kind::Unknown),
                };
            }
        };
        plain(node, kind)
    }
}

fn plain<'s>(node: &Node<'s>, kind: Kind<'s>) -> Resolved<'s> {
    let identity = std::ptr::from_ref(node.value).addr();
    Resolved { node: node.clone(), kind, name: String::new(), identity, definition: None }
}

fn defined<'s>(node: &Node<'s>, object: &'s Object<'s>, name: String) -> Resolved<'s> {
    let kind = match object.get("type").and_then(Value::as_str) {
        Some("enum") => Kind::Enum(object),
        Some("fixed") => Kind::Fixed(object.get("size").and_then(Value::as_u64).unwrap_or_default()),
        _ => Kind::Record(object),
    };
    Resolved { node: node.clone(), kind, name, identity: std::ptr::from_ref(object).addr(), definition: Some(object) }
}

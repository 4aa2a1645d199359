//! Whether a field's default is a value of its type (Avro 1.12, "Complex Types"). Registries refuse a schema with another.

use super::names::{Names, Object, full_name, namespace_of};
use crate::schema::json::Value;

/// The most looks at a type or value for all defaults of a document: records that refer to each other in unions multiply them.
pub const MAX_LOOKS: usize = 1_000_000;

/// How a default stands to its field's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It is a value of the type.
    Fits,
    /// It is a value of a branch of the union that is not the first, as Avro allows since 1.12.
    LaterBranch,
    /// It is a text where an enum is wanted that has no such symbol.
    NoSymbol,
    /// It is no value of the type.
    Unfit,
}

/// How a default stands to the type of its field, which stands in `namespace`.
pub fn fit(default: &Value, ty: &Value, namespace: &str, names: &Names<'_>, looks: &mut usize) -> Fit {
    let mut check = Check { names, looks };
    match ty {
        Value::Array(branches) => match branches.iter().position(|branch| check.fits(default, branch, namespace)) {
            Some(0) => Fit::Fits,
            Some(_) => Fit::LaterBranch,
            None if branches.is_empty() => Fit::Fits,
            None => Fit::Unfit,
        },
        _ if check.fits(default, ty, namespace) => Fit::Fits,
        _ if default.is_string() && check.is_enum(ty, namespace) => Fit::NoSymbol,
        _ => Fit::Unfit,
    }
}

/// An enum's own default, if it is none of its symbols.
pub fn unknown_symbol<'s>(object: &'s Object<'s>) -> Option<&'s Value<'s>> {
    let symbols = object.get("symbols")?.as_array()?;
    object.get("default").filter(|default| !symbols.contains(default))
}

struct Check<'c, 's> {
    names: &'c Names<'s>,
    looks: &'c mut usize,
}

impl Check<'_, '_> {
    /// Types that are wrong themselves take every value: they are reported where they stand.
    fn fits(&mut self, value: &Value, ty: &Value, namespace: &str) -> bool {
        let Some(left) = self.looks.checked_sub(1) else { return true };
        *self.looks = left;
        match ty {
            Value::String(name) => self.named(value, name, namespace),
            Value::Array(branches) => branches.iter().any(|branch| self.fits(value, branch, namespace)),
            Value::Object(object) => match object.get("type") {
                Some(Value::String(kind)) => match &**kind {
                    "array" => value.as_array().is_some_and(|items| self.all(items, object.get("items"), namespace)),
                    "map" => {
                        value.as_object().is_some_and(|map| self.all(map.values(), object.get("values"), namespace))
                    }
                    "record" | "error" => {
                        let name = full_name(object, namespace).unwrap_or_default();
                        self.record(value, object, namespace_of(&name))
                    }
                    "enum" => self.has_symbol(value, object),
                    "fixed" => value.is_string(),
                    name => self.named(value, name, namespace),
                },
                Some(inner) => self.fits(value, inner, namespace),
                None => true,
            },
            _ => true,
        }
    }

    fn named(&mut self, value: &Value, name: &str, namespace: &str) -> bool {
        match name {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "int" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            "long" => value.as_i64().is_some(),
            "float" | "double" => value.is_number(),
            "string" | "bytes" => value.is_string(),
            _ => match self.names.resolve(name, namespace) {
                None => true,
                Some((name, object)) => match object.get("type").and_then(Value::as_str) {
                    Some("enum") => self.has_symbol(value, object),
                    Some("fixed") => value.is_string(),
                    Some("record" | "error") => self.record(value, object, namespace_of(&name)),
                    _ => true,
                },
            },
        }
    }

    fn all<'v>(
        &mut self,
        values: impl IntoIterator<Item = &'v Value<'v>>,
        ty: Option<&Value>,
        namespace: &str,
    ) -> bool {
        ty.is_none_or(|ty| values.into_iter().all(|value| self.fits(value, ty, namespace)))
    }

    /// A field that the value lacks has a default of its own, which is looked at where it stands.
    fn record(&mut self, value: &Value, object: &Object, namespace: &str) -> bool {
        let Some(given) = value.as_object() else { return false };
        let fields = object.get("fields").and_then(Value::as_array).into_iter().flatten();
        fields.into_iter().all(|field| {
            let Some(name) = field.get("name").and_then(Value::as_str) else { return true };
            match (given.get(name), field.get("type")) {
                (Some(value), Some(ty)) => self.fits(value, ty, namespace),
                (None, _) => {
                    *self.looks = self.looks.saturating_sub(1);
                    field.get("default").is_some()
                }
                _ => true,
            }
        })
    }

    fn has_symbol(&mut self, value: &Value, object: &Object) -> bool {
        let symbols = object.get("symbols").and_then(Value::as_array);
        *self.looks = self.looks.saturating_sub(symbols.map_or(0, Vec::len));
        value.is_string() && symbols.is_none_or(|symbols| symbols.contains(value))
    }

    fn is_enum(&self, ty: &Value, namespace: &str) -> bool {
        let kind = |object: &Object| object.get("type").and_then(Value::as_str) == Some("enum");
        match ty {
            Value::String(name) => self.names.resolve(name, namespace).is_some_and(|(_, object)| kind(object)),
            Value::Object(object) if kind(object) => true,
            Value::Object(object) => object.get("type").is_some_and(|inner| match inner {
                Value::String(name) => self.names.resolve(name, namespace).is_some_and(|(_, object)| kind(object)),
                Value::Object(inner) => kind(inner),
                _ => false,
            }),
            _ => false,
        }
    }
}

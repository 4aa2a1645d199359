//! Confluent's tags in Avro: the attribute `confluent:tags` of a field, a type or a record
//! (<https://docs.confluent.io/platform/current/schema-registry/fundamentals/data-contracts.html>).

use super::Reader;
use super::names::{Names, Object};
use crate::schema::json::Value;

impl<'s> Reader<'s> {
    /// The tags of a field and of the type that it holds.
    pub(super) fn tags(&mut self, declaration: &'s Value<'s>, namespace: &str) -> Vec<String> {
        let of_type = declaration.get("type").map(|ty| meant_by(&self.names, ty, namespace)).unwrap_or_default();
        let objects = declaration.as_object().into_iter().chain(of_type);
        self.walk.tags(objects.flat_map(written))
    }

    /// The tags of a type.
    pub(super) fn tags_of(&mut self, ty: &'s Value<'s>, namespace: &str) -> Vec<String> {
        self.walk.tags(meant_by(&self.names, ty, namespace).into_iter().flat_map(written))
    }
}

/// The definitions that a type stands for: its own and those that it names, of a union those of every branch.
fn meant_by<'s>(names: &Names<'s>, ty: &'s Value<'s>, namespace: &str) -> Vec<&'s Object<'s>> {
    let branches = ty.as_array().map_or(std::slice::from_ref(ty), Vec::as_slice);
    let named = |name: &str| names.resolve(name, namespace).map(|(_, object)| object);
    let definitions = branches.iter().flat_map(|branch| match branch {
        Value::String(name) => [None, named(name)],
        Value::Object(object) => [Some(object), object.get("type").and_then(Value::as_str).and_then(named)],
        _ => [None, None],
    });
    definitions.flatten().collect()
}

fn written<'s>(object: &'s Object<'s>) -> impl Iterator<Item = &'s str> {
    let tags = object.get("confluent:tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str)
}

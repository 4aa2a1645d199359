//! Lists and maps of Avro: what each holds is a field of its own.

use super::Reader;
use super::held::Held;
use super::names::Object;
use crate::schema::{Field, FieldPath, FieldType, MapKey};

impl<'s> Reader<'s> {
    pub(super) fn array(&mut self, object: &'s Object<'s>, namespace: &str, path: &FieldPath) -> FieldType {
        self.ignore_logical("array", object, path);
        let item = self.element(object, "items", "[]", namespace, path);
        item.map_or(FieldType::Truncated, |item| FieldType::Array { item: Box::new(item) })
    }

    pub(super) fn map(&mut self, object: &'s Object<'s>, namespace: &str, path: &FieldPath) -> FieldType {
        self.ignore_logical("map", object, path);
        let value = self.element(object, "values", "{}", namespace, path);
        value.map_or(FieldType::Truncated, |value| FieldType::Map { key: MapKey::Text, value: Box::new(value) })
    }

    fn element(
        &mut self,
        object: &'s Object<'s>,
        key: &str,
        segment: &str,
        namespace: &str,
        path: &FieldPath,
    ) -> Option<Field> {
        let place = path.child(segment);
        if !self.walk.deeper(path) || !self.walk.field(&place) {
            return None;
        }
        let tags = object.get(key).map(|element| self.tags_of(element, namespace)).unwrap_or_default();
        let held = match object.get(key) {
            Some(element) => self.held(element, namespace, &place),
            None => {
                let message = format!("The type has no \"{key}\".");
                self.walk.error("avro-missing-type", &place, message, "Say what it holds, for example \"string\".");
                Held::of(FieldType::Json)
            }
        };
        let ty = held.ty.unwrap_or(FieldType::Json);
        Some(Field { nullable: held.nullable, tags, ..Field::at(place, ty) })
    }
}

//! JSON as the readers of schemas look at it: texts borrow from the schema's, and members keep their order.

mod members;
mod nested;

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeSeed;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Number;

pub use self::members::Members;
use self::nested::Nested;

/// A value of JSON. It answers to the names that `serde_json::Value` has for the same questions.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text; borrowed unless it has escapes.
    String(Cow<'t, str>),
    /// A list.
    Array(Vec<Value<'t>>),
    /// An object.
    Object(Members<'t>),
}

impl<'t> Value<'t> {
    /// The member of this name, if it is an object that has it.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is `true` or `false`.
    pub fn is_boolean(&self) -> bool {
        matches!(self, Self::Bool(_))
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether it is a number written with a point or an exponent, or one beyond 64 bits.
    pub fn is_f64(&self) -> bool {
        matches!(self, Self::Number(number) if number.is_f64())
    }

    /// Whether it is a whole number that 64 bits with a sign hold.
    pub fn is_i64(&self) -> bool {
        matches!(self, Self::Number(number) if number.is_i64())
    }

    /// Whether it is a text.
    pub fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    /// Whether it is a list.
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is whole and not negative.
    pub fn as_u64(&self) -> Option<u64> {
        self.number()?.as_u64()
    }

    /// The number, if it is whole and 64 bits with a sign hold it.
    pub fn as_i64(&self) -> Option<i64> {
        self.number()?.as_i64()
    }

    /// The number, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        self.number()?.as_f64()
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Members<'t>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value with texts of its own.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Number(number) => Value::Number(number),
            Self::String(text) => Value::String(Cow::Owned(text.into_owned())),
            Self::Array(items) => Value::Array(items.into_iter().map(Value::into_owned).collect()),
            Self::Object(members) => Value::Object(members.into_owned()),
        }
    }

    fn number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// The value as compact JSON.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => items.serialize(serializer),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// Reads a whole text, with at most so many brackets open at once.
pub fn parse(text: &str, nesting: usize) -> serde_json::Result<Value<'_>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Nested(nesting).deserialize(&mut reader)?;
    reader.end().map(|()| value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Value<'_> {
        parse(text, 100).unwrap()
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let scalar = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<u64>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            "\\PC{0,4}".prop_map(Into::into),
            "[\"\\\\\n\u{0}a]{0,4}".prop_map(Into::into),
        ];
        scalar.prop_recursive(4, 200, 40, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..40).prop_map(serde_json::Value::Array),
                proptest::collection::vec(("\\PC{0,2}", inner), 0..40)
                    .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_serde_json_reads(value in any_json()) {
            let text = value.to_string();
            // Its last digits of a float differ from those that were written.
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            let read = read(&text);
            prop_assert_eq!(read.to_string(), value.to_string());
            prop_assert_eq!(&read, &read.clone());
            for key in value.as_object().into_iter().flat_map(serde_json::Map::keys) {
                prop_assert_eq!(read.get(key).unwrap().to_string(), value[key].to_string());
            }
        }
    }

    #[test]
    fn of_a_name_that_stands_twice_the_last_value_counts_at_the_first_place() {
        let many: String = (0..40).map(|i| format!(",\"k{}\":{i}", i % 20)).collect();
        for (text, expected) in [
            (r#"{"a":1,"b":2,"a":3,"b":[],"a":4}"#.to_owned(), r#"{"a":4,"b":[]}"#.to_owned()),
            (format!(r#"{{"x":0{many},"x":7}}"#), {
                let kept: String = (0..20).map(|i| format!(",\"k{i}\":{}", i + 20)).collect();
                format!(r#"{{"x":7{kept}}}"#)
            }),
        ] {
            assert_eq!(read(&text).to_string(), expected);
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn objects_are_equal_in_any_order_and_texts_without_escapes_are_borrowed() {
        let [a, b] = [r#"{"a":1,"b":"x"}"#, r#"{"b":"x","a":1}"#].map(read);
        assert_eq!(a, b);
        assert!(matches!(a.get("b"), Some(Value::String(Cow::Borrowed("x")))));
        assert!(size_of::<Value<'_>>() <= 40);
    }
}

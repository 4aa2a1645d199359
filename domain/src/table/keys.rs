//! The keys that the event's own fields have in the file. It holds the envelope's beside them and can hold each key once, so a field
//! with the name of one of those is written under another.

use std::collections::{BTreeMap, HashSet};

use super::envelope::ENVELOPE_KEYS;
use crate::schema::Field;

/// The fields that are written under another key, by name. The new key is no other field's either.
pub(super) fn of(fields: &[Field]) -> BTreeMap<String, String> {
    if !fields.iter().any(|field| ENVELOPE_KEYS.contains(&field.name.as_str())) {
        return BTreeMap::new();
    }
    let names: HashSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let clashing = ENVELOPE_KEYS.into_iter().filter(|key| names.contains(key));
    let moved = clashing.map(|key| {
        let mut free = format!("payload_{key}");
        while names.contains(free.as_str()) {
            free.push('_');
        }
        (key.to_owned(), free)
    });
    moved.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{FieldPath, FieldType};

    #[test]
    fn a_field_of_the_envelopes_name_gets_a_key_that_is_free() {
        let names = ["source", "payload_source", "payload_source_", "Encoding", "event_id"];
        let field = |name: &&str| Field::required(&FieldPath::root(), name, FieldType::Boolean);
        let keys = of(&names.iter().map(field).collect::<Vec<_>>());
        let keys: Vec<(&str, &str)> = keys.iter().map(|(name, key)| (name.as_str(), key.as_str())).collect();
        assert_eq!(keys, [("event_id", "payload_event_id"), ("source", "payload_source__")]);
    }
}

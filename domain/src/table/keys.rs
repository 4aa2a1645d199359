//! The keys that the event's own fields have in the file or the row. It holds the envelope's beside them and can hold each key once,
//! so a field with the name of one of those is written under another.

use std::collections::{BTreeMap, HashSet};

use super::Carrier;
use super::envelope::{ENVELOPE_KEYS, METADATA_KEY};
use crate::schema::Field;

/// The keys of a row that the sink job sends beside the event's own.
const ROW_KEYS: [&str; 7] = {
    let [id, created, source, schema, encoding, attributes] = ENVELOPE_KEYS;
    [id, created, source, schema, encoding, attributes, METADATA_KEY]
};

/// The fields that are written under another key, by name. The new key is no other field's either.
pub(super) fn of(fields: &[Field], carrier: Carrier) -> BTreeMap<String, String> {
    let theirs: &[&str] = match carrier {
        Carrier::Files(_) => &ENVELOPE_KEYS,
        Carrier::Job => &ROW_KEYS,
        Carrier::Connector => &[],
    };
    if !fields.iter().any(|field| theirs.contains(&field.name.as_str())) {
        return BTreeMap::new();
    }
    let names: HashSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let clashing = theirs.iter().filter(|key| names.contains(*key));
    let moved = clashing.map(|key| {
        let mut free = format!("payload_{key}");
        while names.contains(free.as_str()) {
            free.push('_');
        }
        ((*key).to_owned(), free)
    });
    moved.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::WriterProfile;
    use crate::schema::{FieldPath, FieldType};

    #[test]
    fn a_field_of_the_envelopes_name_gets_a_key_that_is_free() {
        let names = ["source", "payload_source", "payload_source_", "Encoding", "event_id"];
        let field = |name: &&str| Field::required(&FieldPath::root(), name, FieldType::Boolean);
        let keys = of(&names.iter().map(field).collect::<Vec<_>>(), Carrier::Files(WriterProfile::default()));
        let keys: Vec<(&str, &str)> = keys.iter().map(|(name, key)| (name.as_str(), key.as_str())).collect();
        assert_eq!(keys, [("event_id", "payload_event_id"), ("source", "payload_source__")]);
    }
}

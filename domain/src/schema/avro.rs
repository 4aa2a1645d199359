//! Reads avro schemas.

use super::{Schema, SchemaText};

/// Reads one schema.
pub fn read(_source: &SchemaText) -> Schema {
    Schema::default()
}

//! A schema as the API gives it, alone or in a list. Whatever of it cannot be is a sentence about that version.

use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use serde::Deserialize;
use serde_json::{Value, json};
use service::ports::registry::{BulkRow, ReferenceName, RegisteredSchema};

/// The most bytes of one row of a list: a text, escaped, and what goes with it.
pub const MAX_ROW_BYTES: usize = 16 << 20;

#[derive(Deserialize)]
pub struct SchemaAnswer {
    id: SchemaId,
    #[serde(rename = "schemaType")]
    schema_type: Option<String>,
    schema: String,
    references: Option<Vec<ReferenceAnswer>>,
    metadata: Option<Value>,
    #[serde(rename = "ruleSet")]
    rule_set: Option<Value>,
}

#[derive(Deserialize)]
struct ReferenceAnswer {
    name: String,
    subject: String,
    version: i64,
}

#[derive(Deserialize)]
struct RowAnswer {
    subject: String,
    version: i64,
    deleted: Option<bool>,
    id: SchemaId,
    #[serde(rename = "schemaType")]
    schema_type: Option<String>,
    schema: String,
    references: Option<Vec<ReferenceAnswer>>,
    metadata: Option<Value>,
    #[serde(rename = "ruleSet")]
    rule_set: Option<Value>,
}

/// What says whose a row is that says nothing else that is understood.
#[derive(Deserialize)]
struct SpoiltRow {
    subject: String,
    version: Option<Value>,
}

impl SchemaAnswer {
    /// The schema; the error is a sentence about this version.
    pub fn schema(self, subject: &str, version: Version) -> Result<RegisteredSchema, String> {
        let schema_type = match &self.schema_type {
            None => SchemaType::Avro,
            Some(word) => SchemaType::from_word(word).ok_or_else(|| {
                format!(
                    "Version {version} of {subject} is in a language that is not understood; Avro, Protobuf and JSON Schema are."
                )
            })?,
        };
        let references = self.references.unwrap_or_default().into_iter().filter_map(reference).collect();
        let extra = match (self.metadata, self.rule_set) {
            (None, None) => Value::Null,
            (metadata, rule_set) => json!({ "metadata": metadata, "ruleSet": rule_set }),
        };
        Ok(RegisteredSchema { id: self.id, schema_type, text: self.schema, references, extra })
    }
}

/// A row of a list; nothing when it does not even say whose it is.
pub fn row(bytes: &[u8]) -> Option<BulkRow> {
    let spoilt = |subject: String, version: Version, why: &str| {
        let reason = format!("The registry lists a version of {subject} that {why}. It is not shown.");
        Some(BulkRow { subject, version, deleted: None, schema: Err(reason) })
    };
    match serde_json::from_slice::<RowAnswer>(bytes) {
        Ok(row) => match u32::try_from(row.version).ok().filter(|version| *version > 0) {
            Some(version) => {
                let version = Version(version);
                let RowAnswer { subject, deleted, id, schema_type, schema, references, metadata, rule_set, .. } = row;
                let answer = SchemaAnswer { id, schema_type, schema, references, metadata, rule_set };
                let schema = answer.schema(&subject, version);
                Some(BulkRow { subject, version, deleted, schema })
            }
            None => spoilt(row.subject, Version(0), &format!("has the number {}", row.version)),
        },
        Err(_) => {
            let SpoiltRow { subject, version } = serde_json::from_slice(bytes).ok()?;
            let version = version.as_ref().and_then(Value::as_u64).and_then(|version| u32::try_from(version).ok());
            spoilt(subject, Version(version.unwrap_or_default()), "is not a schema as the API has them")
        }
    }
}

/// A reference that can lead somewhere; what cannot is found missing by whoever reads the schema.
fn reference(answer: ReferenceAnswer) -> Option<ReferenceName> {
    Some(ReferenceName {
        name: answer.name,
        subject: SubjectName::parse(answer.subject).ok()?,
        version: Version(u32::try_from(answer.version).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<BulkRow> {
        row(text.as_bytes())
    }

    #[test]
    fn a_row_keeps_what_the_registry_says_of_it() {
        let text = r#"{"subject": "a", "version": 2, "id": 7, "guid": "x", "schemaType": "JSON", "schema": "{}", "ts": 1,
            "deleted": true, "metadata": {"tags": {"**.id": ["PII"]}}, "references": [{"name": "b", "subject": "b", "version": 1}]}"#;
        let row = read(text).unwrap();
        let schema = row.schema.unwrap();
        assert_eq!((row.subject.as_str(), row.version, row.deleted), ("a", Version(2), Some(true)));
        assert_eq!((schema.id.0, schema.schema_type, schema.references.len()), (7, SchemaType::Json, 1));
        assert_eq!(schema.extra["metadata"]["tags"]["**.id"][0], "PII");
    }

    #[test]
    fn a_row_that_lies_is_a_sentence_on_its_subject() {
        for (text, word) in [
            (r#"{"subject": "a", "version": -3, "id": 1, "schema": ""}"#, "has the number -3"),
            (r#"{"subject": "a", "version": 1, "id": -1, "schema": ""}"#, "is not a schema"),
            (r#"{"subject": "a", "version": 1, "id": 1}"#, "is not a schema"),
            (r#"{"subject": "a", "version": 1, "id": 1, "schema": "", "schemaType": "THRIFT"}"#, "language"),
        ] {
            let reason = read(text).unwrap().schema.unwrap_err();
            assert!(reason.contains(word), "{reason}");
        }
        assert_eq!(read("{\"schema\": \"\"}"), None);
        assert_eq!(read("7"), None);
    }
}

//! A registry server with the Confluent Schema Registry API. Everything it answers is bounded and doubted.

mod address;
mod wire;

use async_trait::async_trait;
use domain::compare::Level;
use domain::schema::SchemaText;
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use serde::Deserialize;
use serde_json::json;
use service::ports::registry::{ReferenceName, RegisteredSchema, Registry, RegistryError};
use url::Url;

use super::location::Auth;
use address::Address;
pub use wire::Patience;
use wire::Wire;

/// The adapter; it keeps connections open between calls.
pub struct Confluent {
    wire: Wire,
    address: Address,
}

#[derive(Deserialize)]
struct SchemaAnswer {
    id: SchemaId,
    #[serde(rename = "schemaType")]
    schema_type: Option<String>,
    schema: String,
    references: Option<Vec<ReferenceAnswer>>,
}

#[derive(Deserialize)]
struct ReferenceAnswer {
    name: String,
    subject: String,
    version: i64,
}

impl Confluent {
    /// A client for the server at this address, which has no credentials in it. The error is a sentence.
    pub fn new(url: Url, auth: Auth) -> Result<Self, String> {
        Self::with_patience(url, auth, Patience::default())
    }

    /// The same with other time limits.
    pub fn with_patience(url: Url, auth: Auth, patience: Patience) -> Result<Self, String> {
        Ok(Self { wire: Wire::new(&url, auth, patience)?, address: Address::new(url) })
    }

    /// Registers a schema as the newest version of a subject and gives its id; a schema that the subject has already keeps its own.
    pub async fn register(
        &self,
        subject: &SubjectName,
        schema: &SchemaText,
        references: &[ReferenceName],
    ) -> Result<SchemaId, RegistryError> {
        let named = |reference: &ReferenceName| json!({ "name": reference.name, "subject": reference.subject, "version": reference.version });
        let body = json!({
            "schema": schema.text,
            "schemaType": schema.schema_type,
            "references": references.iter().map(named).collect::<Vec<_>>(),
        });
        let url = self.address.versions(subject)?;
        let answer = self.wire.post(url, &body, &format!("a new version of {subject}")).await;
        let answer: Registered = answer.map_err(|error| address::explain(subject, error))?;
        Ok(answer.id)
    }
}

#[derive(Deserialize)]
struct Registered {
    id: SchemaId,
}

#[derive(Deserialize)]
struct LevelAnswer {
    #[serde(rename = "compatibilityLevel")]
    level: String,
}

#[async_trait]
impl Registry for Confluent {
    fn describe(&self) -> String {
        self.address.describe()
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        let url = self.address.subjects()?;
        match self.wire.get(url, "the list of subjects").await {
            Err(RegistryError::NotFound(_)) => Err(self.wire.no_registry()),
            answer => answer,
        }
    }

    async fn versions(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        let url = self.address.versions(subject)?;
        let answer = self.wire.get(url, &format!("the versions of {subject}")).await;
        let mut versions: Vec<Version> = answer.map_err(|error| address::explain(subject, error))?;
        versions.sort_unstable();
        versions.dedup();
        Ok(versions)
    }

    async fn schema(&self, subject: &SubjectName, version: Version) -> Result<RegisteredSchema, RegistryError> {
        let url = self.address.version(subject, version)?;
        let answer = self.wire.get(url, &format!("version {version} of {subject}")).await;
        let answer: SchemaAnswer = answer.map_err(|error| address::explain(subject, error))?;
        let schema_type = match &answer.schema_type {
            None => SchemaType::Avro,
            Some(word) => SchemaType::from_word(word).ok_or_else(|| {
                RegistryError::Garbage(format!(
                    "Version {version} of {subject} is in a language that is not understood; Avro, Protobuf and JSON Schema are."
                ))
            })?,
        };
        let references = answer.references.unwrap_or_default().into_iter().filter_map(reference).collect();
        Ok(RegisteredSchema {
            id: answer.id,
            schema_type,
            text: answer.schema,
            references,
            extra: serde_json::Value::Null,
        })
    }

    async fn level(&self, subject: &SubjectName) -> Result<Option<Level>, RegistryError> {
        let url = self.address.level(subject)?;
        match self.wire.get::<LevelAnswer>(url, &format!("the compatibility level of {subject}")).await {
            Ok(answer) => Ok(answer.level.parse().ok()),
            Err(RegistryError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
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

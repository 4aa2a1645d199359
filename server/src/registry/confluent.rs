//! A registry server with the Confluent Schema Registry API. Everything it answers is bounded and doubted.

mod abilities;
mod address;
mod answer;
mod names;
mod pace;
mod reach;
mod rows;
mod wire;

use std::sync::Mutex;
use std::sync::atomic::AtomicU32;

use async_trait::async_trait;
use domain::compare::Level;
use domain::registry::{Mode, ProbeStep};
use domain::schema::SchemaText;
use domain::subject::{SchemaId, SubjectName, Version};
use serde::Deserialize;
use serde_json::json;
use service::ports::registry::{
    Abilities, BulkAsk, BulkRow, ReferenceName, RegisteredSchema, Registry, RegistryError, Traffic,
};
use tokio::sync::mpsc;
use url::Url;

use super::location::Auth;
use address::Address;
use answer::SchemaAnswer;
pub use pace::CALLS_A_SECOND;
pub use wire::Patience;
use wire::Wire;

/// How many rows one page is asked to have. A server that gives fewer at most says nothing and gives fewer.
pub const PAGE: usize = 1000;

/// The adapter; it keeps connections open between calls.
pub struct Confluent {
    wire: Wire,
    address: Address,
    /// The contexts that were found last.
    contexts: Mutex<Vec<String>>,
    /// How often in a row the server did not answer what its listing of schemas is good for.
    hangs: AtomicU32,
}

impl Confluent {
    /// A client for the server at this address, which has no credentials in it. The error is a sentence.
    pub fn new(url: Url, auth: Auth) -> Result<Self, String> {
        Self::with_patience(url, auth, Patience::default())
    }

    /// The same with other time limits.
    pub fn with_patience(url: Url, auth: Auth, patience: Patience) -> Result<Self, String> {
        Self::at_pace(url, auth, patience, CALLS_A_SECOND)
    }

    /// The same with so many calls a second at most.
    pub fn at_pace(url: Url, auth: Auth, patience: Patience, calls_a_second: u32) -> Result<Self, String> {
        let wire = Wire::new(&url, auth, patience, calls_a_second)?;
        Ok(Self { wire, address: Address::new(url), contexts: Mutex::default(), hangs: AtomicU32::new(0) })
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

#[derive(Deserialize)]
struct ModeAnswer {
    mode: String,
}

#[derive(Deserialize)]
struct NewestAnswer {
    #[serde(rename = "maxId")]
    newest: Option<SchemaId>,
}

#[derive(Deserialize)]
struct UseAnswer {
    subject: String,
}

#[async_trait]
impl Registry for Confluent {
    fn describe(&self) -> String {
        self.address.describe()
    }

    async fn reach(&self) -> Vec<ProbeStep> {
        reach::reach(&self.address.describe()).await
    }

    async fn abilities(&self) -> Result<Abilities, RegistryError> {
        self.find_abilities().await
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        match self.names(false).await {
            Err(RegistryError::NotFound(_)) => Err(self.wire.no_registry()),
            answer => answer,
        }
    }

    async fn deleted_subjects(&self) -> Result<Vec<String>, RegistryError> {
        self.names(true).await
    }

    async fn versions(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        self.list_versions(subject, false).await
    }

    async fn versions_with_deleted(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        self.list_versions(subject, true).await
    }

    async fn schema(&self, subject: &SubjectName, version: Version) -> Result<RegisteredSchema, RegistryError> {
        let what = format!("version {version} of {subject}");
        let answer = self.wire.get(self.address.version(subject, version)?, &what).await;
        let answer: SchemaAnswer = answer.map_err(|error| address::explain(subject, error))?;
        answer.schema(subject.as_str(), version).map_err(RegistryError::Garbage)
    }

    async fn bulk(&self, ask: &BulkAsk, rows: mpsc::Sender<BulkRow>) -> Result<usize, RegistryError> {
        let url = self.address.schemas(&ask.prefix, ask.offset, PAGE, ask.deleted)?;
        let mut list = self.wire.list(url, answer::MAX_ROW_BYTES, "a list of schemas").await?;
        let mut count = 0;
        while let Some(row) = list.next().await? {
            count += 1;
            if let Some(row) = answer::row(&row)
                && rows.send(row).await.is_err()
            {
                break;
            }
        }
        Ok(count)
    }

    async fn newest_id(&self, subject: &SubjectName, id: SchemaId) -> Result<Option<SchemaId>, RegistryError> {
        let url = self.address.newest_id(subject, id)?;
        Ok(self.wire.get::<NewestAnswer>(url, "the largest id").await?.newest)
    }

    async fn uses(&self, subject: &SubjectName, id: SchemaId) -> Result<Vec<String>, RegistryError> {
        let url = self.address.uses(subject, id)?;
        let uses: Vec<UseAnswer> = self.wire.get(url, &format!("the subjects with the id {id}")).await?;
        Ok(uses.into_iter().map(|used| used.subject).collect())
    }

    async fn level(&self, subject: &SubjectName) -> Result<Option<Level>, RegistryError> {
        let url = self.address.setting("config", Some(subject))?;
        self.level_at(url, &format!("the compatibility level of {subject}")).await
    }

    async fn global_level(&self) -> Result<Option<Level>, RegistryError> {
        self.level_at(self.address.setting("config", None)?, "the compatibility level").await
    }

    async fn mode(&self, subject: &SubjectName) -> Result<Option<Mode>, RegistryError> {
        let url = self.address.setting("mode", Some(subject))?;
        self.mode_at(url, &format!("the mode of {subject}")).await
    }

    async fn global_mode(&self) -> Result<Option<Mode>, RegistryError> {
        self.mode_at(self.address.setting("mode", None)?, "the mode").await
    }

    fn traffic(&self) -> Traffic {
        self.wire.traffic()
    }
}

impl Confluent {
    async fn list_versions(&self, subject: &SubjectName, deleted: bool) -> Result<Vec<Version>, RegistryError> {
        let url = self.address.versions_listed(subject, deleted)?;
        let answer = self.wire.get(url, &format!("the versions of {subject}")).await;
        let mut versions: Vec<Version> = answer.map_err(|error| address::explain(subject, error))?;
        versions.sort_unstable();
        versions.dedup();
        Ok(versions)
    }

    async fn level_at(&self, url: Url, what: &str) -> Result<Option<Level>, RegistryError> {
        match self.wire.get::<LevelAnswer>(url, what).await {
            Ok(answer) => Ok(answer.level.parse().ok()),
            Err(RegistryError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn mode_at(&self, url: Url, what: &str) -> Result<Option<Mode>, RegistryError> {
        match self.wire.get::<ModeAnswer>(url, what).await {
            Ok(answer) => Ok(Mode::from_word(&answer.mode)),
            Err(RegistryError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

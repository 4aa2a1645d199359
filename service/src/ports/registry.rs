//! A schema registry, as far as the console reads it. Only the snapshot's synchronisation calls it; a page load never does.

use async_trait::async_trait;
use domain::compare::Level;
use domain::registry::{Mode, ProbeStep};
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use serde_json::Value;
use tokio::sync::mpsc;

/// Reads subjects, versions and schemas.
#[async_trait]
pub trait Registry: Send + Sync {
    /// What and where it is, for people: a folder or a URL without credentials.
    fn describe(&self) -> String;

    /// Whether the text of a version can change, as in a folder that people edit; then every version is read again each time.
    fn rewrites(&self) -> bool {
        false
    }

    /// Finds out what the registry can do, by asking it and comparing its answers.
    async fn abilities(&self) -> Result<Abilities, RegistryError> {
        Ok(Abilities::default())
    }

    /// Every subject's name as the registry gives it; names that cannot be subjects are told apart later.
    async fn subjects(&self) -> Result<Vec<String>, RegistryError>;

    /// The names of subjects that are soft-deleted; names of others may be among them.
    async fn deleted_subjects(&self) -> Result<Vec<String>, RegistryError> {
        Ok(Vec::new())
    }

    /// The versions of a subject, ascending.
    async fn versions(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError>;

    /// The versions of a subject including those that are soft-deleted, ascending; of a subject that is soft-deleted too.
    async fn versions_with_deleted(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        self.versions(subject).await
    }

    /// One version of a subject, soft-deleted or not.
    async fn schema(&self, subject: &SubjectName, version: Version) -> Result<RegisteredSchema, RegistryError>;

    /// Many versions in one call, sent as they come; gives how many the registry sent, those that cannot be used included.
    async fn bulk(&self, _ask: &BulkAsk, _rows: mpsc::Sender<BulkRow>) -> Result<usize, RegistryError> {
        Ok(0)
    }

    /// The largest id in the subject's context, asked for by a subject and id that are known to be there.
    async fn newest_id(&self, _subject: &SubjectName, _id: SchemaId) -> Result<Option<SchemaId>, RegistryError> {
        Ok(None)
    }

    /// The subjects that use an id of the known subject's context.
    async fn uses(&self, _subject: &SubjectName, _id: SchemaId) -> Result<Vec<String>, RegistryError> {
        Ok(Vec::new())
    }

    /// How the subject may change; nothing if the registry has no opinion.
    async fn level(&self, _subject: &SubjectName) -> Result<Option<Level>, RegistryError> {
        Ok(None)
    }

    /// How subjects without a level of their own may change.
    async fn global_level(&self) -> Result<Option<Level>, RegistryError> {
        Ok(None)
    }

    /// What the subject may be used for; nothing if the registry has no modes.
    async fn mode(&self, _subject: &SubjectName) -> Result<Option<Mode>, RegistryError> {
        Ok(None)
    }

    /// What subjects without a mode of their own may be used for.
    async fn global_mode(&self) -> Result<Option<Mode>, RegistryError> {
        Ok(None)
    }

    /// Tries whether it can be reached, before anything is asked of it; nothing where there is no network between.
    async fn reach(&self) -> Vec<ProbeStep> {
        Vec::new()
    }

    /// What was asked of it so far.
    fn traffic(&self) -> Traffic {
        Traffic::default()
    }
}

/// What a registry can do, as far as its answers proved it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abilities {
    /// How many versions can be had in one call.
    pub bulk: Bulk,
    /// Whether soft-deleted subjects and versions are told.
    pub deleted: bool,
    /// Whether it tells its largest id.
    pub newest_id: bool,
    /// Its contexts, the default one aside.
    pub contexts: Vec<String>,
}

/// What the registry's listing of schemas is good for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bulk {
    /// Nothing: subjects are read one by one.
    #[default]
    None,
    /// One answer with everything, whatever is asked for.
    Whole,
    /// Pages of the subjects that begin with a prefix.
    Buckets,
}

/// What is asked of the bulk listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkAsk {
    /// What the subjects begin with, context included; empty for the default context.
    pub prefix: String,
    /// How many rows to skip.
    pub offset: usize,
    /// Whether soft-deleted versions are wanted too.
    pub deleted: bool,
}

/// One version as the bulk listing gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkRow {
    /// The subject's name as the registry gives it.
    pub subject: String,
    /// The version.
    pub version: Version,
    /// Whether it is soft-deleted, if the registry says so.
    pub deleted: Option<bool>,
    /// The schema, or a sentence on why it cannot be used.
    pub schema: Result<RegisteredSchema, String>,
}

/// How much a registry is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Calls since the start.
    pub calls: u64,
    /// Calls a second at most; 0 where there is no limit.
    pub pace: u32,
}

/// One version of a subject as the registry holds it; references are names yet to be resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredSchema {
    /// Registry-wide id.
    pub id: SchemaId,
    /// Language.
    pub schema_type: SchemaType,
    /// The text.
    pub text: String,
    /// What it refers to directly.
    pub references: Vec<ReferenceName>,
    /// Metadata, tags and rules as the registry gives them (`{"metadata": …, "ruleSet": …}`); null without any.
    pub extra: Value,
}

/// A reference before it is resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceName {
    /// As the schema spells it.
    pub name: String,
    /// Where it is.
    pub subject: SubjectName,
    /// Which version.
    pub version: Version,
}

/// Why the registry gave no answer that can be used; displays as a sentence without secrets or bodies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// It says there is no such subject or version.
    #[error("{0}")]
    NotFound(String),
    /// It refused the credentials.
    #[error("{0}")]
    Forbidden(String),
    /// It cannot be reached or did not answer in time.
    #[error("{0}")]
    Unreachable(String),
    /// It took the schema for wrong, or for incompatible with its versions.
    #[error("{0}")]
    Refused(String),
    /// It answered something that is not the registry API.
    #[error("{0}")]
    Garbage(String),
}

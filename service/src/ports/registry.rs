//! A schema registry, as far as the console reads it. Only the snapshot's synchronisation calls it; a page load never does.

use async_trait::async_trait;
use domain::compare::Level;
use domain::schema::MetadataTags;
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};

/// Reads subjects, versions and schemas.
#[async_trait]
pub trait Registry: Send + Sync {
    /// What and where it is, for people: a folder or a URL without credentials.
    fn describe(&self) -> String;

    /// Whether the text of a version can change, as in a folder that people edit; then every version is read again each time.
    fn rewrites(&self) -> bool {
        false
    }

    /// Every subject's name as the registry gives it; names that cannot be subjects are told apart later.
    async fn subjects(&self) -> Result<Vec<String>, RegistryError>;

    /// The versions of a subject, ascending.
    async fn versions(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError>;

    /// One version of a subject.
    async fn schema(&self, subject: &SubjectName, version: Version) -> Result<RegisteredSchema, RegistryError>;

    /// How the subject may change; nothing if the registry has no opinion.
    async fn level(&self, _subject: &SubjectName) -> Result<Option<Level>, RegistryError> {
        Ok(None)
    }
}

/// One version of a subject as the registry holds it; references are names yet to be resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredSchema {
    /// Registry-wide id.
    pub id: SchemaId,
    /// Language.
    pub schema_type: SchemaType,
    /// The text.
    pub text: String,
    /// What it refers to directly.
    pub references: Vec<ReferenceName>,
    /// The tags of its metadata.
    pub tags: MetadataTags,
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

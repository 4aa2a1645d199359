//! Where what was read of the registries is kept: the texts by their content, and beside them what the snapshot holds in memory. It is a
//! copy of the registries; losing it costs a reading.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use domain::registry::RegistryName;
use domain::subject::{SchemaType, SubjectName};
use serde_json::Value;

use super::registry::ReferenceName;
use super::store::StoreError;

/// Keeps schema contents, each once, and the subjects of registries as opaque records.
#[async_trait]
pub trait SnapshotStore: Send + Sync {
    /// What was last kept with [`keep_state`](Self::keep_state) for this registry.
    async fn state(&self, registry: &RegistryName) -> Result<Option<String>, StoreError>;

    /// Keeps a registry's state.
    async fn keep_state(&self, registry: &RegistryName, state: &str) -> Result<(), StoreError>;

    /// Records of a registry by name, in byte order, after this one, at most `limit`.
    async fn subjects(
        &self,
        registry: &RegistryName,
        after: Option<&SubjectName>,
        limit: u32,
    ) -> Result<Vec<(SubjectName, Vec<u8>)>, StoreError>;

    /// Keeps records, replacing those of the same name, and forgets others; all or nothing.
    async fn keep_subjects(
        &self,
        registry: &RegistryName,
        kept: Vec<(SubjectName, Vec<u8>)>,
        gone: Vec<SubjectName>,
    ) -> Result<(), StoreError>;

    /// Forgets everything of a registry but the contents.
    async fn forget(&self, registry: &RegistryName) -> Result<(), StoreError>;

    /// Forgets everything but the contents of all registries that are not among these.
    async fn keep_only(&self, registries: &[RegistryName]) -> Result<(), StoreError>;

    /// Keeps contents and gives the key of each, in the given order; the same digest has one key.
    async fn keep_contents(&self, contents: Vec<(Digest, Content)>) -> Result<Vec<ContentKey>, StoreError>;

    /// The contents with these keys, each once, in no order; those that are not there are left out.
    async fn contents(&self, keys: &[ContentKey]) -> Result<Vec<(ContentKey, Content)>, StoreError>;

    /// Every content that refers to a subject, by key.
    async fn referring(&self, to: &SubjectName) -> Result<Vec<ContentKey>, StoreError>;

    /// Keys of all contents after this one, ascending, at most `limit`.
    async fn content_keys(&self, after: ContentKey, limit: u32) -> Result<Vec<ContentKey>, StoreError>;

    /// Forgets contents; those that are not there are no error.
    async fn forget_contents(&self, keys: &[ContentKey]) -> Result<(), StoreError>;
}

/// Which content; the same for as long as the content is kept, never that of another one afterwards, and 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ContentKey(pub u32);

/// The first half of the SHA-256 of a content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 16]);

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What a version says, wherever it is registered.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Language.
    pub schema_type: SchemaType,
    /// The text.
    pub text: Arc<str>,
    /// What it refers to directly.
    pub references: Vec<ReferenceName>,
    /// The registry's `metadata` and `ruleSet`, as it gives them; null where it gives none.
    pub extra: Value,
}

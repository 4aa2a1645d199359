//! A registry that is folders of files: `<subject>/<version>.{avsc,proto,json}` and `<version>.references.json` beside it. Names are looked
//! up among the folders that are there, so no path is ever made from a subject's name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use service::ports::registry::{ReferenceName, RegisteredSchema, Registry, RegistryError};
use sha2::{Digest as _, Sha256};

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 4 << 20;

/// Folders, one level deep, with files.
pub trait Folders: Send + Sync + 'static {
    /// What and where they are.
    fn describe(&self) -> String;
    /// Whether files can change while the server runs.
    fn rewrites(&self) -> bool;
    /// Names of all folders, in no order.
    fn folders(&self) -> Result<Vec<String>, RegistryError>;
    /// Names of the plain files of a folder, in no order.
    fn files(&self, folder: &str) -> Result<Vec<String>, RegistryError>;
    /// A file's content, or [`MAX_FILE_BYTES`] and one byte of it when it is larger.
    fn read(&self, folder: &str, file: &str) -> Result<Vec<u8>, RegistryError>;
}

/// The registry over [`Folders`].
pub struct Files<F>(Arc<Inner<F>>);

struct Inner<F> {
    folders: F,
    /// Subject to folder, as listed last: several spellings of a folder decode to one name.
    known: Mutex<Arc<BTreeMap<String, String>>>,
}

#[derive(Deserialize)]
struct ReferenceEntry {
    name: String,
    subject: SubjectName,
    version: Version,
}

impl<F: Folders> Files<F> {
    pub fn new(folders: F) -> Self {
        Self(Arc::new(Inner { folders, known: Mutex::default() }))
    }

    async fn blocking<T, W>(&self, work: W) -> Result<T, RegistryError>
    where
        T: Send + 'static,
        W: FnOnce(&Inner<F>) -> Result<T, RegistryError> + Send + 'static,
    {
        let inner = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || work(&inner)).await;
        done.unwrap_or_else(|_| Err(RegistryError::Unreachable("Reading the registry's files was interrupted.".into())))
    }
}

#[async_trait]
impl<F: Folders> Registry for Files<F> {
    fn describe(&self) -> String {
        self.0.folders.describe()
    }

    fn rewrites(&self) -> bool {
        self.0.folders.rewrites()
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        self.blocking(|inner| Ok(inner.list()?.keys().cloned().collect())).await
    }

    async fn versions(&self, subject: &SubjectName) -> Result<Vec<Version>, RegistryError> {
        let subject = subject.clone();
        self.blocking(move |inner| {
            let mut versions: Vec<Version> =
                inner.version_files(&inner.folder(&subject)?)?.into_iter().map(|(version, _)| version).collect();
            versions.sort_unstable();
            versions.dedup();
            Ok(versions)
        })
        .await
    }

    async fn schema(&self, subject: &SubjectName, version: Version) -> Result<RegisteredSchema, RegistryError> {
        let subject = subject.clone();
        self.blocking(move |inner| inner.schema(&subject, version)).await
    }
}

impl<F: Folders> Inner<F> {
    fn list(&self) -> Result<Arc<BTreeMap<String, String>>, RegistryError> {
        let mut folders = self.folders.folders()?;
        folders.sort_unstable();
        let mut known = BTreeMap::new();
        for folder in folders.into_iter().filter(|folder| !folder.starts_with('.')) {
            known.entry(percent_decode_str(&folder).decode_utf8_lossy().into_owned()).or_insert(folder);
        }
        let known = Arc::new(known);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&known);
        Ok(known)
    }

    fn folder(&self, subject: &SubjectName) -> Result<String, RegistryError> {
        let known = Arc::clone(&self.known.lock().unwrap_or_else(PoisonError::into_inner));
        let found = match known.get(subject.as_str()) {
            Some(folder) => Some(folder.clone()),
            None => self.list()?.get(subject.as_str()).cloned(),
        };
        found.ok_or_else(|| RegistryError::NotFound(format!("The registry has no subject {subject}.")))
    }

    fn version_files(&self, folder: &str) -> Result<Vec<(Version, SchemaType)>, RegistryError> {
        Ok(self.folders.files(folder)?.iter().filter_map(|file| version_of(file)).collect())
    }

    fn schema(&self, subject: &SubjectName, version: Version) -> Result<RegisteredSchema, RegistryError> {
        let folder = self.folder(subject)?;
        let mut found = self.version_files(&folder)?;
        found.retain(|(found, _)| *found == version);
        let schema_type = match found.as_slice() {
            [] => return Err(RegistryError::NotFound(format!("The registry has no version {version} of {subject}."))),
            [(_, schema_type)] => *schema_type,
            _ => {
                return Err(RegistryError::Garbage(format!(
                    "Version {version} of {subject} is there in several languages. Keep one of the files."
                )));
            }
        };
        let text = self.text(&folder, &format!("{version}.{}", schema_type.extension()))?;
        let references = self.references(&folder, version)?;
        let id = content_id(schema_type, &text, &references);
        Ok(RegisteredSchema { id, schema_type, text, references, extra: serde_json::Value::Null })
    }

    fn references(&self, folder: &str, version: Version) -> Result<Vec<ReferenceName>, RegistryError> {
        let file = format!("{version}.references.json");
        if !self.folders.files(folder)?.contains(&file) {
            return Ok(Vec::new());
        }
        let text = self.text(folder, &file)?;
        let entries: Vec<ReferenceEntry> = serde_json::from_str(&text).map_err(|error| {
            RegistryError::Garbage(format!(
                "{folder}/{file} cannot be read at line {}. It must be a list of {{\"name\", \"subject\", \"version\"}}.",
                error.line()
            ))
        })?;
        let named =
            |entry: ReferenceEntry| ReferenceName { name: entry.name, subject: entry.subject, version: entry.version };
        Ok(entries.into_iter().map(named).collect())
    }

    fn text(&self, folder: &str, file: &str) -> Result<String, RegistryError> {
        let bytes = self.folders.read(folder, file)?;
        if bytes.len() > MAX_FILE_BYTES {
            let limit = MAX_FILE_BYTES >> 20;
            return Err(RegistryError::Garbage(format!(
                "{folder}/{file} is larger than {limit} MiB. Make it smaller."
            )));
        }
        String::from_utf8(bytes)
            .map_err(|_| RegistryError::Garbage(format!("{folder}/{file} is not UTF-8 text. Save it as UTF-8.")))
    }
}

/// Version and type of a file name like `3.avsc`; `None` for every other file.
fn version_of(file: &str) -> Option<(Version, SchemaType)> {
    let (number, extension) = file.split_once('.')?;
    let version: u32 = number.parse().ok().filter(|version| *version > 0)?;
    let schema_type = SchemaType::ALL.into_iter().find(|schema_type| schema_type.extension() == extension)?;
    (version.to_string() == number).then_some((Version(version), schema_type))
}

/// Files have no ids, so one is derived from the content: the first 31 bits of a SHA-256. As in a real registry, the same schema has the
/// same id wherever it is registered, and it stays when the server restarts; two schemas sharing one is possible and harmless.
fn content_id(schema_type: SchemaType, text: &str, references: &[ReferenceName]) -> SchemaId {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    };
    add(schema_type.word());
    add(text);
    for reference in references {
        add(&reference.name);
        add(reference.subject.as_str());
        add(&reference.version.to_string());
    }
    let digest = hash.finalize();
    let first = digest.iter().take(4).fold(0u32, |id, byte| id << 8 | u32::from(*byte));
    SchemaId((first & 0x7fff_ffff).max(1))
}

//! Reads the searchable texts of subjects out of the schemas that the store keeps, many at a time.

use std::collections::{BTreeSet, HashMap};

use domain::registry::RegistryName;
use domain::schema::{SchemaText, read};
use domain::search::{Entry, EntryVersion, Extract, extract};
use domain::subject::{SubjectName, Version};
use serde_json::Value;

use crate::error::Error;
use crate::ports::snapshot::{Content, ContentKey};
use crate::snapshot::{Snapshot, SnapshotCell, StoredVersion};

/// So many versions before the newest are searched too.
const OLDER: usize = 20;

/// One subject of one registry.
pub type Name = (RegistryName, SubjectName);

/// A version whose texts are to be read.
struct Wanted {
    entry: usize,
    /// Nothing for the newest.
    older: Option<Version>,
    key: ContentKey,
}

/// An entry without texts.
pub fn bare(snapshot: &Snapshot, (registry, subject): &Name) -> Option<Entry> {
    let of = snapshot.subject_of(registry, subject)?;
    let version = |stored: &StoredVersion| EntryVersion {
        version: stored.version,
        id: stored.id,
        schema_type: stored.schema_type,
        deleted: stored.deleted,
    };
    Some(Entry {
        registry: registry.to_string(),
        subject: subject.clone(),
        versions: of.versions.iter().map(version).collect(),
        compatibility: of.level,
        newest: Extract::default(),
        older: Vec::new(),
    })
}

/// Entries with their texts. What cannot be read has none.
pub async fn whole(cell: &SnapshotCell, snapshot: &Snapshot, names: &[Name]) -> Result<Vec<Entry>, Error> {
    let mut entries: Vec<Entry> = names.iter().filter_map(|name| bare(snapshot, name)).collect();
    let wanted = wanted(snapshot, &entries);
    let keys: BTreeSet<ContentKey> = wanted.iter().map(|one| one.key).collect();
    let keys: Vec<ContentKey> = keys.into_iter().collect();
    let contents: HashMap<ContentKey, Content> = cell.contents().several(&keys).await?.into_iter().collect();
    let mut sources = Vec::with_capacity(wanted.len());
    for one in wanted {
        let (Some(content), Some(entry)) = (contents.get(&one.key), entries.get(one.entry)) else { continue };
        let text = source(cell, snapshot, entry, &one, content).await;
        sources.push((one, text, tags(&content.extra)));
    }
    let read = tokio::task::spawn_blocking(move || {
        let extracted = |(one, text, tags): (Wanted, SchemaText, BTreeSet<String>)| {
            let mut extract = extract(&read(&text));
            extract.tags.extend(tags);
            (one, extract)
        };
        sources.into_iter().map(extracted).collect::<Vec<_>>()
    });
    for (one, extract) in read.await.map_err(|broken| Error::Internal(Box::new(broken)))? {
        let Some(entry) = entries.get_mut(one.entry) else { continue };
        match one.older {
            None => entry.newest = extract,
            Some(version) => entry.older.push((version, extract)),
        }
    }
    Ok(entries)
}

fn wanted(snapshot: &Snapshot, entries: &[Entry]) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let name = RegistryName::parse(entry.registry.as_str()).ok();
        let Some(of) =
            name.and_then(|name| snapshot.subject_of(&name, &entry.subject).map(|of| (of.versions, of.newest())))
        else {
            continue;
        };
        let (versions, Some(newest)) = of else { continue };
        wanted.push(Wanted { entry: at, older: None, key: newest.content });
        let older = versions.iter().rev().filter(|stored| stored.version != newest.version).take(OLDER);
        wanted.extend(older.map(|stored| Wanted { entry: at, older: Some(stored.version), key: stored.content }));
    }
    wanted
}

/// The text of a version, with what it refers to where that can be found.
async fn source(
    cell: &SnapshotCell,
    snapshot: &Snapshot,
    entry: &Entry,
    one: &Wanted,
    content: &Content,
) -> SchemaText {
    let alone = || SchemaText::new(content.schema_type, content.text.to_string());
    // Texts with references are found by name alone, so only in the first registry that has it.
    let first = || snapshot.subject(&entry.subject).is_some_and(|found| found.registry.as_str() == entry.registry);
    let version = one.older.or_else(|| entry.current().map(|current| current.version));
    match version {
        Some(version) if !content.references.is_empty() && first() => {
            cell.schema_text(&entry.subject, version).await.unwrap_or_else(|_| alone())
        }
        _ => alone(),
    }
}

/// The tags of a registry's metadata, whichever field they are on.
fn tags(extra: &Value) -> BTreeSet<String> {
    let by_field = extra.pointer("/metadata/tags").and_then(Value::as_object);
    let lists = by_field.into_iter().flat_map(|by_field| by_field.values()).filter_map(Value::as_array);
    lists.flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

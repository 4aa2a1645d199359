//! Schemas of a registry with the texts of everything that they refer to, fetched one by one and within bounds.

use std::collections::HashSet;

use domain::schema::{Reference, SchemaText, metadata_tags};
use domain::subject::{SubjectName, Version};
use service::ports::registry::{ReferenceName, RegisteredSchema, Registry, RegistryError};

/// The most schemas that one refers to, directly or through others.
const MAX_REFERENCES: usize = 500;
/// The longest chain of references.
const MAX_CHAIN: usize = 32;

/// One version of a subject; the newest if none is named.
pub async fn schema(
    registry: &dyn Registry,
    subject: &SubjectName,
    version: Option<Version>,
) -> Result<SchemaText, String> {
    let version = match version {
        Some(version) => version,
        None => {
            let versions = registry.versions(subject).await.map_err(|error| error.to_string())?;
            versions.last().copied().ok_or_else(|| format!("The registry has no version of {subject}."))?
        }
    };
    let found = registry.schema(subject, version).await.map_err(|error| error.to_string())?;
    with_references(registry, found).await
}

/// Every version of a subject, oldest first; none if the registry does not have the subject.
pub async fn versions(registry: &dyn Registry, subject: &SubjectName) -> Result<Vec<(Version, SchemaText)>, String> {
    let versions = match registry.versions(subject).await {
        Ok(versions) => versions,
        Err(RegistryError::NotFound(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error.to_string()),
    };
    let mut schemas = Vec::new();
    for version in versions {
        schemas.push((version, schema(registry, subject, Some(version)).await?));
    }
    Ok(schemas)
}

/// The texts of what is named, dependencies first.
pub async fn references(registry: &dyn Registry, named: Vec<ReferenceName>) -> Result<Vec<Reference>, String> {
    let mut done = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    // A reference is entered when it is first met and left, into `done`, after all that it refers to.
    let mut open: Vec<(Option<Reference>, Vec<ReferenceName>)> = vec![(None, reversed(named))];
    while let Some((_, pending)) = open.last_mut() {
        let Some(next) = pending.pop() else {
            done.extend(open.pop().and_then(|(finished, _)| finished));
            continue;
        };
        if !seen.insert(next.name.clone()) {
            continue;
        }
        if seen.len() > MAX_REFERENCES || open.len() > MAX_CHAIN {
            return Err("The schema refers to more schemas than are fetched.".to_owned());
        }
        let found = registry.schema(&next.subject, next.version).await.map_err(|error| error.to_string())?;
        let reference = Reference { name: next.name, subject: next.subject, version: next.version, text: found.text };
        open.push((Some(reference), reversed(found.references)));
    }
    Ok(done)
}

async fn with_references(registry: &dyn Registry, found: RegisteredSchema) -> Result<SchemaText, String> {
    let references = references(registry, found.references).await?;
    Ok(SchemaText {
        references,
        tags: metadata_tags(&found.extra["metadata"]),
        ..SchemaText::new(found.schema_type, found.text)
    })
}

fn reversed(mut named: Vec<ReferenceName>) -> Vec<ReferenceName> {
    named.reverse();
    named
}

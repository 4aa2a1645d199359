//! The snapshot's store on SQLite, in a file beside the console's: it is large, written in bulk, and only a copy. A power cut may cost its
//! last commits, which are then read from the registry again.

mod open;
mod pack;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use domain::registry::RegistryName;
use domain::subject::{SchemaType, SubjectName, Version};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::ports::registry::ReferenceName;
use service::ports::snapshot::{Content, ContentKey, Digest, SnapshotStore};
use service::ports::store::StoreError;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqlitePool, Transaction};

use super::error::{Result, broken};
use super::row;

/// Rows of one statement; SQLite takes 32,766 values.
const ROWS: usize = 500;

/// Schema contents and subjects in one file.
#[derive(Debug, Clone)]
pub struct SqliteSnapshotStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

type Tx = Transaction<'static, Sqlite>;

/// What of a content is rarely there.
#[derive(Serialize, Deserialize)]
struct About {
    references: Vec<(String, SubjectName, Version)>,
    extra: Value,
}

/// A content on its way into the file.
struct Packed {
    digest: Digest,
    schema_type: SchemaType,
    about: Option<String>,
    subjects: Vec<SubjectName>,
    packed: Vec<u8>,
}

impl SqliteSnapshotStore {
    /// Waits until all connections are closed.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn write(&self) -> Result<Tx> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    async fn keep_all(&self, contents: Vec<(Digest, Content)>) -> Result<Vec<ContentKey>> {
        let digests: Vec<Digest> = contents.iter().map(|(digest, _)| *digest).collect();
        let packed = tokio::task::spawn_blocking(|| contents.into_iter().map(packed).collect::<Result<Vec<_>>>());
        let packed = packed.await.map_err(|_| broken("packing was interrupted"))??;
        let mut tx = self.write().await?;
        for rows in packed.chunks(ROWS) {
            insert(&mut tx, rows).await?;
        }
        let mut keys = std::collections::HashMap::new();
        for rows in digests.chunks(ROWS) {
            find(&mut tx, rows, &mut keys).await?;
        }
        for rows in packed.chunks(ROWS) {
            refer(&mut tx, rows, &keys).await?;
        }
        tx.commit().await?;
        let key = |digest: &Digest| keys.get(digest).copied().ok_or_else(|| broken("a kept content is not there"));
        digests.iter().map(key).collect()
    }

    async fn read_contents(&self, keys: &[ContentKey]) -> Result<Vec<(ContentKey, Content)>> {
        let mut found = Vec::with_capacity(keys.len());
        for keys in keys.chunks(ROWS) {
            let mut query =
                QueryBuilder::<Sqlite>::new("SELECT key, schema_type, about, packed FROM contents WHERE key IN (");
            let mut list = query.separated(", ");
            for key in keys {
                list.push_bind(i64::from(key.0));
            }
            query.push(")");
            for row in &query.build().fetch_all(&self.readers).await? {
                // One that is damaged must not take the others with it.
                match content(row) {
                    Ok(content) => found.push(content),
                    Err(error) => {
                        let key = row::get::<i64>(row, "key").unwrap_or_default();
                        tracing::warn!(
                            key,
                            error = &StoreError::from(error) as &dyn std::error::Error,
                            "a kept text is left out"
                        );
                    }
                }
            }
        }
        Ok(found)
    }

    async fn replace_subjects(
        &self,
        registry: &RegistryName,
        kept: Vec<(SubjectName, Vec<u8>)>,
        gone: Vec<SubjectName>,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        for rows in kept.chunks(ROWS) {
            let mut query = QueryBuilder::<Sqlite>::new("INSERT OR REPLACE INTO subjects (registry, name, record) ");
            query.push_values(rows, |mut row, (name, record)| {
                row.push_bind(registry.as_str()).push_bind(name.as_str()).push_bind(record.as_slice());
            });
            query.build().execute(&mut *tx).await?;
        }
        for names in gone.chunks(ROWS) {
            let mut query = QueryBuilder::<Sqlite>::new("DELETE FROM subjects WHERE registry = ");
            query.push_bind(registry.as_str()).push(" AND name IN (");
            let mut list = query.separated(", ");
            for name in names {
                list.push_bind(name.as_str());
            }
            query.push(")");
            query.build().execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn forget_keys(&self, keys: &[ContentKey]) -> Result<()> {
        let mut tx = self.write().await?;
        for keys in keys.chunks(ROWS) {
            let mut query = QueryBuilder::<Sqlite>::new("DELETE FROM contents WHERE key IN (");
            let mut list = query.separated(", ");
            for key in keys {
                list.push_bind(i64::from(key.0));
            }
            query.push(")");
            query.build().execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn forget_others(&self, registries: &[RegistryName]) -> Result<()> {
        let mut tx = self.write().await?;
        for delete in ["DELETE FROM subjects WHERE registry NOT IN (", "DELETE FROM registries WHERE name NOT IN ("] {
            let mut query = QueryBuilder::<Sqlite>::new(delete);
            let mut list = query.separated(", ");
            for registry in registries {
                list.push_bind(registry.as_str());
            }
            query.push(")");
            query.build().execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn page(&self, registry: &RegistryName, after: Option<&SubjectName>, limit: u32) -> Result<Vec<SqliteRow>> {
        let page = "SELECT name, record FROM subjects WHERE registry = ? AND name > ? ORDER BY name LIMIT ?";
        let page = sqlx::query(page).bind(registry.as_str()).bind(after.map_or("", SubjectName::as_str)).bind(limit);
        Ok(page.fetch_all(&self.readers).await?)
    }

    async fn keys(&self, query: &'static str, bind: Bind<'_>, limit: u32) -> Result<Vec<ContentKey>> {
        let query = match bind {
            Bind::Key(key) => sqlx::query(query).bind(i64::from(key.0)),
            Bind::Subject(subject) => sqlx::query(query).bind(subject.as_str()),
        };
        query.bind(limit).fetch_all(&self.readers).await?.iter().map(key).collect()
    }
}

enum Bind<'a> {
    Key(ContentKey),
    Subject(&'a SubjectName),
}

#[async_trait]
impl SnapshotStore for SqliteSnapshotStore {
    async fn state(&self, registry: &RegistryName) -> Result<Option<String>, StoreError> {
        let query = sqlx::query("SELECT state FROM registries WHERE name = ?").bind(registry.as_str());
        let found = query.fetch_optional(&self.readers).await.map_err(super::error::Failure::from)?;
        Ok(found.as_ref().map(|found| row::get(found, "state")).transpose()?)
    }

    async fn keep_state(&self, registry: &RegistryName, state: &str) -> Result<(), StoreError> {
        let query = sqlx::query("INSERT OR REPLACE INTO registries (name, state) VALUES (?, ?)");
        let query = query.bind(registry.as_str()).bind(state).execute(&self.writer).await;
        query.map_err(super::error::Failure::from)?;
        Ok(())
    }

    async fn subjects(
        &self,
        registry: &RegistryName,
        after: Option<&SubjectName>,
        limit: u32,
    ) -> Result<Vec<(SubjectName, Vec<u8>)>, StoreError> {
        let rows = self.page(registry, after, limit).await?;
        let subject = |found: &SqliteRow| Ok((row::name(found, "name")?, row::get(found, "record")?));
        Ok(rows.iter().map(subject).collect::<Result<_>>()?)
    }

    async fn keep_subjects(
        &self,
        registry: &RegistryName,
        kept: Vec<(SubjectName, Vec<u8>)>,
        gone: Vec<SubjectName>,
    ) -> Result<(), StoreError> {
        Ok(self.replace_subjects(registry, kept, gone).await?)
    }

    async fn forget(&self, registry: &RegistryName) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        for query in ["DELETE FROM subjects WHERE registry = ?", "DELETE FROM registries WHERE name = ?"] {
            let done = sqlx::query(query).bind(registry.as_str()).execute(&mut *tx).await;
            done.map_err(super::error::Failure::from)?;
        }
        Ok(tx.commit().await.map_err(super::error::Failure::from)?)
    }

    async fn keep_only(&self, registries: &[RegistryName]) -> Result<(), StoreError> {
        Ok(self.forget_others(registries).await?)
    }

    async fn keep_contents(&self, contents: Vec<(Digest, Content)>) -> Result<Vec<ContentKey>, StoreError> {
        Ok(self.keep_all(contents).await?)
    }

    async fn contents(&self, keys: &[ContentKey]) -> Result<Vec<(ContentKey, Content)>, StoreError> {
        Ok(self.read_contents(keys).await?)
    }

    async fn referring(&self, to: &SubjectName) -> Result<Vec<ContentKey>, StoreError> {
        let query = "SELECT content AS key FROM content_references WHERE subject = ? ORDER BY content LIMIT ?";
        Ok(self.keys(query, Bind::Subject(to), u32::MAX).await?)
    }

    async fn content_keys(&self, after: ContentKey, limit: u32) -> Result<Vec<ContentKey>, StoreError> {
        let query = "SELECT key FROM contents WHERE key > ? ORDER BY key LIMIT ?";
        Ok(self.keys(query, Bind::Key(after), limit).await?)
    }

    async fn forget_contents(&self, keys: &[ContentKey]) -> Result<(), StoreError> {
        Ok(self.forget_keys(keys).await?)
    }
}

fn packed((digest, content): (Digest, Content)) -> Result<Packed> {
    let Content { schema_type, text, references, extra } = content;
    let mut subjects: Vec<SubjectName> = references.iter().map(|reference| reference.subject.clone()).collect();
    subjects.sort();
    subjects.dedup();
    let plain = references.is_empty() && extra.is_null();
    let references = references.into_iter().map(|one| (one.name, one.subject, one.version)).collect();
    let about = if plain { None } else { Some(row::text(&About { references, extra })?) };
    Ok(Packed { digest, schema_type, about, subjects, packed: pack::pack(&text) })
}

async fn insert(tx: &mut Tx, rows: &[Packed]) -> Result<()> {
    let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO contents (digest, schema_type, about, packed) ");
    query.push_values(rows, |mut row, content| {
        row.push_bind(content.digest.0.as_slice()).push_bind(content.schema_type.word());
        row.push_bind(content.about.as_deref()).push_bind(content.packed.as_slice());
    });
    query.push(" ON CONFLICT (digest) DO NOTHING");
    query.build().execute(&mut **tx).await?;
    Ok(())
}

async fn find(tx: &mut Tx, rows: &[Digest], keys: &mut std::collections::HashMap<Digest, ContentKey>) -> Result<()> {
    let mut query = QueryBuilder::<Sqlite>::new("SELECT key, digest FROM contents WHERE digest IN (");
    let mut list = query.separated(", ");
    for digest in rows {
        list.push_bind(digest.0.as_slice());
    }
    query.push(")");
    for found in &query.build().fetch_all(&mut **tx).await? {
        let digest: &[u8] = row::get(found, "digest")?;
        let digest = digest.try_into().map_err(|_| broken("a digest has another length"))?;
        keys.insert(Digest(digest), key(found)?);
    }
    Ok(())
}

async fn refer(tx: &mut Tx, rows: &[Packed], keys: &std::collections::HashMap<Digest, ContentKey>) -> Result<()> {
    let pairs = rows.iter().filter_map(|content| Some((keys.get(&content.digest)?, &content.subjects)));
    let pairs: Vec<_> = pairs.flat_map(|(key, subjects)| subjects.iter().map(move |subject| (subject, *key))).collect();
    for pairs in pairs.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT OR IGNORE INTO content_references (subject, content) ");
        query.push_values(pairs, |mut row, (subject, key)| {
            row.push_bind(subject.as_str()).push_bind(i64::from(key.0));
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

fn key(found: &SqliteRow) -> Result<ContentKey> {
    let key: i64 = row::get(found, "key")?;
    Ok(ContentKey(u32::try_from(key).map_err(|_| broken("there are more contents than can be counted"))?))
}

fn content(found: &SqliteRow) -> Result<(ContentKey, Content)> {
    let about: Option<&str> = row::get(found, "about")?;
    let about = about.map(serde_json::from_str::<About>).transpose()?;
    let (references, extra) = about.map_or((Vec::new(), Value::Null), |about| (about.references, about.extra));
    let named = |(name, subject, version)| ReferenceName { name, subject, version };
    let text = pack::unpack(row::get(found, "packed")?).ok_or_else(|| broken("a kept text is damaged"))?;
    let content = Content {
        schema_type: row::word(found, "schema_type", SchemaType::from_word)?,
        text: text.into(),
        references: references.into_iter().map(named).collect(),
        extra,
    };
    Ok((key(found)?, content))
}

//! What a server can do, found out by a few small questions. No flag is believed: a server that does not know one heeds it not and says
//! nothing.

use std::sync::PoisonError;

use domain::subject::{SchemaId, SubjectName, Version};
use service::ports::registry::{Abilities, Bulk, BulkRow, Registry as _, RegistryError};

use super::answer::{self, MAX_ROW_BYTES};
use super::{Confluent, PAGE};

/// No subject begins with this.
const NOBODY: &str = "sluicegate-asks-whether-prefixes-are-heeded/";
/// Beyond all rows that a prefix has.
const FAR: usize = 1_000_000_000;
/// Of so many subjects, so many are asked about at most.
const NAMES: usize = 30;
const TRIES: usize = 3;
const MAX_CONTEXTS: usize = 1_000;

impl Confluent {
    pub(super) async fn find_abilities(&self) -> Result<Abilities, RegistryError> {
        let contexts = self.find_contexts().await?;
        contexts.clone_into(&mut self.contexts.lock().unwrap_or_else(PoisonError::into_inner));
        let mut abilities = Abilities { deleted: true, contexts, ..Abilities::default() };
        let names = match self.first_names(NAMES).await {
            Err(RegistryError::NotFound(_)) => return Err(self.wire.no_registry()),
            names => names?,
        };
        // The first may be one that the registry itself cannot give.
        let names: Vec<SubjectName> = names.into_iter().filter_map(|name| SubjectName::parse(name).ok()).collect();
        for name in names.iter().step_by(NAMES.div_ceil(TRIES)) {
            let (bulk, known) = self.find_bulk(name).await?;
            if let Some(id) = known.filter(|_| !abilities.newest_id) {
                abilities.newest_id = matches!(optional(self.newest_id(name, id).await)?, Some(Some(_)));
            }
            abilities.bulk = bulk;
            if bulk != Bulk::None {
                break;
            }
        }
        Ok(abilities)
    }

    async fn find_contexts(&self) -> Result<Vec<String>, RegistryError> {
        let contexts = self.wire.get::<Vec<String>>(self.address.contexts()?, "the contexts").await;
        let mut contexts = optional(contexts)?.unwrap_or_default();
        contexts.retain(|context| context.len() > 1 && SubjectName::parse(context.as_str()).is_ok());
        contexts.truncate(MAX_CONTEXTS);
        Ok(contexts)
    }

    /// What the listing of schemas is good for, and an id of the subject.
    async fn find_bulk(&self, name: &SubjectName) -> Result<(Bulk, Option<SchemaId>), RegistryError> {
        let versions = self.versions(name).await.unwrap_or_default();
        let Some(newest) = versions.last().copied() else { return Ok((Bulk::None, None)) };
        let truth = match self.schema(name, newest).await {
            Ok(schema) => schema,
            Err(error @ RegistryError::Unreachable(_)) => return Err(error),
            Err(_) => return Ok((Bulk::None, None)),
        };
        let id = Some(truth.id);
        let Some(rows) = optional(self.some_rows(name.as_str(), 0, PAGE, None).await)? else {
            return Ok((Bulk::None, id));
        };
        let is_true = |row: &BulkRow| {
            let same = |schema: &service::ports::registry::RegisteredSchema| {
                schema.id == truth.id && schema.text == truth.text && schema.references == truth.references
            };
            row.subject == name.as_str() && row.version == newest && row.schema.as_ref().is_ok_and(same)
        };
        let prefix_is_heeded = self.some_rows(NOBODY, 0, 1, Some(1)).await?.is_empty();
        if !prefix_is_heeded {
            let ends = self.some_rows("", FAR, 1, Some(1)).await?.is_empty();
            // Everything in one answer, or pages of everything, which a registry walks through again for each.
            let whole = !ends && self.any_row_is(name, newest, &is_true).await?;
            return Ok((if whole { Bulk::Whole } else { Bulk::None }, id));
        }
        let ends = self.some_rows(name.as_str(), FAR, 1, Some(1)).await?.is_empty();
        let buckets = ends && rows.iter().any(is_true);
        Ok((if buckets { Bulk::Buckets } else { Bulk::None }, id))
    }

    /// Whether the one big answer holds this version as it is; the reading stops there.
    async fn any_row_is(
        &self,
        name: &SubjectName,
        version: Version,
        is_true: &(dyn Fn(&BulkRow) -> bool + Sync),
    ) -> Result<bool, RegistryError> {
        let mut list =
            self.wire.list(self.address.schemas("", 0, PAGE, true)?, MAX_ROW_BYTES, "a list of schemas").await?;
        while let Some(row) = list.next().await? {
            match answer::row(&row) {
                Some(row) if row.subject == name.as_str() && row.version == version => return Ok(is_true(&row)),
                Some(_) => {}
                None => return Ok(false),
            }
        }
        Ok(false)
    }

    /// The first rows of a listing.
    async fn some_rows(
        &self,
        prefix: &str,
        offset: usize,
        limit: usize,
        most: Option<usize>,
    ) -> Result<Vec<BulkRow>, RegistryError> {
        let url = self.address.schemas(prefix, offset, limit, true)?;
        let mut list = self.wire.list(url, MAX_ROW_BYTES, "a list of schemas").await?;
        let mut rows = Vec::new();
        while let Some(row) = list.next().await? {
            let spoilt =
                BulkRow { subject: String::new(), version: Version(0), deleted: None, schema: Err(String::new()) };
            rows.push(answer::row(&row).unwrap_or(spoilt));
            if rows.len() >= most.unwrap_or(PAGE) {
                break;
            }
        }
        Ok(rows)
    }
}

/// What a server may lack; that it is not there, or not as it should be, is an answer too.
fn optional<T>(answer: Result<T, RegistryError>) -> Result<Option<T>, RegistryError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(RegistryError::NotFound(_) | RegistryError::Garbage(_) | RegistryError::Refused(_)) => Ok(None),
        // Some guard what they do not have.
        Err(RegistryError::Forbidden(_)) => Ok(None),
        Err(error @ RegistryError::Unreachable(_)) => Err(error),
    }
}

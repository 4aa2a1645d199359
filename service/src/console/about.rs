//! What is known about a subject besides its schema, answered from the snapshot and the store alone.

use std::collections::BTreeMap;

use domain::policy::{Action, Actor};
use domain::registry::{About, Metadata, Referred, Referring, Uses, VersionSummary};
use domain::subject::{SubjectName, Version};

use super::{Console, authorise};
use crate::error::Error;
use crate::ports::registry::ReferenceName;
use crate::ports::snapshot::Content;
use crate::ports::store::RequestFilter;
use crate::snapshot::{Entry, Snapshot};

/// The most subjects that refer to one that are told.
const MOST_REFERRING: usize = 200;
const REQUESTS_TOLD: u32 = 20;
const DRAFTS_LOOKED_AT: u32 = 1000;

impl Console {
    /// What is known about a subject, with a version opened, the newest by default.
    pub async fn about(&self, actor: &Actor, subject: &SubjectName, version: Option<Version>) -> Result<About, Error> {
        authorise(actor, Action::Read)?;
        let snapshot = self.parts.snapshot.snapshot();
        let Some(entry) = snapshot.subject(subject) else { return Err(self.missing(subject)) };
        let Some(newest) = entry.newest() else { return Err(self.missing(subject)) };
        let opened = version.and_then(|version| entry.stored(version)).unwrap_or(newest);
        let contents = self.parts.snapshot.contents();
        let content = contents.get(opened.content).await?;
        let (referring, more_referring) = newest_of_each(self.parts.snapshot.referring(entry.registry, subject).await?);
        let states = snapshot.registries(self.now());
        let place = states.into_iter().find(|state| state.name == *entry.registry).map(|state| state.place);
        let place = place.unwrap_or_default();
        Ok(About {
            registry: entry.registry.clone(),
            place,
            deleted: entry.is_deleted(),
            versions: entry.versions.iter().map(VersionSummary::from).collect(),
            level: entry.level,
            mode: entry.mode,
            references: content.as_deref().map(|content| referred(&snapshot, &entry, content)).unwrap_or_default(),
            referring,
            more_referring,
            uses: self.uses(subject).await?,
            metadata: content.as_deref().map(|content| Metadata::read(&content.extra)).unwrap_or_default(),
            now: self.now(),
        })
    }

    async fn uses(&self, subject: &SubjectName) -> Result<Uses, Error> {
        let drafts = self.store().drafts(DRAFTS_LOOKED_AT).await?;
        let of_subject =
            RequestFilter { subject: Some(subject.clone()), limit: REQUESTS_TOLD, ..RequestFilter::default() };
        let requests = self.store().requests(of_subject).await?;
        let event = self.store().events().await?.into_iter().find(|event| event.subject == *subject);
        Ok(Uses {
            drafts: drafts.into_iter().filter(|d| d.subject == *subject).map(|d| (d.id, d.version)).collect(),
            requests: requests.into_iter().map(|request| (request.id, request.version, request.state)).collect(),
            event: event.map(|event| (event.name, event.version, event.run)),
        })
    }
}

/// What a content refers to, with whether it is there.
fn referred(snapshot: &Snapshot, from: &Entry<'_>, content: &Content) -> Vec<Referred> {
    let leads = |reference: &ReferenceName| {
        let name = from.subject();
        let found = name.and_then(|name| snapshot.referred(from.registry.as_str(), &name, reference));
        let (subject, known) = found.map_or((reference.subject.clone(), false), |(subject, _)| (subject, true));
        Referred { name: reference.name.clone(), subject, version: reference.version, found: known }
    };
    content.references.iter().map(leads).collect()
}

/// Each subject that refers with its newest version that does, and how many more there are than are told.
fn newest_of_each(found: Vec<crate::snapshot::Referring>) -> (Vec<Referring>, usize) {
    let newest: BTreeMap<SubjectName, Referring> = found
        .into_iter()
        .map(|one| (one.subject.clone(), Referring { subject: one.subject, version: one.version, to: one.to }))
        .collect();
    let more = newest.len().saturating_sub(MOST_REFERRING);
    (newest.into_values().take(MOST_REFERRING).collect(), more)
}

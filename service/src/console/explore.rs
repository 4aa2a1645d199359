//! Finding and reading subjects, served from the snapshot alone.

use std::collections::HashMap;

use domain::policy::{Action, Actor};
use domain::registry::{ExplorePage, ExploreQuery, Freshness, Onboarding, SubjectView};
use domain::request::RequestState;
use domain::schema::SchemaText;
use domain::subject::{SubjectName, Version};

use super::{Console, authorise};
use crate::error::Error;
use crate::ports::store::RequestFilter;
use crate::snapshot::TextError;

const STATES_SHOWN: u32 = 1000;

impl Console {
    /// The subjects that match, with what became of each.
    pub async fn explore(&self, actor: &Actor, query: &ExploreQuery) -> Result<ExplorePage, Error> {
        authorise(actor, Action::Read)?;
        let states = self.onboarding_states().await?;
        let (snapshot, query, now) = (self.parts.snapshot.snapshot(), query.clone(), self.now());
        // A pattern is tried on every name, which takes long where there are many.
        let work = tokio::task::spawn_blocking(move || {
            let of = |subject: &SubjectName| states.get(subject).map_or(Onboarding::None, |(state, _)| *state);
            let mut page = snapshot.explore(&query, &of, now);
            for row in &mut page.rows {
                row.onboarding = lag(row.onboarding, states.get(&row.subject).and_then(|(_, live)| *live), row.version);
            }
            page
        });
        work.await.map_err(|broken| Error::Internal(Box::new(broken)))
    }

    /// One subject with one version opened, the newest by default.
    pub async fn subject(
        &self,
        actor: &Actor,
        subject: &SubjectName,
        version: Option<Version>,
    ) -> Result<SubjectView, Error> {
        authorise(actor, Action::Read)?;
        let snapshot = self.parts.snapshot.snapshot();
        let versions = snapshot.versions(subject).unwrap_or_default();
        let Some(newest) = snapshot.newest(subject) else {
            return Err(self.missing(subject));
        };
        if let Some(entry) = snapshot.subject(subject) {
            self.parts.snapshot.opened(entry.registry, subject);
        }
        let version = version.unwrap_or(newest);
        let schema = self.schema_text(actor, subject, version).await?;
        let (state, live) = self.onboarding_states().await?.remove(subject).unwrap_or_default();
        Ok(SubjectView {
            subject: subject.clone(),
            versions,
            version,
            schema,
            onboarding: lag(state, live, newest),
            live,
            freshness: snapshot.freshness(self.now()),
        })
    }

    /// The text of one version with its references.
    pub async fn schema_text(
        &self,
        actor: &Actor,
        subject: &SubjectName,
        version: Version,
    ) -> Result<SchemaText, Error> {
        authorise(actor, Action::Read)?;
        match self.parts.snapshot.schema_text(subject, version).await {
            Ok(text) => Ok(text),
            Err(TextError::Unreadable(reason)) => Err(Error::Invalid(reason)),
            Err(TextError::Store(error)) => Err(error.into()),
            Err(TextError::Missing) => match self.parts.snapshot.snapshot().versions(subject) {
                Some(versions) if !versions.is_empty() => {
                    let known = versions.iter().map(|v| v.version.to_string()).collect::<Vec<_>>().join(", ");
                    Err(Error::NotFound(format!("{subject} has no version {version}. It has: {known}.")))
                }
                _ => Err(self.missing(subject)),
            },
        }
    }

    /// How fresh the snapshot is.
    pub fn freshness(&self, actor: &Actor) -> Result<Freshness, Error> {
        authorise(actor, Action::Read)?;
        Ok(self.parts.snapshot.snapshot().freshness(self.now()))
    }

    pub(super) fn missing(&self, subject: &SubjectName) -> Error {
        let snapshot = self.parts.snapshot.snapshot();
        match snapshot.subject(subject) {
            Some(entry) if entry.is_pending() => Error::Unavailable {
                message: format!("{subject} is listed, and its versions are being read. Look again in a moment."),
                source: None,
            },
            Some(entry) => {
                let reason = entry.gaps.and_then(|gaps| gaps.sentence()).unwrap_or_else(|| "it has no version.".into());
                Error::Invalid(format!("{subject} cannot be read: {reason}"))
            }
            None => {
                Error::NotFound(format!("The registry has no subject {subject}, as far as the last reading knows."))
            }
        }
    }

    /// What became of each subject that somebody touched, and its live version.
    pub(super) async fn onboarding_states(&self) -> Result<HashMap<SubjectName, (Onboarding, Option<Version>)>, Error> {
        let mut states = HashMap::new();
        for subject in self.store().drafted_subjects().await? {
            states.insert(subject, (Onboarding::Draft, None));
        }
        let open = RequestFilter {
            states: vec![RequestState::InReview, RequestState::ChangesRequested, RequestState::Approved],
            limit: STATES_SHOWN,
            ..RequestFilter::default()
        };
        for event in self.store().events().await? {
            states.insert(event.subject, (Onboarding::Live, Some(event.version)));
        }
        for request in self.store().requests(open).await? {
            let live = states.get(&request.subject).and_then(|(_, live)| *live);
            let state =
                if request.state == RequestState::Approved { Onboarding::Running } else { Onboarding::InReview };
            states.insert(request.subject, (state, live));
        }
        Ok(states)
    }
}

fn lag(state: Onboarding, live: Option<Version>, newest: Version) -> Onboarding {
    match (state, live) {
        (Onboarding::Live, Some(live)) if live < newest => Onboarding::Behind,
        (state, _) => state,
    }
}

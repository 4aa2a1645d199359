//! Many events at once: a report of what would become of each, then a request for each that can be asked for.

use std::collections::{HashMap, HashSet};

use domain::bulk::{self, BulkOutcome, BulkReport, BulkRow, MAX_EVENTS, Outlook};
use domain::diagnostic::Severity;
use domain::event::OnboardedEvent;
use domain::evolve::Live;
use domain::policy::{Action, Actor};
use domain::registry::Onboarding;
use domain::render::{RenderInput, Rendering, render};
use domain::search::{Matched, SearchRequest};
use domain::subject::{SubjectName, Version};

use super::{Console, Submission, authorise};
use crate::claims;
use crate::error::Error;

/// The most warnings of one event that are written out.
const MOST_WARNINGS: usize = 3;

/// Which events are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkPick {
    /// These.
    Subjects(Vec<SubjectName>),
    /// Every match of a search but these.
    Matches {
        /// The search; its page is not looked at.
        search: Box<SearchRequest>,
        /// What is left out.
        but: Vec<SubjectName>,
    },
}

/// What is the same for every event of a report.
struct Ground<'a> {
    preset: &'a str,
    states: HashMap<SubjectName, (Onboarding, Option<Version>)>,
    events: Vec<OnboardedEvent>,
}

impl Console {
    /// What would become of each event with this preset: ready, with warnings, or blocked, each with its reasons.
    pub async fn bulk_report(&self, actor: &Actor, pick: BulkPick, preset: &str) -> Result<BulkReport, Error> {
        authorise(actor, Action::Submit { requester: None })?;
        self.refuse_unknown(preset)?;
        let (subjects, beyond) = self.picked(actor, pick).await?;
        let ground = Ground { preset, states: self.onboarding_states().await?, events: self.store().events().await? };
        let mut rows: Vec<BulkRow> = Vec::new();
        for subject in subjects {
            let mut row = self.outlook(actor, &ground, subject).await?;
            let same = rows.iter().find(|other| !row.table.is_empty() && other.table.eq_ignore_ascii_case(&row.table));
            if let Some(same) = same {
                let sentence = format!("{} of this selection makes the table {} too.", same.subject, row.table);
                row.verdict = Outlook::Blocked(sentence);
            }
            rows.push(row);
        }
        Ok(BulkReport { rows, beyond })
    }

    /// Asks for these events with this preset, a request each; what one is refused with does not stop the others.
    pub async fn bulk_submit(
        &self,
        actor: &Actor,
        subjects: Vec<SubjectName>,
        preset: &str,
    ) -> Result<Vec<BulkOutcome>, Error> {
        authorise(actor, Action::Submit { requester: None })?;
        self.refuse_unknown(preset)?;
        let subjects = distinct(subjects);
        if subjects.is_empty() || subjects.len() > MAX_EVENTS {
            let sentence =
                format!("One to {MAX_EVENTS} events can be asked for at once; these are {}.", subjects.len());
            return Err(Error::Invalid(sentence));
        }
        let mut outcomes = Vec::new();
        for subject in subjects {
            let request = match self.ask_for(actor, &subject, preset).await {
                Ok(request) => Ok(request),
                Err(error @ (Error::Internal(_) | Error::Unavailable { .. })) => return Err(error),
                Err(refused) => Err(refused.to_string()),
            };
            outcomes.push(BulkOutcome { subject, request });
        }
        Ok(outcomes)
    }

    async fn ask_for(
        &self,
        actor: &Actor,
        subject: &SubjectName,
        preset: &str,
    ) -> Result<domain::request::RequestId, Error> {
        let snapshot = self.parts.snapshot.snapshot();
        let version = snapshot.newest(subject).ok_or_else(|| self.missing(subject))?;
        if let Some(sentence) = blocked_by_state(self.onboarding_states().await?.get(subject).copied()) {
            return Err(Error::Conflict(sentence));
        }
        let input = self.bulk_input(actor, subject, version, preset).await?;
        let submission = Submission::Design { subject: subject.clone(), version, design: Box::new(input.design) };
        Ok(self.submit(actor, submission).await?.request)
    }

    fn refuse_unknown(&self, preset: &str) -> Result<(), Error> {
        if bulk::presets(self.platform()).iter().any(|(word, _)| word == preset) {
            return Ok(());
        }
        Err(Error::Invalid(format!("There is no preset {preset}. Choose another one.")))
    }

    /// The subjects, and how many are beyond what one report holds.
    async fn picked(&self, actor: &Actor, pick: BulkPick) -> Result<(Vec<SubjectName>, usize), Error> {
        match pick {
            BulkPick::Subjects(subjects) => {
                let mut subjects = distinct(subjects);
                let beyond = subjects.len().saturating_sub(MAX_EVENTS);
                subjects.truncate(MAX_EVENTS);
                Ok((subjects, beyond))
            }
            BulkPick::Matches { search, but } => {
                let request = SearchRequest {
                    limit: (MAX_EVENTS + but.len()).min(domain::search::MAX_ROWS),
                    cursor: None,
                    offset: 0,
                    rows_only: false,
                    ..*search
                };
                let page = self.search(actor, &request).await?;
                if let Some(problem) = page.problem {
                    return Err(Error::Invalid(problem.message));
                }
                if !matches!(page.matched, Matched::Exact { .. }) {
                    return Err(Error::Invalid("This search takes too long. Narrow it down.".to_owned()));
                }
                let rows = page.rows.into_iter().map(|row| row.subject).filter(|subject| !but.contains(subject));
                let subjects: Vec<SubjectName> = rows.take(MAX_EVENTS).collect();
                let meant = page.matched.count().saturating_sub(but.len());
                Ok((subjects.clone(), meant.saturating_sub(subjects.len())))
            }
        }
    }

    async fn outlook(&self, actor: &Actor, ground: &Ground<'_>, subject: SubjectName) -> Result<BulkRow, Error> {
        let version = self.parts.snapshot.snapshot().newest(&subject);
        let blocked = |sentence: String, subject| BulkRow {
            subject,
            version,
            table: String::new(),
            columns: 0,
            verdict: Outlook::Blocked(sentence),
        };
        let Some(newest) = version else { return Ok(blocked(self.missing(&subject).to_string(), subject)) };
        if self.parts.snapshot.snapshot().subject(&subject).is_some_and(|entry| entry.is_deleted()) {
            return Ok(blocked("It is deleted in the registry.".to_owned(), subject));
        }
        let state = ground.states.get(&subject).copied();
        if let Some(sentence) = blocked_by_state(state) {
            return Ok(blocked(sentence, subject));
        }
        let input = match self.bulk_input(actor, &subject, newest, ground.preset).await {
            Ok(input) => input,
            Err(error @ (Error::Internal(_) | Error::Unavailable { .. })) => return Err(error),
            Err(refused) => return Ok(blocked(refused.to_string(), subject)),
        };
        let platform = self.platform().clone();
        let work = tokio::task::spawn_blocking(move || {
            let rendering = render(&input);
            let table = claims::table_name(&rendering.table.name, &platform);
            (table, rendering)
        });
        let (table, rendering) = work.await.map_err(|broken| Error::Internal(Box::new(broken)))?;
        let taken = claims::taken(&ground.events, &subject, &table, claims::sink_topic(&rendering));
        let drafted = state.is_some_and(|(state, _)| state == Onboarding::Draft);
        let verdict = taken.map_or_else(|| verdict(&rendering, drafted), Outlook::Blocked);
        Ok(BulkRow { columns: rendering.table.columns().count(), subject, version, table, verdict })
    }

    /// What is rendered of the newest version with the preset's design.
    async fn bulk_input(
        &self,
        actor: &Actor,
        subject: &SubjectName,
        version: Version,
        preset: &str,
    ) -> Result<RenderInput, Error> {
        let text = self.schema_text(actor, subject, version).await?;
        self.refuse_unfit(subject, version, &Live::default())?;
        let schema = domain::schema::read(&text);
        let made = bulk::suggestion(preset, &schema, self.platform());
        let design = made.ok_or_else(|| Error::Invalid(format!("There is no preset {preset}.")))?.design;
        self.render_input(actor, subject, version, Some(text), design, Live::default()).await
    }
}

/// Each once, in the order in which they came.
fn distinct(mut subjects: Vec<SubjectName>) -> Vec<SubjectName> {
    let mut seen = HashSet::new();
    subjects.retain(|subject| seen.insert(subject.clone()));
    subjects
}

/// Why a subject that something became of already is not asked for again.
fn blocked_by_state(state: Option<(Onboarding, Option<Version>)>) -> Option<String> {
    match state? {
        (Onboarding::InReview, _) => Some("A request for it waits for a decision or for changes.".to_owned()),
        (Onboarding::Running, _) => Some("Its run is under way.".to_owned()),
        (Onboarding::Live | Onboarding::Behind, Some(live)) => {
            Some(format!("It is live with version {live}. Evolve it from its own page."))
        }
        (Onboarding::Live | Onboarding::Behind, None) => Some("It is live.".to_owned()),
        (Onboarding::Draft | Onboarding::None, _) => None,
    }
}

fn verdict(rendering: &Rendering, drafted: bool) -> Outlook {
    let said = |severity| {
        let found = rendering.diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
        found.map(|diagnostic| {
            let place = if diagnostic.path.is_root() { String::new() } else { format!("{}: ", diagnostic.path) };
            format!("{place}{}", diagnostic.message)
        })
    };
    if let Some(first) = said(Severity::Error).next() {
        let more = said(Severity::Error).count() - 1;
        return Outlook::Blocked(if more == 0 { first } else { format!("{first} ({more} more)") });
    }
    let all = said(Severity::Warning).count();
    let mut sentences: Vec<String> = said(Severity::Warning).take(MOST_WARNINGS).collect();
    if all > MOST_WARNINGS {
        sentences.push(format!("{} more warnings.", all - MOST_WARNINGS));
    }
    if drafted {
        sentences.insert(0, "Someone drafts a design of it; that draft stays as it is.".to_owned());
    }
    if sentences.is_empty() { Outlook::Ready } else { Outlook::Warned(sentences) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_that_is_picked_twice_counts_once_wherever_it_stands() {
        let named = |list: &[&str]| list.iter().map(|name| SubjectName::parse(*name).unwrap()).collect::<Vec<_>>();
        assert_eq!(distinct(named(&["b", "a", "b", "b", "a", "c"])), named(&["b", "a", "c"]));
    }
}

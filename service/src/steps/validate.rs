//! Checks once more, at the last moment, that what runs is what was approved: renders again and looks at the approval.

use domain::render;
use domain::request::{RequestState, Verdict};
use domain::run::Outcome;
use serde_json::json;

use super::{Handlers, StepError, Work};
use crate::claims;
use crate::live::{self, LiveError};

pub async fn call(handlers: &Handlers, work: &Work) -> Result<Outcome, StepError> {
    let approved = handlers.store.decisions(work.request.id).await?.into_iter().any(|d| {
        d.verdict == Verdict::Approve
            && d.revision == work.revision.number
            && d.digest == work.revision.digest
            && !work.revision.authors.contains(&d.by)
    });
    if !approved || work.request.state != RequestState::Approved {
        return Ok(rejected("No approval holds for this revision. Ask for a new review."));
    }
    if render::digest(&work.revision.artifacts) != work.revision.digest {
        return Ok(rejected("The stored files do not have the digest that was approved. Submit the request again."));
    }
    let again = render::render(&work.revision.input);
    if again.digest() != work.revision.digest {
        return Ok(rejected(
            "This version of the console renders other bytes than were approved. Submit the request again.",
        ));
    }
    match live::standing(&*handlers.store, &work.request.subject).await {
        Ok(standing) if standing.is_base_of(&work.revision) => {}
        Ok(_) => return Ok(rejected(live::MOVED_ON)),
        Err(LiveError::Store(error)) => return Err(error.into()),
        Err(other) => return Ok(rejected(&other.to_string())),
    }
    let table = claims::table_name(&again.table.name, &work.revision.input.platform);
    let events = handlers.store.events().await?;
    if let Some(sentence) = claims::taken(&events, &work.request.subject, &table, claims::sink_topic(&again)) {
        return Ok(rejected(&sentence));
    }
    handlers
        .log(
            &work.call,
            &format!("{} files have the approved digest {}", work.revision.artifacts.len(), work.revision.digest),
        )
        .await?;
    Ok(Outcome::Done { output: json!({ "digest": work.revision.digest, "files": work.revision.artifacts.len() }) })
}

fn rejected(reason: &str) -> Outcome {
    Outcome::Rejected { reason: reason.to_owned() }
}

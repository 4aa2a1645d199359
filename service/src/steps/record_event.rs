//! Puts the event into the catalogue.

use domain::artifact::Slug;
use domain::event::OnboardedEvent;
use domain::render;
use domain::run::Outcome;
use serde_json::json;

use super::{Handlers, StepError, Work};
use crate::claims;
use crate::ports::store::AuditRow;

pub async fn call(handlers: &Handlers, work: &Work) -> Result<Outcome, StepError> {
    let input = &work.revision.input;
    let rendering = render::render(input);
    let table = claims::table_name(&rendering, &input.platform);
    let pull_request = work.output("open-pull-request", "pullRequest")?.as_str().unwrap_or_default().to_owned();
    let now = handlers.clock.now();
    let event = OnboardedEvent {
        name: rendering.load.event.clone(),
        subject: input.subject.clone(),
        version: input.version,
        newest: None,
        table: table.clone(),
        columns: rendering.live().columns.len(),
        topic: Slug::of(&input.subject).topic().to_owned(),
        owner: work.request.requester.clone(),
        request: work.request.id,
        run: work.call.run,
        pull_request,
        live_since: now,
    };
    let audit = AuditRow {
        at: now,
        actor: "engine".into(),
        action: "event-recorded".into(),
        object: format!("event:{}", event.subject),
        detail: json!({ "table": table, "version": input.version, "request": work.request.id }),
    };
    handlers.store.record_event(event, audit).await?;
    handlers.log(&work.call, &format!("{table} is in the catalogue")).await?;
    Ok(Outcome::Done { output: json!({ "table": table }) })
}

//! Puts the event into the catalogue as it was approved: the table, columns and pipes that were kept with the revision.

use domain::artifact::Slug;
use domain::event::OnboardedEvent;
use domain::run::Outcome;
use serde_json::json;

use super::{Handlers, StepError, Work};
use crate::ports::store::AuditRow;
use crate::{claims, live};

pub async fn call(handlers: &Handlers, work: &Work) -> Result<Outcome, StepError> {
    let input = &work.revision.input;
    let live = live::made_by(&work.revision);
    let table = claims::table_name(&live.table, &input.platform);
    let pull_request = work.output("open-pull-request", "pullRequest")?.as_str().unwrap_or_default().to_owned();
    let now = handlers.clock.now();
    let event = OnboardedEvent {
        name: input.context(&input.design, &[]).event_name(),
        subject: input.subject.clone(),
        version: input.version,
        newest: None,
        table: table.clone(),
        columns: live.columns.len(),
        pipes: live.versions,
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

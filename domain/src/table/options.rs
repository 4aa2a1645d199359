//! The edits of the table itself: name, comment, Time Travel, clustering.

use super::{Context, Table, comment, rename};
use crate::artifact::{Slug, is_topic_name};
use crate::design::MAX_COMMENT_CHARS;
use crate::diagnostic::Diagnostic;
use crate::schema::FieldPath;
use crate::sql::Identifier;

/// The longest Time Travel, in days (Enterprise edition; Standard has 1).
pub const MAX_RETENTION_DAYS: u8 = 90;

/// Applies the edits of the table.
pub(super) fn apply(table: &mut Table, context: Context<'_>) {
    let edit = &context.design.table;
    table.diagnostics.extend(topic_of_context(context));
    match &edit.name {
        Some(text) => set_name(table, text),
        None if !Identifier(&table.name).is_plain() => {
            let message = format!("Every query must write {} in double quotes, exactly so.", Identifier(&table.name));
            table.diagnostics.push(
                Diagnostic::note("name-needs-quotes", FieldPath::root(), message).hint("Rename it with plain letters."),
            );
        }
        None => {}
    }
    if let Some(text) = &edit.comment {
        table.comment = comment::shortened(text, MAX_COMMENT_CHARS);
        if table.comment != *text {
            let message = format!("A comment has at most {MAX_COMMENT_CHARS} characters; the rest is cut off.");
            table.diagnostics.push(root_error("comment-too-long", message, "Shorten it."));
        }
    }
    if let Some(days) = edit.retention_days {
        if days <= MAX_RETENTION_DAYS {
            table.retention_days = Some(days);
        } else {
            let message = format!("Time Travel goes back {MAX_RETENTION_DAYS} days at most, not {days}.");
            table.diagnostics.push(root_error(
                "retention-days",
                message,
                "Choose 0 to 90 days, or leave it to the schema.",
            ));
        }
    }
    if edit.cluster_by_day == Some(true) {
        table.cluster_by_day = true;
        let message =
            "Clustering pays off on tables of terabytes only, and makes errors while loading less predictable.";
        table.diagnostics.push(
            Diagnostic::warning("cluster-by-day", FieldPath::root(), message)
                .hint("Leave clustering off until queries need it."),
        );
    }
    topic(table, context);
}

/// A context is a namespace of the registry and no part of a topic's name.
fn topic_of_context(context: Context<'_>) -> Option<Diagnostic> {
    let (place, event) = (context.subject.context()?, context.subject.event_name());
    if Slug::of(context.subject).topic() != event {
        return None;
    }
    let message = format!("The topic is {event}, the same name as without the context {place}.");
    let found = Diagnostic::note("topic-of-context", FieldPath::root(), message);
    Some(found.hint("Check that the topic of this context belongs to another Kafka cluster."))
}

fn set_name(table: &mut Table, text: &str) {
    match rename::table(text) {
        Ok(typed) => {
            table.name = typed.name;
            table.diagnostics.extend(typed.caution.map(|caution| {
                Diagnostic::warning("name-needs-quotes", FieldPath::root(), caution.message).hint(caution.hint)
            }));
        }
        Err(problem) => table.diagnostics.push(root_error("name-invalid", problem.message, &problem.hint)),
    }
}

fn topic(table: &mut Table, context: Context<'_>) {
    if is_topic_name(context.subject.event_name()) {
        return;
    }
    let topic = Slug::of(context.subject).topic().to_owned();
    let message = format!("Kafka does not accept the event's name as a topic, so the topic is called {topic}.");
    table.diagnostics.push(
        Diagnostic::warning("topic-name", FieldPath::root(), message)
            .hint("Register the schema under <topic>-value to have them agree."),
    );
}

fn root_error(code: &str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::error(code, FieldPath::root(), message).hint(hint)
}

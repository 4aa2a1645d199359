//! The continuous query over an event's topic, if the design has one: what it reads, what it writes, and what it may use.

use crate::artifact::{Slug, is_topic_name};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::error;
use crate::sink_job::{CPU, MEMORY, PARALLELISM};
use crate::table::Context;

/// The application of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlApplication {
    /// Its name.
    pub name: String,
    /// The query.
    pub sql: String,
    /// The topic that its rows are written to.
    pub sink_topic: String,
    /// How many of each of its tasks run side by side.
    pub parallelism: u32,
    /// Memory of each task manager in MiB, if the platform does not decide.
    pub memory_mib: Option<u32>,
    /// Processor of each task manager in thousandths of a core, if the platform does not decide.
    pub cpu_millis: Option<u32>,
}

/// The application that the design asks for, if it does, and what was found.
pub fn sql_application_of(context: Context<'_>) -> (Option<SqlApplication>, Vec<Diagnostic>) {
    let edit = &context.design.sql_application;
    if edit.is_empty() {
        return (None, vec![]);
    }
    let mut found = vec![];
    let slug = Slug::of(context.subject);
    let sql = edit.sql.as_deref().unwrap_or_default().trim();
    if sql.is_empty() {
        let message = "The SQL application has no query.";
        found.push(error("sql-application-empty", message, "Write one over the topic, or take the application back."));
    }
    let sink = edit.sink_topic.as_deref().unwrap_or_default().trim();
    if !is_topic_name(sink) {
        let message = "Kafka does not accept the name of the topic that the SQL application writes to.";
        found.push(error(
            "sql-application-sink",
            message,
            "Use letters, digits, dots, underscores and hyphens, 249 at most.",
        ));
    } else if sink == slug.topic() {
        let message = "The SQL application would read what it writes, without an end.";
        found.push(error("sql-application-sink", message, "Have it write to another topic than the event's."));
    }
    let application = SqlApplication {
        name: format!("{}-sql", slug.file()),
        sql: sql.to_owned(),
        sink_topic: sink.to_owned(),
        parallelism: PARALLELISM.within(edit.parallelism, context.platform.sink_parallelism, &mut found),
        memory_mib: MEMORY.optional(edit.memory_mib, &mut found),
        cpu_millis: CPU.optional(edit.cpu_millis, &mut found),
    };
    let is_whole = !sql.is_empty() && is_topic_name(sink);
    (is_whole.then_some(application), found)
}

//! The load of rows that come without files: a pipe that is sent rows, and the options that make no sense for it.

use super::{Load, VERSION_CHARS};
use crate::design::{LoadEdit, OnError, SinkJobEdit};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::{error, warning};
use crate::platform::LoadKind;
use crate::table::{Context, Table, fit};

/// The load definition of a table whose rows come without files. Every version of the sink job has a pipe of its own; the connector
/// has one pipe for all, because it takes the one that is called as its table.
pub(super) fn load_of(table: &Table, kind: LoadKind, context: Context<'_>) -> Load {
    let stem = fit(&format!("PIPE_{}", table.name), context.subject.as_str(), VERSION_CHARS);
    let (pipe_stem, pipe) = match kind {
        LoadKind::KafkaConnector => (table.name.clone(), table.name.clone()),
        _ => (stem.clone(), format!("{stem}_V{}", context.version)),
    };
    Load {
        kind,
        event: context.event_name(),
        version: context.version,
        stage: String::new(),
        stage_url: String::new(),
        pipe,
        pipe_stem,
        path: String::new(),
        on_error: OnError::default(),
        error_integration: None,
        pattern: None,
        aws_sns_topic: None,
        truncate_columns: false,
        diagnostics: found(table, kind, context),
    }
}

fn found(table: &Table, kind: LoadKind, context: Context<'_>) -> Vec<Diagnostic> {
    let mut found = of_load(&context.design.load, kind);
    found.extend(of_job(&context.design.sink_job, kind));
    if !context.platform.streaming.has_key_by_reference() {
        found.push(error(
            "private-key-reference",
            "The platform's private key for Snowflake is not a reference, and a secret does not go into a file.",
            "Ask the platform team to set streaming.privateKey to a reference such as ${file:/etc/secrets/snowflake.properties:key}.",
        ));
    }
    if kind == LoadKind::KafkaConnector && table.name.contains(['"', '\n', '\r']) {
        let message = "The connector's map of topics to tables cannot say a table's name that has a double quote or a line break.";
        found.push(error("connector-table-name", message, "Give the table another name."));
    }
    found.extend(reference(table, kind, context));
    if kind == LoadKind::KafkaConnector {
        found.extend(messages(table, context));
    }
    found
}

/// What runs the load resolves references in all of its configuration, and a name that looks like one would become something else,
/// a secret even.
fn reference(table: &Table, kind: LoadKind, context: Context<'_>) -> Option<Diagnostic> {
    const SIGN: &str = "${";
    if table.name.contains(SIGN) {
        let message = format!("The table's name has {SIGN}, and what stands behind that is resolved as a reference.");
        return Some(error("name-reference", message, "Give the table another name."));
    }
    (kind.has_job() && context.subject.as_str().contains(SIGN)).then(|| {
        let message = format!("The subject's name has {SIGN}, and what stands behind that is resolved as a reference.");
        error("name-reference", message, "Load the event by snowpipe, or register it under another subject.")
    })
}

/// The connector takes whatever records the topic has; no setting of it or of its converter chooses a message.
fn messages(table: &Table, context: Context<'_>) -> Option<Diagnostic> {
    if context.design.event.message.is_some() {
        let message = "A message is chosen as the event, and the connector cannot pass over records of others: they would be loaded as if they were this one.";
        let hint = "Load the event by snowpipe or snowpipe_streaming, or take the choice back.";
        return Some(error("connector-messages", message, hint));
    }
    table.has_other_events.then(|| {
        let message = "The file has several messages at its top, and the connector loads records of any of them as if they were this one.";
        let hint = "Make sure that the topic has records of this one alone, or load the event by snowpipe or snowpipe_streaming.";
        warning("connector-messages", message, hint)
    })
}

/// Options of files. `load.kind` decides, so that an option that was set for another kind is told and not silently left out.
fn of_load(edit: &LoadEdit, kind: LoadKind) -> Vec<Diagnostic> {
    let typed = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let on = |switch: Option<bool>| switch == Some(true);
    let options = [
        (edit.writer_profile.is_some(), "profile-of-files", "A writer profile is about Parquet files"),
        (
            edit.on_error.is_some_and(|on_error| on_error != OnError::SkipFile),
            "on-error-of-files",
            "ON_ERROR is about files",
        ),
        (typed(&edit.error_integration), "error-integration-of-files", "Notifications of errors are about files"),
        (typed(&edit.pattern), "pattern-of-files", "A pattern of paths is about files"),
        (typed(&edit.aws_sns_topic), "sns-topic-of-files", "An SNS topic announces files"),
        (typed(&edit.stage_prefix), "stage-prefix-of-files", "A prefix is a place of files"),
        (on(edit.truncate_columns), "truncate-columns-of-files", "Cutting texts is an option of a COPY of files"),
        (on(edit.file_content_key), "file-content-key-of-files", "A content key is a file's"),
        (on(edit.file_last_modified), "file-last-modified-of-files", "A time of modification is a file's"),
    ];
    let refused = options.into_iter().filter(|(is_set, ..)| *is_set);
    let said = |(_, code, what): (bool, &str, &str)| {
        let message = format!("{what}, and {} loads rows without any.", kind.named());
        error(code, message, "Take the option back, or load the event by snowpipe.")
    };
    refused.map(said).collect()
}

/// Options of the sink job. Its parallelism is that of the connector's tasks.
fn of_job(edit: &SinkJobEdit, kind: LoadKind) -> Vec<Diagnostic> {
    let mut found = vec![];
    if edit.bucketing.is_some() {
        let message = format!("Folders are of files, and {} loads rows without any.", kind.named());
        found.push(error("bucketing-of-files", message, "Take the option back, or load the event by snowpipe."));
    }
    let machines = [
        (edit.task_managers.is_some(), "task-managers-of-job", "Task managers run"),
        (edit.memory_mib.is_some(), "memory-of-job", "This memory is for"),
        (edit.cpu_millis.is_some(), "cpu-of-job", "This processor is for"),
        (edit.checkpoint_seconds.is_some(), "checkpoints-of-job", "Checkpoints are made by"),
    ];
    let refused = machines.into_iter().filter(|(is_set, ..)| *is_set && !kind.has_job());
    found.extend(refused.map(|(_, code, what)| {
        let message = format!("{what} a sink job, and {} has none.", kind.named());
        error(code, message, "Take the option back, or load the event by snowpipe or snowpipe_streaming.")
    }));
    found
}

//! The options of the table itself, and what each of them risks.

use serde::{Deserialize, Serialize};

use super::clustering::{self, Clustering};
use super::{Context, Iceberg, Naming, Table, Tag, attributes, comment, create_or_alter, iceberg, rename};
use crate::artifact::{Slug, is_topic_name};
use crate::design::{MAX_COMMENT_CHARS, RowAccess, TableEdit};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::{error, warning};
use crate::schema::FieldPath;
use crate::sql::{Identifier, ObjectName};

/// The longest Time Travel, in days (Enterprise edition; Standard has 1).
pub const MAX_RETENTION_DAYS: u8 = 90;

/// How the table is made, besides its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct TableOptions {
    /// What it is clustered by, the coarsest first.
    pub cluster_by: Vec<Clustering>,
    /// Whether it does without Fail-safe.
    pub transient: bool,
    /// Whether streams can follow its changes.
    pub change_tracking: bool,
    /// Whether loads that match columns by name may add columns.
    pub schema_evolution: bool,
    /// Whether rows that do not fit are kept in an error table of its own; for rows that come without files.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub error_logging: bool,
    /// Days of Time Travel, if set.
    pub retention_days: Option<u8>,
    /// Days by which Time Travel may be extended for a stream, if set.
    pub max_data_extension_days: Option<u8>,
    /// The row access policy and the names of the columns that it is given.
    pub row_access: Option<(ObjectName, Vec<String>)>,
    /// The table's tags.
    pub tags: Vec<Tag>,
    /// Whether the statement replaces a table of the same name.
    pub replace: bool,
    /// Whether the statement alters a table of the same name into this one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub create_or_alter: bool,
    /// Where its files are, if it is one of Iceberg.
    pub iceberg: Option<Iceberg>,
}

/// Applies the edits of the table.
pub(super) fn apply(table: &mut Table, context: Context<'_>) {
    let edit = &context.design.table;
    table.diagnostics.extend(topic_of_context(context));
    name(table, edit);
    if let Some(text) = &edit.comment {
        table.comment = comment::shortened(text, MAX_COMMENT_CHARS);
        if table.comment != *text {
            let message = format!("A comment has at most {MAX_COMMENT_CHARS} characters; the rest is cut off.");
            table.diagnostics.push(error("comment-too-long", message, "Shorten it."));
        }
    }
    time_travel(table, edit);
    clustering::apply(table, context);
    switches(table, edit);
    table.options.error_logging = !context.load_kind().has_files();
    iceberg::apply(table, context);
    governance(table, edit, context);
    create_or_alter::apply(table, edit);
    if context.naming() == Naming::Preserve {
        let message = "Columns keep the schema's spelling, so every query must write their names in double quotes.";
        table.diagnostics.push(warning(
            "names-preserved",
            message,
            "Choose snake_upper, unless only programs query the table.",
        ));
    }
    topic(table, context);
    table.diagnostics.extend(default_preset(context));
}

/// A default preset that is none would go unnoticed, because designs then start without.
fn default_preset(context: Context<'_>) -> Option<Diagnostic> {
    let name = context.platform.default_preset.as_ref()?;
    let is_there = context.platform.presets.iter().any(|preset| preset.name == *name);
    (!is_there).then(|| {
        let message = format!("The platform's default preset {} is none of its presets.", comment::shortened(name, 60));
        warning("default-preset", message, "Ask the platform team to mend its configuration.")
    })
}

fn name(table: &mut Table, edit: &TableEdit) {
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
}

fn time_travel(table: &mut Table, edit: &TableEdit) {
    let most = if edit.transient == Some(true) { 1 } else { MAX_RETENTION_DAYS };
    match edit.retention_days {
        Some(days) if days <= most => table.options.retention_days = Some(days),
        Some(days) => {
            let kind = if most == 1 { " of a transient table" } else { "" };
            let message = format!("Time Travel{kind} goes back {} at most, not {days}.", count_of_days(most));
            let hint = format!("Choose 0 to {}, or leave it to the schema.", count_of_days(most));
            table.diagnostics.push(error("retention-days", message, &hint));
        }
        None => {}
    }
    match edit.max_data_extension_days {
        Some(days) if days <= MAX_RETENTION_DAYS => table.options.max_data_extension_days = Some(days),
        Some(days) => {
            let message = format!("Time Travel can be extended by {MAX_RETENTION_DAYS} days at most, not by {days}.");
            table.diagnostics.push(error(
                "max-data-extension-days",
                message,
                "Choose 0 to 90 days, or leave it to the schema.",
            ));
        }
        None => {}
    }
}

fn count_of_days(days: u8) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn switches(table: &mut Table, edit: &TableEdit) {
    table.options.change_tracking = edit.change_tracking == Some(true);
    table.options.transient = edit.transient == Some(true);
    table.options.schema_evolution = edit.schema_evolution == Some(true);
    table.options.replace = edit.replace == Some(true);
    if table.options.transient {
        let message = "A transient table has no Fail-safe, cannot become permanent, and Terraform's provider has no argument for it, so that a statement makes it.";
        table.diagnostics.push(warning("transient", message, "Use it only for rows that can be loaded again."));
    }
    if table.options.schema_evolution {
        let message = "Schema evolution does nothing here, because the pipe selects its columns instead of matching their names, and Terraform drops a column that a load has added.";
        table.diagnostics.push(warning(
            "schema-evolution",
            message,
            "Leave it off; a newer version of the event adds its columns by itself.",
        ));
    }
    if table.options.replace {
        let message = "OR REPLACE drops a table of the same name with all its rows, and the streams on it go stale.";
        table.diagnostics.push(warning("replace", message, "Leave it off unless the table is to be made anew."));
    }
}

fn governance(table: &mut Table, edit: &TableEdit, context: Context<'_>) {
    if let Some(wanted) = &edit.tags {
        let (tags, wrong) = attributes::tags(wanted, &FieldPath::root(), context.platform);
        table.options.tags = tags;
        table.diagnostics.extend(wrong);
    }
    match edit.row_access.as_ref().map(|access| row_access(table, access, context)) {
        Some(Ok(access)) => table.options.row_access = Some(access),
        Some(Err(message)) => table.diagnostics.push(error(
            "row-access-invalid",
            message,
            "Name a row access policy that exists and the columns that it takes, or take the edit back.",
        )),
        None => {}
    }
}

fn row_access(table: &Table, access: &RowAccess, context: Context<'_>) -> Result<(ObjectName, Vec<String>), String> {
    let policy = attributes::named(&access.policy, context.platform)?;
    let column = |path: &FieldPath| match table.column_of(path) {
        Some(column) => Ok(column.name.clone()),
        None => Err(format!("The table has no column of {path}.")),
    };
    let columns = access.columns.iter().map(column).collect::<Result<Vec<_>, _>>()?;
    if columns.is_empty() {
        Err("A row access policy is given at least one column.".to_owned())
    } else {
        Ok((policy, columns))
    }
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
            let caution = typed.caution.map(|caution| warning("name-needs-quotes", caution.message, &caution.hint));
            table.diagnostics.extend(caution);
        }
        Err(problem) => table.diagnostics.push(error("name-invalid", problem.message, &problem.hint)),
    }
}

fn topic(table: &mut Table, context: Context<'_>) {
    if is_topic_name(context.subject.event_name()) {
        return;
    }
    let topic = Slug::of(context.subject).topic().to_owned();
    let message = format!("Kafka does not accept the event's name as a topic, so the topic is called {topic}.");
    table.diagnostics.push(warning(
        "topic-name",
        message,
        "Register the schema under <topic>-value to have them agree.",
    ));
}

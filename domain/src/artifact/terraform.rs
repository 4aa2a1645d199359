//! Terraform of the warehouse: table, stage and pipes for Snowflake's provider. Column names are case-sensitive there, a
//! column missing from the file is dropped with its data, and a pipe whose text changes is made anew: hence `prevent_destroy`,
//! the table's own column order, and one copy statement a version, in a file of its own.

use hcl_edit::expr::Expression;

use super::hcl::{Key, Node, Value, attribute, block, call, interpolated, literal, reference, render, template};
use super::{Artifact, ArtifactKind, Language, Parts, Slug};
use crate::platform::LoadKind;
use crate::sql::{Lines, cluster_keys, create_table, table_settings};
use crate::subject::Version;
use crate::table::{Column, Table, TableOptions};

/// Table, stage and pipes.
pub(super) fn warehouse(parts: Parts<'_>) -> Artifact {
    let mut nodes = vec![table(parts)];
    nodes.extend(settings(parts));
    let has_files = parts.load.kind.has_files();
    nodes.extend(has_files.then(|| stage(parts)));
    if has_many_pipes(parts) {
        let comment = match has_files {
            true => "One entry per live prefix. Remove an old one in a later change, after it has drained.",
            false => {
                "One entry per version that is sent rows. Remove an old one in a later change, after its last row."
            }
        };
        nodes.push(copies(parts).comment(comment));
    }
    nodes.push(pipe(parts));
    nodes.extend(has_files.then(|| notification(parts).comment("The queue that the bucket has to notify.")));
    Artifact {
        kind: ArtifactKind::Warehouse,
        path: format!("terraform-snowflake/events/{}.tf", parts.slug.file()),
        language: Language::Hcl,
        content: render(&nodes),
        summary: if has_files { "table, stage and pipe" } else { "table and pipe" }.to_owned(),
        makes: parts.display_name(&parts.table.name),
        occupies: None,
    }
}

/// The copy statement that the pipe of this version has.
pub(super) fn copy(parts: Parts<'_>, copy: &Lines<'_>) -> Artifact {
    Artifact {
        kind: ArtifactKind::Warehouse,
        path: copy_path(parts.slug, parts.load.version),
        language: Language::Sql,
        content: copy.text().to_owned(),
        summary: format!("copy statement of version {}", parts.load.version),
        makes: parts.display_name(&parts.load.pipe),
        occupies: None,
    }
}

/// The statement that makes the table, where the provider cannot; it never replaces what is there.
pub(super) fn table_statement(parts: Parts<'_>) -> Option<Artifact> {
    if !is_made_by_statement(parts) {
        return None;
    }
    let options = TableOptions { replace: false, create_or_alter: false, ..parts.standing.options.clone() };
    let statement = create_table(&Table { options, ..parts.standing.clone() }, parts.context.platform);
    Some(Artifact {
        kind: ArtifactKind::Warehouse,
        path: format!("terraform-snowflake/events/sql/{}", table_file(parts)),
        language: Language::Sql,
        content: statement.trim_end_matches([';', '\n']).to_owned() + "\n",
        summary: "the statement that makes the table".to_owned(),
        makes: parts.display_name(&parts.table.name),
        occupies: None,
    })
}

/// The path of a statement's file from the configuration.
fn beside(file: &str) -> Expression {
    template(vec![interpolated(reference("path", &["module"])), literal(&format!("/sql/{file}"))])
}

fn table_file(parts: Parts<'_>) -> String {
    format!("{}.table.sql", parts.slug.file())
}

/// Where a version's COPY is.
pub(super) fn copy_path(slug: &Slug, version: Version) -> String {
    format!("terraform-snowflake/events/sql/{}", copy_file(slug, version))
}

fn copy_file(slug: &Slug, version: Version) -> String {
    format!("{}_v{version}.copy.sql", slug.file())
}

pub(super) fn prevent_destroy() -> Node<'static> {
    block("lifecycle", &[], vec![attribute("prevent_destroy", true)])
}

fn place(parts: Parts<'_>) -> [Node<'_>; 2] {
    let platform = parts.context.platform;
    [attribute("database", platform.database.as_str()), attribute("schema", platform.schema.as_str())]
}

/// Whether the provider's table resource cannot make the table, so that a statement does.
fn is_made_by_statement(parts: Parts<'_>) -> bool {
    parts.table.options.transient || parts.table.options.iceberg.is_some()
}

/// The resource that makes the table: its type and its name.
fn table_resource(parts: Parts<'_>) -> (&'static str, String) {
    let label = parts.slug.label();
    if is_made_by_statement(parts) {
        ("snowflake_execute", format!("{label}_table"))
    } else {
        ("snowflake_table", label)
    }
}

fn table(parts: Parts<'_>) -> Node<'_> {
    let (kind, label) = table_resource(parts);
    if is_made_by_statement(parts) {
        let nodes =
            vec![attribute("execute", call("file", beside(&table_file(parts)))), attribute("revert", "SELECT 1")];
        return block("resource", &[kind, &label], nodes).comment(
            "snowflake_table cannot make such a table. Once it exists this statement changes nothing; alter the table by statements.",
        );
    }
    let (table, options) = (parts.standing, &parts.standing.options);
    let mut nodes = Vec::from(place(parts));
    nodes.push(attribute("name", table.name.as_str()));
    if !table.comment.is_empty() {
        nodes.push(attribute("comment", table.comment.as_str()));
    }
    if let Some(days) = options.retention_days {
        nodes.push(attribute("data_retention_time_in_days", u64::from(days)));
    }
    nodes.push(attribute("change_tracking", options.change_tracking));
    let keys = cluster_keys(table);
    if !keys.is_empty() {
        nodes.push(attribute("cluster_by", Value::List(keys.into_iter().map(Value::from).collect())));
    }
    nodes.reserve(table.rows.len() + 16);
    nodes.extend(table.columns().map(column));
    nodes.push(prevent_destroy());
    block("resource", &[kind, &label], nodes)
        .comment("A preview of the provider: its preview_features_enabled lists snowflake_table_resource.")
}

/// What the provider's table has no argument for, as statements that can be made again without harm. To take one back is a
/// change of the warehouse by hand, so reverting does nothing.
fn settings(parts: Parts<'_>) -> Vec<Node<'_>> {
    let statements = table_settings(parts.standing, parts.is_live, parts.context.platform);
    if statements.is_empty() || is_made_by_statement(parts) {
        return vec![];
    }
    let (kind, label) = table_resource(parts);
    let name = format!("{label}_settings");
    let entries = statements.into_iter().map(|(about, sql)| (Key::Quoted(about), Value::from(sql))).collect();
    let nodes = vec![
        attribute("for_each", reference("local", &[&name])),
        attribute("execute", reference("each", &["value"])),
        attribute("revert", "SELECT 1"),
        attribute("depends_on", Value::List(vec![Value::from(reference(kind, &[&label]))])),
    ];
    vec![
        block("locals", &[], vec![attribute(name.clone(), Value::Object(entries))])
            .comment("What snowflake_table has no argument for."),
        block("resource", &["snowflake_execute", &name], nodes),
    ]
}

fn column(column: &Column) -> Node<'_> {
    let mut nodes = Vec::with_capacity(6);
    nodes.extend([attribute("name", column.name.as_str()), attribute("type", column.ty.spelled())]);
    if !column.nullable {
        nodes.push(attribute("nullable", false));
    }
    if let Some(collation) = &column.attributes.collation {
        nodes.push(attribute("collate", collation.as_str()));
    }
    if let Some(policy) = &column.attributes.masking_policy {
        nodes.push(attribute("masking_policy", policy.to_string()));
    }
    if !column.comment.is_empty() {
        nodes.push(attribute("comment", column.comment.as_str()));
    }
    block("column", &[], nodes)
}

fn stage(parts: Parts<'_>) -> Node<'_> {
    let mut nodes = Vec::from(place(parts));
    nodes.extend([
        attribute("name", parts.load.stage.as_str()),
        attribute("url", parts.load.stage_url.as_str()),
        attribute("storage_integration", parts.context.platform.storage_integration.as_str()),
        attribute("comment", parts.load.event.as_str()),
        block("file_format", &[], vec![block("parquet", &[], vec![attribute("use_vectorized_scanner", "true")])]),
    ]);
    block("resource", &["snowflake_stage_external_s3", &parts.slug.label()], nodes)
}

fn copies_name(parts: Parts<'_>) -> String {
    format!("{}_pipes", parts.slug.label())
}

fn copies(parts: Parts<'_>) -> Node<'_> {
    let entry = |version: &Version| {
        (Key::Ident(format!("v{version}")), Value::from(call("file", beside(&copy_file(parts.slug, *version)))))
    };
    let entries = parts.versions.iter().map(entry).collect();
    block("locals", &[], vec![attribute(copies_name(parts), Value::Object(entries))])
}

/// Whether every version has a pipe of its own. The connector goes through one that is called as its table.
pub(super) fn has_many_pipes(parts: Parts<'_>) -> bool {
    parts.load.kind != LoadKind::KafkaConnector
}

/// The full name of the pipe that a resource is about, which is each of them where there are many.
pub(super) fn pipe_name(parts: Parts<'_>) -> Expression {
    if has_many_pipes(parts) {
        return reference("each", &["value", "fully_qualified_name"]);
    }
    reference("snowflake_pipe", &[&parts.slug.label(), "fully_qualified_name"])
}

/// The full name of the table, which is `name` where a statement makes it.
pub(super) fn table_name(parts: Parts<'_>, name: String) -> Value<'_> {
    if is_made_by_statement(parts) {
        return Value::from(name);
    }
    Value::from(reference("snowflake_table", &[&parts.slug.label(), "fully_qualified_name"]))
}

/// What has to come after the table where a statement makes it: nothing refers to that then.
pub(super) fn made_by_statement(parts: Parts<'_>) -> Option<Node<'_>> {
    let (kind, label) = table_resource(parts);
    is_made_by_statement(parts)
        .then(|| attribute("depends_on", Value::List(vec![Value::from(reference(kind, &[&label]))])))
}

fn pipe(parts: Parts<'_>) -> Node<'_> {
    let (label, has_files) = (parts.slug.label(), parts.load.kind.has_files());
    let (table, table_label) = table_resource(parts);
    let depends_on = std::iter::once((table, &table_label))
        .chain(has_files.then_some(("snowflake_stage_external_s3", &label)))
        .map(|(kind, label)| Value::from(reference(kind, &[label])));
    let depends_on = depends_on.collect();
    let each = has_many_pipes(parts);
    let mut nodes = vec![];
    nodes.extend(each.then(|| attribute("for_each", reference("local", &[&copies_name(parts)]))));
    nodes.extend(place(parts));
    let name = template(vec![
        literal(&format!("{}_", parts.load.pipe_stem)),
        interpolated(call("upper", reference("each", &["key"]))),
    ]);
    nodes.push(if each { attribute("name", name) } else { attribute("name", parts.load.pipe.as_str()) });
    nodes.push(attribute("auto_ingest", has_files));
    if let Some(integration) = &parts.load.error_integration {
        nodes.push(attribute("error_integration", integration.to_string()));
    }
    if let Some(topic) = &parts.load.aws_sns_topic {
        nodes.push(attribute("aws_sns_topic_arn", topic.as_str()));
    }
    let copy = match each {
        true => reference("each", &["value"]),
        false => call("file", beside(&copy_file(parts.slug, parts.load.version))),
    };
    nodes.extend([attribute("copy_statement", copy), attribute("depends_on", Value::List(depends_on))]);
    block("resource", &["snowflake_pipe", &label], nodes)
        .comment("A preview of the provider: its preview_features_enabled lists snowflake_pipe_resource.")
}

fn notification(parts: Parts<'_>) -> Node<'_> {
    let label = parts.slug.label();
    let channels =
        super::hcl::map_of("version", "pipe", reference("snowflake_pipe", &[&label]), "notification_channel");
    block("output", &[&format!("{label}_sqs_arns")], vec![attribute("value", channels)])
}

//! Terraform of the privileges on what only this event has. What events share (database, schema, integrations) is granted by
//! statements: in each event's file it would be taken from all others when one goes.

use super::hcl::{Key, Node, Value, attribute, block, reference, render};
use super::terraform::{made_by_statement, pipe_name, table_name};
use super::{Artifact, ArtifactKind, Language, Parts, Slug};
use crate::load::Load;
use crate::platform::Platform;
use crate::sql::{Grant, Securable, grants_of};
use crate::table::Table;

/// The file.
pub(super) fn grants(parts: Parts<'_>) -> Artifact {
    let granted = grants_of(parts.table, parts.load, parts.context.platform);
    let (readers, others): (Vec<_>, Vec<_>) = granted.iter().partition(|grant| grant.part == "reader");
    let mut nodes: Vec<Node<'_>> = others.into_iter().filter_map(|grant| of_role(parts, grant)).collect();
    nodes.extend(of_readers(parts, &readers));
    nodes.extend(ownership(parts));
    Artifact {
        kind: ArtifactKind::Warehouse,
        path: format!("terraform-snowflake/events/{}.grants.tf", parts.slug.file()),
        language: Language::Hcl,
        content: render(&nodes),
        summary: "privileges on table, stage and pipe".to_owned(),
        makes: parts.display_name(&parts.table.name),
        occupies: None,
    }
}

/// The addresses of what is granted on the pipes of an event, each with an entry a version.
pub(crate) fn grants_on_pipes(table: &Table, load: &Load, slug: &Slug, platform: &Platform) -> Vec<String> {
    let granted = grants_of(table, load, platform);
    let on_pipes = granted.iter().filter(|grant| matches!(grant.on, Securable::Pipe(_)));
    let owned = load.kind.has_files().then(|| format!("{OWNERSHIP}.{}_pipe", slug.label()));
    let privileges = on_pipes.map(|grant| format!("{PRIVILEGES}.{}_{}_pipe", slug.label(), grant.part));
    owned.into_iter().chain(privileges).collect()
}

const OWNERSHIP: &str = "snowflake_grant_ownership";
const PRIVILEGES: &str = "snowflake_grant_privileges_to_account_role";

/// The word of an own object in the name of a resource and its kind for the provider; `None` for what events share.
fn own(on: &Securable<'_>) -> Option<(&'static str, &'static str)> {
    match on {
        Securable::Table(_) => Some(("table", "TABLE")),
        Securable::Stage(_) => Some(("stage", "STAGE")),
        Securable::Pipe(_) => Some(("pipe", "PIPE")),
        Securable::Database | Securable::Schema | Securable::Integration(_) => None,
    }
}

fn privileges<'a>(grant: &Grant<'_>) -> Node<'a> {
    attribute("privileges", Value::List(grant.privileges.iter().map(|privilege| Value::from(*privilege)).collect()))
}

fn on<'a>(parts: Parts<'a>, securable: &Securable<'_>, kind: &'static str) -> Node<'a> {
    let name = match securable {
        Securable::Table(name) => table_name(parts, name.to_string()),
        Securable::Pipe(_) => Value::from(pipe_name(parts)),
        _ => Value::from(reference("snowflake_stage_external_s3", &[&parts.slug.label(), "fully_qualified_name"])),
    };
    block("on_schema_object", &[], vec![attribute("object_type", kind), attribute("object_name", name)])
}

/// That a privilege on the table comes after the statement that makes it; a reference to the table says so by itself.
fn behind_table<'a>(parts: Parts<'a>, securable: &Securable<'_>) -> Option<Node<'a>> {
    made_by_statement(parts).filter(|_| matches!(securable, Securable::Table(_)))
}

/// The pipes of all versions, each of which the block is about.
fn each_pipe<'a>(parts: Parts<'a>) -> Option<Node<'a>> {
    let has_many = super::terraform::has_many_pipes(parts);
    has_many.then(|| attribute("for_each", reference("snowflake_pipe", &[&parts.slug.label()])))
}

fn of_role<'a>(parts: Parts<'a>, grant: &Grant<'a>) -> Option<Node<'a>> {
    let (word, kind) = own(&grant.on)?;
    let mut nodes: Vec<Node<'_>> =
        each_pipe(parts).filter(|_| matches!(grant.on, Securable::Pipe(_))).into_iter().collect();
    nodes.extend([attribute("account_role_name", grant.role), privileges(grant), on(parts, &grant.on, kind)]);
    nodes.extend(behind_table(parts, &grant.on));
    Some(block("resource", &[PRIVILEGES, &format!("{}_{}_{word}", parts.slug.label(), grant.part)], nodes))
}

/// One resource for all roles that read, each under its own name, so that one more role moves none of the others.
fn of_readers<'a>(parts: Parts<'a>, readers: &[&Grant<'a>]) -> Option<Node<'a>> {
    let of_table: Vec<&Grant<'a>> =
        readers.iter().filter(|grant| matches!(grant.on, Securable::Table(_))).copied().collect();
    let first = *of_table.first()?;
    let roles = of_table.iter().map(|grant| (Key::Quoted(grant.role.to_owned()), Value::from(grant.role))).collect();
    let mut nodes = vec![
        attribute("for_each", Value::Object(roles)),
        attribute("account_role_name", reference("each", &["value"])),
        privileges(first),
        on(parts, &first.on, "TABLE"),
    ];
    nodes.extend(behind_table(parts, &first.on));
    Some(block("resource", &[PRIVILEGES, &format!("{}_reader_table", parts.slug.label())], nodes))
}

/// A pipe that loads files is its loader's.
fn ownership(parts: Parts<'_>) -> Option<Node<'_>> {
    if !parts.load.kind.has_files() {
        return None;
    }
    let object = vec![attribute("object_type", "PIPE"), attribute("object_name", pipe_name(parts))];
    let mut nodes: Vec<Node<'_>> = each_pipe(parts).into_iter().collect();
    nodes.extend([
        attribute("account_role_name", parts.context.platform.loader_role.as_str()),
        attribute("outbound_privileges", "COPY"),
        block("on", &[], object),
    ]);
    let block = block("resource", &[OWNERSHIP, &format!("{}_pipe", parts.slug.label())], nodes);
    Some(
        block.comment(
            "The provider pauses a pipe and resumes it around this, if its role has OPERATE and MONITOR on it.",
        ),
    )
}

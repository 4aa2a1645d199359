//! Who may do what with the objects of an event: each privilege once, as a value, so that SQL and Terraform say the same.

use super::statement::qualified;
use super::{Identifier, QualifiedName};
use crate::load::Load;
use crate::platform::Platform;
use crate::table::Table;

/// What a privilege is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Securable<'a> {
    /// The database.
    Database,
    /// The schema.
    Schema,
    /// An integration of the account, its name as a statement writes it.
    Integration(String),
    /// The event's table.
    Table(QualifiedName<'a>),
    /// The event's stage.
    Stage(QualifiedName<'a>),
    /// The event's pipe of the newest version.
    Pipe(QualifiedName<'a>),
}

/// Privileges of one role on one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant<'a> {
    /// What the role does for the event, one word.
    pub part: &'static str,
    /// To whom.
    pub role: &'a str,
    /// The privileges, in alphabetical order.
    pub privileges: &'static [&'static str],
    /// On what.
    pub on: Securable<'a>,
}

/// The privileges that the roles of the platform need for this event, role by role, but the ownership of a pipe that loads files.
pub fn grants_of<'a>(table: &'a Table, load: &'a Load, platform: &'a Platform) -> Vec<Grant<'a>> {
    let own_table = || Securable::Table(qualified(platform, &table.name));
    let pipe = || Securable::Pipe(qualified(platform, &load.pipe));
    let stage = load.kind.has_files().then(|| Securable::Stage(qualified(platform, &load.stage)));
    let mut grants = vec![];
    let mut all = |part, role: &'a str, privileges: Vec<(&'static [&'static str], Securable<'a>)>| {
        let places: [(&'static [&'static str], _); 2] = [(USAGE, Securable::Database), (USAGE, Securable::Schema)];
        let named = places.into_iter().chain(privileges);
        grants.extend(named.map(|(privileges, on)| Grant { part, role, privileges, on }));
    };
    if let Some(role) = platform.deployer_role.as_deref() {
        all("deployer", role, of_deployer(load, platform));
    }
    let mut loading = vec![(LOAD, own_table())];
    match stage.clone() {
        Some(stage) => loading.push((USAGE, stage)),
        None => loading.push((OPERATE, pipe())),
    }
    all("loader", &platform.loader_role, loading);
    if let Some(role) = platform.operator_role.as_deref() {
        let mut operating = vec![(LOAD, own_table())];
        operating.extend(stage.map(|stage| (USAGE, stage)));
        operating.push((OPERATE, pipe()));
        all("operator", role, operating);
    }
    let mut readers: Vec<&String> = vec![];
    for role in std::iter::once(&platform.reader_role).chain(&platform.further_reader_roles) {
        if !readers.contains(&role) {
            readers.push(role);
            all("reader", role, vec![(&["SELECT"], own_table())]);
        }
    }
    grants
}

const USAGE: &[&str] = &["USAGE"];
const LOAD: &[&str] = &["INSERT", "SELECT"];
const OPERATE: &[&str] = &["MONITOR", "OPERATE"];

/// What makes the objects. Integrations exist already.
fn of_deployer<'a>(load: &Load, platform: &Platform) -> Vec<(&'static [&'static str], Securable<'a>)> {
    if !load.kind.has_files() {
        return vec![(&["CREATE PIPE", "CREATE TABLE"], Securable::Schema)];
    }
    let storage = Identifier(&platform.storage_integration);
    let storage = if storage.is_plain() { storage.0.to_owned() } else { storage.to_string() };
    let notified = load.error_integration.as_ref().map(ToString::to_string);
    let integrations = std::iter::once(storage).chain(notified).map(|name| (USAGE, Securable::Integration(name)));
    let made: &'static [&'static str] = &["CREATE PIPE", "CREATE STAGE", "CREATE TABLE"];
    std::iter::once((made, Securable::Schema)).chain(integrations).collect()
}

/// `GRANT` statements for every role, end with a newline. Ownership of a pipe that loads files moves only while it is paused, and it
/// must be resumed by force afterwards; one that is sent rows is operated, which needs no ownership.
pub fn grants(table: &Table, load: &Load, platform: &Platform) -> String {
    let granted = grants_of(table, load, platform);
    let statement = |grant: &Grant<'_>| {
        let on = grant.on.written(platform);
        format!("GRANT {} ON {on} TO ROLE {};\n", grant.privileges.join(", "), Identifier(grant.role))
    };
    let is_after = |grant: &Grant<'_>| matches!(grant.part, "operator" | "reader");
    let (after, before): (Vec<_>, Vec<_>) = granted.iter().partition(|grant| is_after(grant));
    let lines = |grants: Vec<&Grant<'_>>| grants.into_iter().map(statement).collect::<String>();
    lines(before) + &ownership(load, platform) + &lines(after)
}

fn ownership(load: &Load, platform: &Platform) -> String {
    if !load.kind.has_files() {
        return String::new();
    }
    let (pipe, loader) = (qualified(platform, &load.pipe), Identifier(&platform.loader_role));
    // Without the words a pipe that is granted to somebody else already cannot change hands.
    let keeping = if platform.operator_role.is_some() { " COPY CURRENT GRANTS" } else { "" };
    [
        format!("ALTER PIPE {pipe} SET PIPE_EXECUTION_PAUSED = TRUE;\n"),
        format!("GRANT OWNERSHIP ON PIPE {pipe} TO ROLE {loader}{keeping};\n"),
        format!("SELECT SYSTEM$PIPE_FORCE_RESUME({});\n", pipe.literal()),
    ]
    .concat()
}

impl Securable<'_> {
    /// Its kind and name in a statement.
    fn written(&self, platform: &Platform) -> String {
        let database = Identifier(&platform.database);
        match self {
            Self::Database => format!("DATABASE {database}"),
            Self::Schema => format!("SCHEMA {database}.{}", Identifier(&platform.schema)),
            Self::Integration(name) => format!("INTEGRATION {name}"),
            Self::Table(name) => format!("TABLE {name}"),
            Self::Stage(name) => format!("STAGE {name}"),
            Self::Pipe(name) => format!("PIPE {name}"),
        }
    }
}

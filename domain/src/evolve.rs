//! From the event as it is live to its next version or design: the statements and steps that lose no row and load none twice, what
//! is checked before each goes on, and what is refused.

mod columns;
mod drift;
mod findings;
mod guard;
mod iceberg;
mod kind;
mod live;
mod read_back;
mod rebuild;
mod retire;
mod standing;
mod steps;
mod widened;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use drift::Drift;
pub use findings::{of_new_event, silent_breaks};
pub use live::{Live, StandingColumn};
pub use read_back::read_back;
pub use standing::{Home, Standing};

use crate::artifact::{Artifact, Slug, evolved_artifacts};
use crate::design::{Design, TableEdit};
use crate::diagnostic::Diagnostic;
use crate::load::{Load, load_of};
use crate::platform::LoadKind;
use crate::render::{self, RenderInput, read_for};
use crate::schema::Schema;
use crate::sql;
use crate::subject::Version;
use crate::table::{Context, Table, table_of};

/// How a running event is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// A new version has a prefix and a pipe of its own beside the old ones: nothing is ever taken apart that still loads.
    VersionedPrefix,
    /// The same version with another design: its pipe is made anew on the same prefix, which forgets what it loaded.
    SamePrefix,
    /// The same version whose COPY stays as it is: only the table is altered.
    TableOnly,
    /// Nothing but the pipes of older versions, which are taken out.
    Retirement,
    /// The table is made anew beside the old one and swapped with it.
    Rebuild,
}

impl Procedure {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::VersionedPrefix => "new pipe beside the old one",
            Self::SamePrefix => "pipe made anew on the same prefix",
            Self::TableOnly => "table altered, pipe untouched",
            Self::Retirement => "drained pipes taken out",
            Self::Rebuild => "table made anew and swapped",
        }
    }
}

/// One step of an evolution. A statement that was done already fails or changes nothing when it is done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EvolutionStep {
    /// What is done, a few words.
    pub title: String,
    /// The statements in order; none where something else is done, such as switching the sink job.
    pub statements: Vec<String>,
    /// Statements whose answers are looked at before the next step.
    pub checks: Vec<String>,
    /// What those answers have to say, one sentence.
    pub expect: String,
    /// Why it is done so, one sentence.
    pub why: String,
}

/// All that leads from what is live to what is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Evolution {
    /// How it is done.
    pub procedure: Procedure,
    /// What is done, in order.
    pub steps: Vec<EvolutionStep>,
    /// The table made anew instead, for who cannot live with columns beside each other; empty unless a column had to be left.
    pub rebuild: Vec<EvolutionStep>,
    /// What was found: schema, table, edits, and what the evolution refuses.
    pub findings: Vec<Diagnostic>,
    /// The new schema as it was read.
    pub schema: Arc<Schema>,
    /// What the new pipe loads.
    pub table: Table,
    /// The table as a whole, with the columns that nothing fills any more.
    pub standing: Table,
    /// The new load definition.
    pub load: Load,
    /// Where the event lives.
    pub home: Home,
    /// What is live when all is done.
    pub live: Live,
    /// Every file and statement, in the order of review.
    pub artifacts: Vec<Artifact>,
}

impl Evolution {
    /// Whether an error stops it.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(Diagnostic::is_error)
    }
}

/// Works out the evolution of what is live to `new`. Never fails: what is wrong is in the findings.
pub fn evolve(live: &Live, new: &RenderInput) -> Evolution {
    evolve_read(live, read_for(new, &new.design), new, &new.design)
}

/// The same for a schema that has been read already, with this design instead of the input's own.
pub fn evolve_read(live: &Live, schema: impl Into<Arc<Schema>>, new: &RenderInput, design: &Design) -> Evolution {
    let schema = schema.into();
    let mut findings = findings::of_event(live, new.version, design);
    let columns = live.named_columns();
    let mut design =
        Design { table: TableEdit { name: None, replace: None, ..design.table.clone() }, ..design.clone() };
    let mut table = table_of(&schema, new.context(&design, &columns));
    let widened = widened::keep(live, &table, &mut design);
    let context = new.context(&design, &columns);
    if !widened.is_empty() {
        table = table_of(&schema, context);
    }
    table.name.clone_from(&live.table);
    let mut settled = columns::settle(live, &mut table, new.version);
    let (retired, refused) = retire::retired(live, new.version, &design.load);
    findings.extend(refused);
    findings.extend(live.drift.iter().map(Drift::finding));
    let mut rebuild = last_resort(live, &table, &settled, context);
    let is_rebuilt =
        design.table.rebuild == Some(true) && rebuild::is_possible((&table, &settled), context, &mut findings);
    if is_rebuilt {
        findings.extend(rebuild::findings(&table, &mut settled));
        columns::remake(&mut table, &mut settled);
        rebuild = Vec::new();
    }
    let made = Made::of(live, (&table, &settled), &retired, is_rebuilt, context);
    let Made { procedure, steps, load, standing, stands, mut after } = made;
    findings.extend(guard::of_standing(live, &stands));
    findings.extend(guard::message(live, &schema));
    findings.extend(iceberg::refused(live.standing.as_ref(), &stands, &settled.statements));
    findings.extend((procedure == Procedure::SamePrefix).then(|| kind::pipe_recreated(&load)));
    findings.extend(retired.iter().map(|version| retire::finding(*version, &load, &new.platform)));
    let file = file_of(live, new.version, procedure, &retired);
    let artifacts = evolved_artifacts((&table, &standing), &after.versions, &load, (&file, &steps), context);
    findings.extend(render::findings(&schema, (&table, &load), &artifacts, context));
    findings.extend(widened);
    findings.extend(settled.findings);
    after.standing = Some(stands);
    let home = Home::of(context);
    Evolution { procedure, steps, rebuild, findings, schema, table, standing, load, home, live: after, artifacts }
}

/// What becomes of a table that was fitted to the one that stands.
struct Made {
    procedure: Procedure,
    steps: Vec<EvolutionStep>,
    load: Load,
    standing: Table,
    stands: Standing,
    after: Live,
}

impl Made {
    fn of(
        live: &Live,
        (table, settled): (&Table, &columns::Settled),
        retired: &[Version],
        is_rebuilt: bool,
        context: Context<'_>,
    ) -> Self {
        let (load, platform) = (load_of(table, context), context.platform);
        let has_one_pipe = is_rebuilt || load.kind == LoadKind::KafkaConnector;
        let gone = if has_one_pipe { &live.versions } else { retired };
        let gone: Vec<Version> = gone.iter().copied().filter(|version| *version != context.version).collect();
        let after = Live {
            table: table.name.clone(),
            columns: settled.columns.clone(),
            versions: live.versions_with(context.version, &gone),
            standing: None,
            changes: live.changes.saturating_add(1),
            drift: Vec::new(),
        };
        let standing = columns::standing(table, &after, &settled.kept);
        let copy = sql::copy_lines(table, &load, platform).into_text();
        let stands = Standing::of(&Home::of(context), &standing, &load, &copy);
        let slug = Slug::of(context.subject);
        let change = steps::Change {
            live,
            table,
            standing: &standing,
            load: &load,
            stands: &stands,
            statements: &settled.statements,
            retired,
            slug: &slug,
        };
        let procedure = match guard::procedure(live, context.version, &stands) {
            _ if is_rebuilt => Procedure::Rebuild,
            Procedure::TableOnly if !retired.is_empty() && !change.alters(platform) => Procedure::Retirement,
            procedure => procedure,
        };
        let steps = kind::steps(&change, procedure, platform);
        Self { procedure, steps, load, standing, stands, after }
    }
}

/// The steps that make the table anew instead of leaving columns beside each other; none where none is left.
fn last_resort(live: &Live, table: &Table, settled: &columns::Settled, context: Context<'_>) -> Vec<EvolutionStep> {
    if settled.left.is_empty() || table.options.iceberg.is_some() || !context.load_kind().has_files() {
        return Vec::new();
    }
    let (mut table, mut settled) = (table.clone(), settled.clone());
    columns::remake(&mut table, &mut settled);
    Made::of(live, (&table, &settled), &[], true, context).steps
}

/// The name of the file of steps: counted, so that no change overwrites what another one left.
fn file_of(live: &Live, version: Version, procedure: Procedure, retired: &[Version]) -> String {
    let number = live.changes.saturating_add(1);
    let retired = || retired.iter().map(|version| format!("-v{version}")).collect::<String>();
    match (procedure, live.newest()) {
        (Procedure::Retirement, _) => format!("5-change-{number}-retire{}", retired()),
        (_, Some(from)) if from != version => format!("5-change-{number}-v{from}-to-v{version}"),
        _ => format!("5-change-{number}-v{version}"),
    }
}

//! From the event as it is live to its next version or design: the statements and steps that lose no row and load none twice, what
//! is checked before each goes on, and what is refused.

mod columns;
mod findings;
mod guard;
mod live;
mod rebuild;
mod standing;
mod steps;
mod widened;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use findings::silent_breaks;
pub use live::{Live, StandingColumn};
pub use standing::{Home, Standing};

use crate::artifact::{Artifact, evolved_artifacts};
use crate::design::{Design, TableEdit};
use crate::diagnostic::Diagnostic;
use crate::load::{Load, load_of};
use crate::render::{self, RenderInput, read_for};
use crate::schema::Schema;
use crate::sql;
use crate::table::{Table, table_of};

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
}

impl Procedure {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::VersionedPrefix => "new pipe beside the old one",
            Self::SamePrefix => "pipe made anew on the same prefix",
            Self::TableOnly => "table altered, pipe untouched",
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
    let settled = columns::settle(live, &mut table, new.version);
    let load = load_of(&table, context);
    let home = Home::of(context);
    let mut after = Live {
        table: table.name.clone(),
        columns: settled.columns,
        versions: live.versions_with(new.version),
        standing: None,
    };
    let standing = columns::standing(&table, &after, &settled.kept);
    let copy = sql::copy_lines(&table, &load, &new.platform).into_text();
    let stands = Standing::of(&home, &standing, &load, &copy);
    findings.extend(guard::of_standing(live, &stands));
    let procedure = guard::procedure(live, new.version, &stands);
    findings.extend((procedure == Procedure::SamePrefix).then(|| findings::pipe_recreated(&load)));
    let change = steps::Change {
        live,
        table: &table,
        standing: &standing,
        load: &load,
        stands: &stands,
        statements: &settled.statements,
    };
    let steps = change.steps(procedure, &new.platform);
    let rebuild = match settled.left.as_slice() {
        [] => Vec::new(),
        left => {
            let wanted = columns::rebuilt(&standing, left);
            let filled = columns::filled(&wanted, &table, left);
            rebuild::steps(&wanted, &filled, &load, live, &new.platform)
        }
    };
    let artifacts = evolved_artifacts((&table, &standing), &after.versions, &load, &steps, context);
    findings.extend(render::findings(&schema, (&table, &load), &artifacts, context));
    findings.extend(widened);
    findings.extend(settled.findings);
    after.standing = Some(stands);
    Evolution { procedure, steps, rebuild, findings, schema, table, standing, load, home, live: after, artifacts }
}

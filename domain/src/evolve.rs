//! From the event as it is live to its next version or design: the statements and steps that lose no row and load none twice, what
//! is checked before each goes on, and what is refused.

mod columns;
mod findings;
mod live;
mod rebuild;
mod steps;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use findings::silent_breaks;
pub use live::{Live, StandingColumn};

use crate::artifact::{Artifact, evolved_artifacts};
use crate::design::Design;
use crate::diagnostic::Diagnostic;
use crate::load::{Load, load_of};
use crate::render::{self, RenderInput};
use crate::schema::{Schema, read};
use crate::table::{Context, Table, table_of};

/// How a running event is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// A new version has a prefix and a pipe of its own beside the old ones: nothing is ever taken apart that still loads.
    VersionedPrefix,
    /// The same version with another design: its pipe is made anew on the same prefix, which forgets what it loaded.
    SamePrefix,
}

impl Procedure {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::VersionedPrefix => "new pipe beside the old one",
            Self::SamePrefix => "pipe made anew on the same prefix",
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
    evolve_read(live, read(&new.schema), new, &new.design)
}

/// The same for a schema that has been read already, with this design instead of the input's own.
pub fn evolve_read(live: &Live, schema: impl Into<Arc<Schema>>, new: &RenderInput, design: &Design) -> Evolution {
    let schema = schema.into();
    let mut findings = findings::of_event(live, new.version, design);
    let mut design = design.clone();
    design.table.name = None;
    design.table.replace = None;
    let columns = live.named_columns();
    let context = Context {
        subject: &new.subject,
        version: new.version,
        schema_type: new.schema.schema_type,
        platform: &new.platform,
        design: &design,
        live: &columns,
    };
    let mut table = Table { name: live.table.clone(), ..table_of(&schema, context) };
    let settled = columns::settle(live, &mut table, new.version);
    let load = load_of(&table, context);
    let after = Live { table: table.name.clone(), columns: settled.columns, versions: live.versions_with(new.version) };
    let standing = columns::standing(&table, &after, &settled.kept);
    let change =
        steps::Change { live, table: &table, standing: &standing, load: &load, statements: &settled.statements };
    let procedure =
        if live.versions.contains(&new.version) { Procedure::SamePrefix } else { Procedure::VersionedPrefix };
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
    findings.extend(settled.findings);
    Evolution { procedure, steps, rebuild, findings, schema, table, standing, load, live: after, artifacts }
}

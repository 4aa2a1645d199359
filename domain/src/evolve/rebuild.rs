//! The last resort: a table made anew from the files and swapped with the old one, where a type has to change in place.

use super::columns::Settled;
use super::steps::{Change, GRACE_HOURS, step};
use super::{EvolutionStep, iceberg};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::{error, warning};
use crate::platform::{LoadKind, Platform};
use crate::schema::FieldPath;
use crate::sql;
use crate::table::{Context, Table, TableOptions, fit};

/// Room for what follows the name of the table that is built.
const ROOM: usize = 24;

/// A table beside the old one, filled from the stage, then swapped with it. Only the newest version has a pipe afterwards: the others
/// fill columns as they were.
pub fn steps(change: &Change<'_>, platform: &Platform) -> Vec<EvolutionStep> {
    let Change { live, load, table, standing, .. } = change;
    let name = format!("{}_REBUILT_V{}", fit(&live.table, &live.table, ROOM), load.version);
    let options = TableOptions { replace: false, create_or_alter: false, ..standing.options.clone() };
    let built = Table { name: name.clone(), options, ..(*standing).clone() };
    let loaded = Table { name: name.clone(), ..(*table).clone() };
    let pipes: Vec<String> = live.versions.iter().map(|version| load.pipe_of(*version)).collect();
    let status = || -> Vec<String> { pipes.iter().map(|pipe| sql::pipe_status(pipe, platform)).collect() };
    let counts = || [live.table.as_str(), &name].map(|table| sql::count_rows(table, platform));
    let copy: String = sql::copy_lines(&loaded, load, platform).into_text();
    let mut swap = vec![sql::swap_tables(&live.table, &name, platform)];
    swap.extend(pipes.iter().filter(|pipe| **pipe != load.pipe).map(|pipe| sql::drop_pipe(pipe, platform)));
    swap.push(sql::replace_pipe(table, load, platform).trim_end().to_owned());
    swap.extend(sql::grants(table, load, platform).lines().map(str::to_owned));
    vec![
        step(
            "Stop the sink job's commits and let every pipe drain",
            Vec::new(),
            status(),
            &format!(
                "pendingFileCount and numOutstandingMessagesOnChannel are 0, for older versions since {GRACE_HOURS} hours."
            ),
            "What a pipe has queued is lost when it is made anew.",
        ),
        step(
            "Build the new table",
            vec![sql::create_table(&built, platform).trim_end().to_owned(), copy.trim_end().to_owned()],
            std::iter::once(sql::loaded_files(&name, platform)).chain(counts()).collect(),
            "Every file of the stage is in the history of the new table. Repeat the COPY for the prefix of every older version, each with that version's expressions, also of those whose pipes were taken out: their COPY is in the repository's history. Then the new table has as many rows as the old one, but for what arrived meanwhile.",
            "A bulk load has a history of its own, so that it can be repeated until nothing is left.",
        ),
        step(
            "Pause the pipes and load the rest",
            pipes.iter().map(|pipe| sql::pause_pipe(pipe, platform)).collect(),
            status().into_iter().chain(counts()).collect(),
            "Every pipe is PAUSED. Repeat the COPY: it loads what came since. Then count the rows of both tables, and stop if the new one has fewer: what files no longer have would be lost with the old table.",
            "Nothing may arrive between the last COPY and the swap.",
        ),
        step(
            "Swap the tables",
            swap,
            vec![sql::describe_table(&live.table, platform), sql::pipe_status(&load.pipe, platform)],
            "The table has the columns of its definition, and executionState of its only pipe is RUNNING.",
            "A swap is one step, so that no query sees half of it; the old table stays under the other name until it is no longer needed.",
        ),
    ]
}

/// Whether there is anything to make the table anew for, and a statement that swaps it; if not, that is found.
pub fn is_possible((table, settled): (&Table, &Settled), context: Context<'_>, findings: &mut Vec<Diagnostic>) -> bool {
    if !context.load_kind().has_files() {
        findings.push(without_files(context.load_kind()));
        return false;
    }
    if settled.left.is_empty() {
        findings.push(needless());
        return false;
    }
    if table.options.iceberg.is_some() {
        findings.push(iceberg::rebuild());
        return false;
    }
    true
}

/// That there is nothing to fill a new table from.
fn without_files(kind: LoadKind) -> Diagnostic {
    let message =
        format!("A table is made anew from the files of its stage, and {} loads rows without any.", kind.named());
    error("rebuild-without-files", message, "Take that option back, and keep the old column beside the new one.")
}

/// That nothing is made anew.
pub fn needless() -> Diagnostic {
    let message = "No type of a column has to change in a table that is live, so that nothing is made anew.";
    warning("rebuild-needless", message, "Take that option back.")
}

/// What becomes of the columns that would be left beside new ones.
pub fn findings(table: &Table, settled: &mut Settled) -> Vec<Diagnostic> {
    settled.findings.retain(|found| found.code != "live-column-beside");
    let of = |(left, beside): &(String, String)| {
        let column = table.columns().find(|column| column.name == *beside)?;
        let path: FieldPath = column.source.clone().unwrap_or_default();
        let message = format!(
            "{left} becomes {} in a table that is made anew from the files of the stage and swapped with this one.",
            column.ty
        );
        let found = Diagnostic::warning("live-table-rebuilt", path, message);
        Some(found.hint("Do the steps before Terraform applies this, and tell who queries the table. Only the newest version keeps a pipe."))
    };
    settled.left.iter().filter_map(of).collect()
}

//! The last resort: a table made anew from the files, where a type has to change in place.

use super::EvolutionStep;
use super::live::Live;
use crate::load::Load;
use crate::platform::Platform;
use crate::sql;
use crate::table::{Table, TableOptions, fit};

/// Room for what follows the name of the table that is built.
const ROOM: usize = 24;

/// A table beside the old one, filled from the stage, then swapped with it. `wanted` is the whole table as it is to be, `filled` what
/// of it the new version fills.
pub fn steps(wanted: &Table, filled: &Table, load: &Load, live: &Live, platform: &Platform) -> Vec<EvolutionStep> {
    let name = format!("{}_REBUILT_V{}", fit(&live.table, &live.table, ROOM), load.version);
    let options = TableOptions { replace: false, create_or_alter: false, ..wanted.options.clone() };
    let built = Table { name: name.clone(), options, ..wanted.clone() };
    let loaded = Table { name: name.clone(), ..filled.clone() };
    let pipes: Vec<String> = live.versions.iter().map(|version| format!("{}_V{version}", load.pipe_stem)).collect();
    let copy: String = sql::copy_lines(&loaded, load, platform).into_text();
    let step = |title: &str, statements, checks, expect: &str, why: &str| EvolutionStep {
        title: title.into(),
        statements,
        checks,
        expect: expect.into(),
        why: why.into(),
    };
    vec![
        step(
            "Build the new table",
            vec![sql::create_table(&built, platform).trim_end().to_owned(), copy.trim_end().to_owned()],
            vec![sql::loaded_files(&name, platform)],
            "Every file of the stage is in the history of the new table. Repeat the COPY for the prefix of every older version, each with that version's expressions.",
            "A bulk load has a history of its own, so that it can be repeated until nothing is left.",
        ),
        step(
            "Pause the pipes and load the rest",
            pipes.iter().map(|pipe| sql::pause_pipe(pipe, platform)).collect(),
            pipes.iter().map(|pipe| sql::pipe_status(pipe, platform)).collect(),
            "Every pipe is PAUSED. Repeat the COPY: it loads what came since.",
            "Nothing may arrive between the last COPY and the swap.",
        ),
        step(
            "Swap the tables",
            vec![
                sql::swap_tables(&live.table, &name, platform),
                sql::replace_pipe(filled, load, platform).trim_end().to_owned(),
            ],
            vec![sql::describe_table(&live.table, platform)],
            "The table has the new columns. Drop the pipes of older versions, which may still mean the old table, and grant again.",
            "A swap is one step, so that no query sees half of it; the old table stays under the other name until it is no longer needed.",
        ),
    ]
}

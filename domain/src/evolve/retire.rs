//! Pipes of older versions are taken out once they have drained: what is checked before, and what is refused.

use super::EvolutionStep;
use super::live::Live;
use super::steps::{Change, GRACE_HOURS, step};
use crate::artifact::grants_on_pipes;
use crate::design::LoadEdit;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::{error, warning};
use crate::load::Load;
use crate::platform::Platform;
use crate::sql;
use crate::subject::Version;

/// The versions whose pipes this change takes out, oldest first, and what there is to say of those that it cannot.
pub fn retired(live: &Live, version: Version, edit: &LoadEdit) -> (Vec<Version>, Vec<Diagnostic>) {
    let (mut retired, mut found) = (Vec::new(), Vec::new());
    for wanted in edit.retire.iter().flatten() {
        match refusal(live, version, *wanted) {
            Some(refusal) => found.push(refusal),
            None => retired.push(*wanted),
        }
    }
    retired.sort_unstable();
    retired.dedup();
    (retired, found)
}

fn refusal(live: &Live, version: Version, wanted: Version) -> Option<Diagnostic> {
    const BACK: &str = "Take that edit back, or name a version whose pipe has drained.";
    if live.is_empty() || !live.versions.contains(&wanted) {
        let message = format!("Version {wanted} of this event has no pipe, so there is none to take out.");
        return Some(error("retire-unknown", message, BACK));
    }
    (wanted == version || live.newest() == Some(wanted)).then(|| {
        let message = format!("The sink job writes version {wanted}, so its pipe cannot be taken out.");
        error("retire-newest", message, BACK)
    })
}

/// What has to be seen before anybody approves: the merge takes the pipe out of Terraform, which drops it.
pub fn finding(version: Version, load: &Load, platform: &Platform) -> Diagnostic {
    let pipe = load.pipe_of(version);
    if !load.kind.has_files() {
        let message =
            format!("{pipe} is dropped when this is merged and applied, with its channels and their offsets.");
        let hint = format!(
            "Approve only when the sink job has sent its rows through the pipe of a newer version for {GRACE_HOURS} hours."
        );
        return warning("retire-drained", message, hint);
    }
    let message =
        format!("{pipe} is dropped when this is merged and applied, and whatever is still queued for it is lost.");
    let status = sql::pipe_status(&pipe, platform);
    let status = status.trim_end_matches(';');
    let hint = format!(
        "Approve only when {status} has said 0 for pendingFileCount and numOutstandingMessagesOnChannel for {GRACE_HOURS} hours."
    );
    warning("retire-drained", message, hint)
}

/// The steps for one pipe.
pub fn steps(version: Version, change: &Change<'_>, platform: &Platform) -> Vec<EvolutionStep> {
    let load = change.load;
    let pipe = load.pipe_of(version);
    let status = || sql::pipe_status(&pipe, platform);
    let destroyed = destroyed(version, change, platform);
    let drop = step(
        &format!("Drop the pipe of version {version}"),
        vec![sql::drop_pipe(&pipe, platform)],
        Vec::new(),
        &format!(
            "Terraform's plan destroys {destroyed}, or none of these where they are gone already. Stop if it destroys anything else."
        ),
        "Its entry leaves Terraform with this change; its copy statement stays in the repository's history.",
    );
    if !load.kind.has_files() {
        return vec![unsent(version, sql::show_channels(&pipe, platform)), drop];
    }
    vec![
        step(
            &format!("See that the pipe of version {version} has drained"),
            Vec::new(),
            vec![status(), sql::list_files(load, version, platform)],
            &format!(
                "pendingFileCount and numOutstandingMessagesOnChannel have been 0 for {GRACE_HOURS} hours, and no file is younger than that. If not, stop: the pipe still loads."
            ),
            "Dropping a pipe loses what is queued for it and forgets what it loaded.",
        ),
        step(
            &format!("Pause the pipe of version {version}"),
            vec![sql::pause_pipe(&pipe, platform)],
            vec![status()],
            "executionState is PAUSED and pendingFileCount is still 0. If it is not, resume the pipe and let it drain.",
            "Files that arrive at the last moment are seen before anything is lost: a paused pipe can still be resumed.",
        ),
        drop,
    ]
}

/// What goes with a pipe from Terraform's state: the pipe itself, and what is granted on it.
fn destroyed(version: Version, change: &Change<'_>, platform: &Platform) -> String {
    let granted = grants_on_pipes(change.table, change.load, change.slug, platform);
    let addresses = std::iter::once(format!("snowflake_pipe.{}", change.slug.label())).chain(granted);
    addresses.map(|address| format!("{address}[\"v{version}\"]")).collect::<Vec<_>>().join(", ")
}

/// That nothing is sent to a pipe of rows any more.
fn unsent(version: Version, channels: String) -> EvolutionStep {
    step(
        &format!("See that nothing is sent to the pipe of version {version}"),
        Vec::new(),
        vec![channels],
        &format!(
            "The sink job has sent its rows through the pipe of a newer version for {GRACE_HOURS} hours, and offset_token of this pipe's channels has not moved since its savepoint. If they have, stop: the pipe still loads."
        ),
        "Dropping a pipe takes its channels with it, and what they had not committed.",
    )
}

//! What differs by what loads an event: another kind is refused, and rows that come without files are switched by other steps.

use super::steps::{Change, step};
use super::{EvolutionStep, Procedure, findings};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::{error, warning};
use crate::load::Load;
use crate::platform::{LoadKind, Platform};
use crate::sql;

/// An event that is live keeps its kind. A switch would need to know which rows the old load had brought when the new one started,
/// and neither counts what the other counts: files here, offsets there.
pub fn of_standing(stands: LoadKind, wanted: LoadKind) -> Option<Diagnostic> {
    let message = format!(
        "The event is loaded by {}, and {} would not know which rows are there already: some would be lost, or loaded twice.",
        stands.named(),
        wanted.named()
    );
    (stands != wanted).then(|| {
        let hint = format!(
            "Keep {stands}, or onboard the event under a new subject and read both tables in a view, each event once by its id."
        );
        error("live-load-kind", message, hint)
    })
}

/// What it means that the pipe is made anew.
pub fn pipe_recreated(load: &Load) -> Diagnostic {
    if load.kind.has_files() {
        return findings::pipe_recreated(load);
    }
    let message = format!(
        "The COPY of {} changes, so Terraform drops and makes the pipe anew, and its channels with their offsets are gone.",
        load.pipe
    );
    let hint = "Stop what sends the rows before the change is merged; what it had not been told to be committed is sent again.";
    warning("live-pipe-recreated", message, hint)
}

/// The steps of a procedure.
pub fn steps(change: &Change<'_>, procedure: Procedure, platform: &Platform) -> Vec<EvolutionStep> {
    match (change.load.kind, procedure) {
        (LoadKind::Snowpipe, _) | (_, Procedure::TableOnly | Procedure::Retirement | Procedure::Rebuild) => {
            change.steps(procedure, platform)
        }
        (LoadKind::SnowpipeStreaming, Procedure::VersionedPrefix) => {
            beside(change, platform).into_iter().chain(change.retirement(platform)).collect()
        }
        _ => anew(change, platform).into_iter().chain(change.retirement(platform)).collect(),
    }
}

/// The newer version has a pipe beside the older one, and the sink job is switched from one to the other.
fn beside(change: &Change<'_>, platform: &Platform) -> Vec<EvolutionStep> {
    let new = &change.load.pipe;
    let old = change.live.newest().map(|version| change.load.pipe_of(version));
    let channels = old.iter().chain([new]).map(|pipe| sql::show_channels(pipe, platform)).collect();
    let beside = [
        step(
            "Create the pipe of the new version",
            change.create_pipe(platform),
            vec![sql::describe_pipe(new, platform)],
            "The pipe is there, with the columns of its definition.",
            "Each pipe has channels of its own, so that nothing is sent to two.",
        ),
        step(
            "Stop the sink job with a savepoint and start its new version from it",
            Vec::new(),
            channels,
            "The offset_token of the old pipe's channels is the savepoint's offset and moves no more, and that of the new pipe's channels goes on from there.",
            "The new channels have no offsets yet: the savepoint says where the new version begins.",
        ),
        step(
            "Have the old pipe taken out",
            Vec::new(),
            Vec::new(),
            "The catalogue of events offers it for each pipe that is not the newest, and a request of its own drops it.",
            "Dropping a pipe takes its channels and their offsets with it, so it comes last and in a reviewed change of its own.",
        ),
    ];
    change.alter(platform).into_iter().chain(beside).collect()
}

/// The pipe is made anew while nothing is sent to it. The connector has one pipe for all versions, so this is its only way.
fn anew(change: &Change<'_>, platform: &Platform) -> Vec<EvolutionStep> {
    let pipe = &change.load.pipe;
    let sender = if change.load.kind == LoadKind::KafkaConnector { "connector" } else { "sink job" };
    let mut create = vec![sql::replace_pipe(change.table, change.load, platform).trim_end().to_owned()];
    create.extend(sql::grants(change.table, change.load, platform).lines().map(str::to_owned));
    let stop = [step(
        &format!("Stop the {sender}"),
        Vec::new(),
        vec![sql::show_channels(pipe, platform)],
        "Every channel's offset_token is the last offset that was sent, and the one before the consumer group's next. Write them down.",
        "A pipe that is made anew has no channels, and what was sent and not committed is gone.",
    )];
    let go_on = [
        step(
            "Make the pipe anew",
            create,
            vec![sql::describe_pipe(pipe, platform)],
            "The pipe is there, with the columns of its definition and its grants.",
            "The COPY of a pipe cannot be altered; a new pipe has no grants.",
        ),
        step(
            &format!("Start the {sender} again"),
            Vec::new(),
            vec![sql::show_channels(pipe, platform)],
            "The pipe has channels again, and their offset_token goes on from the offsets that were written down; an event that came twice has the same _EVENT_ID.",
            "Without channels the offsets of the consumer group say where to go on.",
        ),
    ];
    stop.into_iter().chain(change.alter(platform)).chain(go_on).collect()
}

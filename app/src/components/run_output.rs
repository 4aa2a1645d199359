//! What a run's steps have made: beside the step, in the list "Made so far", and in the sentence about what a cancel leaves behind.

use domain::journal::{AttemptResult, RunView};
use domain::plan::StepKind;
use domain::run::Machine;
use leptos::prelude::*;
use serde_json::Value;

use super::digest::Digest;
use super::state::counted;
use crate::ui::{Glyph, Icon, IconSize};

/// One thing that a step made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// The digest that was checked.
    Digest(String),
    /// A branch of the forge's repository.
    Branch(String),
    /// A commit, and how many files it has if that is known.
    Commit(String, Option<usize>),
    /// A pull request, by its label.
    PullRequest(String),
    /// The merge of a pull request, by its commit.
    Merge(String),
    /// The table of the event that is in the catalogue.
    Table(String),
}

/// What the step of this kind made, the most telling thing first.
pub fn made_by(machine: &Machine, kind: StepKind) -> Vec<Made> {
    let Some(output) = output_of(machine, kind) else { return vec![] };
    let text = |key: &str| output.get(key).and_then(Value::as_str).map(str::to_owned);
    let made = match kind {
        StepKind::Validate => [text("digest").map(Made::Digest), None],
        StepKind::WriteChange => {
            let files = output.get("files").and_then(Value::as_u64).and_then(|files| usize::try_from(files).ok());
            [text("commit").map(|commit| Made::Commit(commit, files)), text("branch").map(Made::Branch)]
        }
        StepKind::OpenPullRequest => [text("pullRequest").map(Made::PullRequest), None],
        StepKind::MergePullRequest => [text("commit").map(Made::Merge), None],
        StepKind::RecordEvent => [text("table").map(Made::Table), None],
    };
    made.into_iter().flatten().collect()
}

fn output_of(machine: &Machine, kind: StepKind) -> Option<&Value> {
    let step = machine.plan().steps.iter().find(|step| step.kind == kind)?;
    machine.outputs().get(&step.key)
}

/// What the whole run made so far, in the order of its steps; what was only checked is not made.
pub fn made_so_far(machine: &Machine) -> Vec<Made> {
    let kinds = machine.plan().steps.iter().map(|step| step.kind);
    kinds.flat_map(|kind| made_by(machine, kind)).filter(|made| !matches!(made, Made::Digest(_))).collect()
}

/// Whether nobody knows yet if the merge was done: its newest attempt has not ended, or was cut off.
fn may_be_merged(view: &RunView) -> bool {
    let step = view.machine.plan().steps.iter().find(|step| step.kind == StepKind::MergePullRequest);
    let newest = step.and_then(|step| view.attempts.iter().rfind(|attempt| attempt.step == step.key));
    newest.is_some_and(|attempt| matches!(attempt.result, None | Some(AttemptResult::Interrupted)))
}

/// What a cancel at this moment leaves behind, or has left.
pub fn left_behind(view: &RunView) -> String {
    let machine = &view.machine;
    let made = made_so_far(machine);
    let branch = made.iter().find_map(|made| if let Made::Branch(name) = made { Some(name.as_str()) } else { None });
    let pull_request =
        made.iter().find_map(|made| if let Made::PullRequest(label) = made { Some(label.as_str()) } else { None });
    let merged = made.iter().any(|made| matches!(made, Made::Merge(_)));
    match (pull_request, branch) {
        _ if merged => {
            "The change is merged and stays merged. The event is not in the catalogue; to take the change away, revert the merge in the repository.".to_owned()
        }
        (Some(label), _) if may_be_merged(view) => format!(
            "The merge of pull request {label} was under way and may still be done. Look in the repository: close the pull request if it is open, or revert the merge."
        ),
        (Some(label), _) => {
            format!("Pull request {label} stays open and nothing is merged. Close it in the repository if nobody needs it.")
        }
        (None, Some(branch)) => {
            format!("The branch {branch} stays and nothing is merged. Delete it in the repository if nobody needs it.")
        }
        (None, None) => "Nothing was made, so nothing stays behind.".to_owned(),
    }
}

/// The thing as it stands beside its step.
#[component]
pub fn Output(made: Made) -> impl IntoView {
    match made {
        Made::Digest(digest) => view! { <Digest text=digest label="Copy the digest" /> }.into_any(),
        Made::Branch(name) => view! { <span class="mono text-xs text-muted">{name}</span> }.into_any(),
        Made::Commit(id, files) => view! {
            <span class="state">
                <Digest text=id label="Copy the commit's id" />
                {files.map(|files| view! { <span class="text-muted">{counted(files, "file", "files")}</span> })}
            </span>
        }
        .into_any(),
        Made::PullRequest(label) => view! {
            <span class="state">
                <Icon glyph=Glyph::GitPullRequest size=IconSize::Small class="text-muted" />
                <span class="num">{label}</span>
            </span>
        }
        .into_any(),
        Made::Merge(id) => view! {
            <span class="state">
                <Digest text=id label="Copy the id of the merge" />
                <span class="text-muted">"merged"</span>
            </span>
        }
        .into_any(),
        Made::Table(name) => view! { <span class="mono text-xs">{name}</span> }.into_any(),
    }
}

/// The list "Made so far".
#[component]
pub fn MadeSoFar(made: Vec<Made>) -> impl IntoView {
    let fact = |made: Made| {
        let label = match made {
            Made::Digest(_) => "Digest",
            Made::Branch(_) => "Branch",
            Made::Commit(..) => "Commit",
            Made::PullRequest(_) => "Pull request",
            Made::Merge(_) => "Merge",
            Made::Table(_) => "Event",
        };
        view! {
            <dt>{label}</dt>
            <dd>
                <Output made />
            </dd>
        }
    };
    if made.is_empty() {
        return view! { <p class="pane-block text-xs text-muted">"Nothing so far."</p> }.into_any();
    }
    view! { <dl class="facts facts-sm pane-block items-center">{made.into_iter().map(fact).collect_view()}</dl> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::super::run_fixture::{after_steps, attempt, running};
    use super::*;

    #[test]
    fn what_is_made_grows_with_the_steps() {
        let counts: Vec<usize> = (0..=5).map(|steps| made_so_far(&after_steps(steps)).len()).collect();
        assert_eq!(counts, [0, 0, 2, 3, 4, 5]);
        assert_eq!(
            made_by(&after_steps(2), StepKind::WriteChange)[0],
            Made::Commit("5f0c2d8b9a7e6f5d4c3b2a190817263544536271".to_owned(), Some(7))
        );
        assert_eq!(made_by(&after_steps(1), StepKind::WriteChange), []);
    }

    #[test]
    fn a_cancel_names_what_stays_behind() {
        let starts = [
            "Nothing was made",
            "Nothing was made",
            "The branch onboard/r-12",
            "Pull request #4",
            "The change is merged",
        ];
        for (steps, start) in starts.into_iter().enumerate() {
            let sentence = left_behind(&RunView { machine: after_steps(steps), ..running() });
            assert!(sentence.starts_with(start), "{steps}: {sentence}");
        }
    }

    #[test]
    fn a_cancel_during_the_merge_does_not_claim_that_nothing_is_merged() {
        let said = |result: Option<AttemptResult>| {
            let merge = attempt("merge-pull-request", 1, 0, result.map(|_| 10), result);
            left_behind(&RunView { machine: after_steps(3), attempts: vec![merge], ..running() })
        };
        for unknown in [None, Some(AttemptResult::Interrupted)] {
            let sentence = said(unknown);
            assert!(sentence.contains("#4 was under way and may still be done"), "{sentence}");
        }
        assert!(said(Some(AttemptResult::Failed)).contains("nothing is merged"));
    }
}

//! What stands in the row of a step and of an attempt, worked out from the run's view.

use domain::journal::{Attempt, AttemptResult, RunView};
use domain::run::{Phase, StepState};

use crate::components::run_lanes::{Axis, wait_after};
use crate::components::run_output::{Made, made_by};
use crate::ui::{Segment, time};

/// The row of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepRow {
    pub state: StepState,
    pub title: &'static str,
    pub detail: String,
    /// Said when there was more than one attempt.
    pub attempts: Option<String>,
    pub segments: Vec<Segment>,
    pub took: String,
    pub made: Option<Made>,
}

/// The row of an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptRow {
    pub title: String,
    pub message: String,
    pub word: &'static str,
    /// Whether it failed; `None` while it runs or when it only waits.
    pub failed: Option<bool>,
    pub segments: Vec<Segment>,
    pub took: String,
    /// What came after it.
    pub note: String,
}

/// The row of the step at this index of the plan.
pub fn step_row(view: &RunView, index: usize) -> Option<StepRow> {
    let step = view.machine.plan().steps.get(index)?;
    let state = view.machine.step_state(index);
    let attempts = attempts_of(view, index);
    let axis = Axis::of(view);
    let mut made = made_by(&view.machine, step.kind).into_iter();
    Some(StepRow {
        state,
        title: step.kind.title(),
        detail: detail(view, state),
        attempts: said_attempts(&attempts, step.retry.max_attempts),
        segments: (0..attempts.len()).flat_map(|place| bars(axis, &attempts, place, state)).collect(),
        took: took(view, &attempts, state),
        made: made.next(),
    })
}

/// The rows of a step's attempts, when there is more to say than the step's own row says.
pub fn attempt_rows(view: &RunView, index: usize) -> Vec<AttemptRow> {
    let attempts = attempts_of(view, index);
    let state = view.machine.step_state(index);
    let axis = Axis::of(view);
    let failed = attempts.iter().any(|attempt| is_failure(attempt));
    if attempts.len() < 2 && !failed {
        return vec![];
    }
    attempts
        .iter()
        .enumerate()
        .map(|(place, attempt)| AttemptRow {
            title: format!("Attempt {}", attempt.number),
            message: attempt.message.clone(),
            word: attempt.result.map_or("running", AttemptResult::word),
            failed: match attempt.result {
                Some(AttemptResult::Done) => Some(false),
                Some(AttemptResult::Failed | AttemptResult::Interrupted) => Some(true),
                Some(AttemptResult::Waiting) | None => None,
            },
            segments: bars(axis, &attempts, place, state),
            took: attempt.ended_at.map_or_else(String::new, |end| time::duration(end.millis_since(attempt.started_at))),
            note: note(attempt, attempts.get(place + 1).copied()),
        })
        .collect()
}

/// How often a step was tried again because the try before it failed.
pub fn retries(view: &RunView) -> usize {
    (0..view.machine.plan().steps.len())
        .map(|index| {
            let attempts = attempts_of(view, index);
            attempts.iter().zip(attempts.iter().skip(1)).filter(|(before, _)| is_failure(before)).count()
        })
        .sum()
}

fn attempts_of(view: &RunView, index: usize) -> Vec<&Attempt> {
    let key = view.machine.plan().steps.get(index).map(|step| &step.key);
    view.attempts.iter().filter(|attempt| Some(&attempt.step) == key).collect()
}

fn is_failure(attempt: &Attempt) -> bool {
    matches!(attempt.result, Some(AttemptResult::Failed | AttemptResult::Interrupted))
}

fn bars(axis: Axis, attempts: &[&Attempt], place: usize, state: StepState) -> Vec<Segment> {
    let Some(attempt) = attempts.get(place) else { return vec![] };
    let wait = wait_after(axis, attempt, attempts.get(place + 1).copied(), state == StepState::Waiting);
    [Some(axis.work(attempt)), wait].into_iter().flatten().collect()
}

fn detail(view: &RunView, state: StepState) -> String {
    match (state, view.machine.phase()) {
        (StepState::Waiting, Phase::Sleeping { seconds }) => {
            format!("again {}", time::relative(i64::from(*seconds) * 1_000, 0))
        }
        (StepState::Waiting, Phase::Waiting { signal }) => format!("waits for {signal}"),
        (StepState::Failed | StepState::Skipped, _) => state.label().to_owned(),
        _ => String::new(),
    }
}

fn said_attempts(attempts: &[&Attempt], most: u32) -> Option<String> {
    let last = attempts.last()?;
    attempts.iter().any(|attempt| is_failure(attempt)).then(|| {
        if last.number <= most {
            format!("attempt {} of {most}", last.number)
        } else {
            format!("attempt {}", last.number)
        }
    })
}

fn took(view: &RunView, attempts: &[&Attempt], state: StepState) -> String {
    let (Some(first), Some(last)) = (attempts.first(), attempts.last()) else { return String::new() };
    let live = matches!(state, StepState::Running | StepState::Waiting);
    let end = if live { view.now } else { last.ended_at.or(view.summary.ended_at).unwrap_or(view.now) };
    time::duration(end.millis_since(first.started_at))
}

fn note(attempt: &Attempt, next: Option<&Attempt>) -> String {
    match (attempt.ended_at, next) {
        (Some(end), Some(next)) => format!("then waited {}", time::duration(next.started_at.millis_since(end))),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::run_fixture::{after_steps, attempt, running};
    use crate::ui::SegmentKind;
    use domain::run::Input;

    #[test]
    fn a_step_that_was_tried_twice_unfolds_its_attempts() {
        let mut view = running();
        view.attempts = vec![
            attempt("validate", 1, 0, Some(1_000), Some(AttemptResult::Failed)),
            attempt("validate", 2, 3_000, Some(3_500), Some(AttemptResult::Done)),
            attempt("write-change", 1, 3_500, None, None),
        ];
        view.machine = after_steps(1);
        let row = step_row(&view, 0).unwrap();
        assert_eq!((row.attempts.as_deref(), row.took.as_str()), (Some("attempt 2 of 5"), "3.5 s"));
        let kinds: Vec<_> = row.segments.iter().map(|segment| segment.kind).collect();
        assert_eq!(kinds, [SegmentKind::Failed, SegmentKind::Wait, SegmentKind::Work]);
        let unfolded = attempt_rows(&view, 0);
        assert_eq!(unfolded.len(), 2);
        assert_eq!((unfolded[0].failed, unfolded[0].note.as_str()), (Some(true), "then waited 2.0 s"));
        assert_eq!(attempt_rows(&view, 1), []);
        assert_eq!(step_row(&view, 1).unwrap().took, "6.5 s", "a running step counts until now");
        assert_eq!(retries(&view), 1);
        assert_eq!(step_row(&view, 5), None);
    }

    #[test]
    fn a_step_that_failed_once_and_waits_shows_its_failure_and_the_wait_until_now() {
        let mut view = running();
        view.attempts = vec![attempt("validate", 1, 0, Some(1_000), Some(AttemptResult::Failed))];
        let key = view.machine.plan().steps[0].key.clone();
        view.machine = view.machine.after(Input::Failure {
            step: key,
            attempt: 1,
            message: "The forge does not answer.".to_owned(),
            retryable: true,
        });
        let row = step_row(&view, 0).unwrap();
        assert_eq!(row.detail, "again in 2 s");
        assert_eq!(row.segments.len(), 2);
        assert_eq!(row.segments[1].kind, SegmentKind::Wait);
        assert_eq!(attempt_rows(&view, 0).len(), 1);
        assert_eq!(retries(&view), 0, "the second attempt has not begun");
    }
}

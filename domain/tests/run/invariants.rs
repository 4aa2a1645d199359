//! Whatever comes, in whatever order: what a run has done stays done, steps are called in order, and over is over.

use std::collections::BTreeMap;

use domain::plan::{Plan, StepKey};
use domain::run::{Input, Machine, Next, Outcome, Phase, RunState, StepState};
use proptest::prelude::*;
use proptest::sample::select;

use crate::story::plan;

const KEYS: [&str; 4] = ["a", "b", "c", "d"];

/// What comes next; answers are mostly to the call that the machine asked for, so that runs get somewhere.
#[derive(Debug, Clone)]
enum Move {
    Answer(Outcome),
    Fail(bool),
    Any(Input),
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        4 => any::<u32>().prop_map(|n| Outcome::Done { output: n.into() }),
        1 => (0..100u32).prop_map(|seconds| Outcome::PollAgain { seconds }),
        1 => select(vec!["x", "y"]).prop_map(|signal| Outcome::Await { signal: signal.to_owned() }),
        1 => Just(Outcome::Rejected { reason: "No.".to_owned() }),
    ]
}

fn inputs() -> impl Strategy<Value = Input> {
    let step = || select(KEYS.to_vec()).prop_map(|key| StepKey(key.to_owned()));
    prop_oneof![
        (step(), 0..4u32, outcomes()).prop_map(|(step, attempt, outcome)| Input::Outcome { step, attempt, outcome }),
        (step(), 0..4u32, any::<bool>()).prop_map(|(step, attempt, retryable)| Input::Failure {
            step,
            attempt,
            message: "It failed.".to_owned(),
            retryable
        }),
        Just(Input::TimerFired),
        select(vec!["x", "y"]).prop_map(|name| Input::Signal { name: name.to_owned(), value: true.into() }),
        Just(Input::Retry),
    ]
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        12 => outcomes().prop_map(Move::Answer),
        4 => any::<bool>().prop_map(Move::Fail),
        12 => inputs().prop_map(Move::Any),
        1 => Just(Move::Any(Input::Cancel)),
    ];
    proptest::collection::vec(one, 0..60)
}

/// The move as an input to this machine.
fn input(machine: &Machine, step: Move) -> Input {
    let (key, attempt) = match machine.next() {
        Next::Call { step, attempt } => (step.key.clone(), attempt),
        _ => (StepKey("a".to_owned()), 1),
    };
    match step {
        Move::Answer(outcome) => Input::Outcome { step: key, attempt, outcome },
        Move::Fail(retryable) => Input::Failure { step: key, attempt, message: "It failed.".to_owned(), retryable },
        Move::Any(input) => input,
    }
}

fn position(machine: &Machine) -> usize {
    let keys = || machine.plan().steps.iter();
    machine.current().map_or(keys().count(), |step| keys().position(|other| other.key == step.key).unwrap())
}

/// Attempts are counted up by one, from 1, for each step.
fn check_call(called: &mut BTreeMap<StepKey, u32>, machine: &Machine) {
    if let Next::Call { step, attempt } = machine.next() {
        let last = called.insert(step.key.clone(), attempt);
        assert!(attempt == last.unwrap_or(0) + 1 || Some(attempt) == last, "{} {attempt} after {last:?}", step.key);
    }
}

fn check_change(before: &Machine, after: &Machine) {
    assert_eq!(before.plan(), after.plan(), "a plan never changes");
    let (from, to) = (position(before), position(after));
    assert!(to == from || to == from + 1, "from step {from} to {to}");
    assert!(before.outputs().iter().all(|(key, value)| after.outputs().get(key) == Some(value)), "outputs stay");
    assert!(before.mailbox().iter().all(|(name, value)| after.mailbox().get(name) == Some(value)), "signals stay");
    if before.state().is_over() {
        assert_eq!(before.state(), after.state(), "over is over");
        let told_late = before.state() == RunState::Cancelled && to == from + 1;
        assert!(before == after || told_late, "only a cancelled run takes in what its last step did");
    }
}

fn check(machine: &Machine) {
    let (steps, position) = (machine.plan().steps.len(), position(machine));
    let passed: Vec<_> = machine.plan().steps[..position].iter().map(|step| &step.key).collect();
    assert_eq!(machine.outputs().keys().collect::<Vec<_>>(), passed, "outputs of the passed steps and of no other");
    let completed = machine.state() == RunState::Completed;
    assert!(!completed || position == steps, "completed when nothing is left");
    assert!(position < steps || completed || machine.state() == RunState::Cancelled, "and then it is over");
    let done = (0..steps).filter(|index| machine.step_state(*index) == StepState::Done).count();
    assert_eq!(done, position);
    let failed = (0..steps).filter(|index| machine.step_state(*index) == StepState::Failed).count();
    assert_eq!(failed == 1, matches!(machine.state(), RunState::Stuck | RunState::Rejected));
    match machine.next() {
        Next::Call { step, attempt } => {
            assert_eq!(Some(&step.key), machine.current().map(|step| &step.key));
            assert!(attempt >= 1 && *machine.phase() == Phase::Ready);
        }
        Next::Sleep { .. } => assert_eq!(machine.state(), RunState::Running),
        Next::Await => assert!(matches!(machine.phase(), Phase::Waiting { .. } | Phase::Stuck { .. })),
        Next::Finished => assert!(machine.state().is_over()),
    }
    let stored = serde_json::to_value(machine).unwrap();
    assert_eq!(&serde_json::from_value::<Machine>(stored).unwrap(), machine);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_order_of_inputs_breaks_a_run(steps in 0..=KEYS.len(), moves in moves()) {
        let mut machine = Machine::new(plan(&KEYS[..steps]));
        let mut called = BTreeMap::new();
        check(&machine);
        check_call(&mut called, &machine);
        for step in moves {
            let next = machine.after(input(&machine, step));
            check_change(&machine, &next);
            check(&next);
            check_call(&mut called, &next);
            machine = next;
        }
    }

    #[test]
    fn a_run_whose_steps_keep_failing_is_stuck_after_the_tries_of_its_plan(tries in 1..12u32) {
        let mut plan: Plan = plan(&["a"]);
        plan.steps[0].retry.max_attempts = tries;
        let mut machine = Machine::new(plan);
        let mut calls = 0;
        while machine.state() == RunState::Running {
            machine = match machine.next() {
                Next::Call { step, attempt } => {
                    calls += 1;
                    let step = step.key.clone();
                    machine.after(Input::Failure { step, attempt, message: String::new(), retryable: true })
                }
                _ => machine.after(Input::TimerFired),
            };
        }
        prop_assert_eq!(calls, tries);
    }
}

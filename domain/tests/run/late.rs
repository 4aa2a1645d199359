//! Inputs that come late, twice, too early or for something else have no effect.

use domain::run::Input::{self, Retry, TimerFired};
use domain::run::{Machine, RunState, StepState};

use crate::story::*;

/// Everything that a call of step `key` may say, for any attempt.
fn answers(key: &str, attempt: u32) -> [Input; 5] {
    [done(key, attempt), poll(key, attempt, 1), awaits(key, attempt, "x"), rejects(key, attempt), fails(key, attempt)]
}

fn no_effect(machine: &Machine, inputs: impl IntoIterator<Item = Input>) {
    for input in inputs {
        assert_eq!(&machine.after(input.clone()), machine, "{input:?}");
    }
}

#[test]
fn the_answer_of_another_attempt_or_of_another_step_has_no_effect() {
    let machine = after(plan(&["a", "b", "c"]), [done("a", 1), fails("b", 1), TimerFired]);
    for attempt in [0, 1, 3, u32::MAX] {
        no_effect(&machine, answers("b", attempt));
    }
    for key in ["a", "c", "", "B", "b "] {
        for attempt in [1, 2] {
            no_effect(&machine, answers(key, attempt));
        }
    }
    assert_ne!(machine.after(done("b", 2)), machine, "the one that is expected has");
}

#[test]
fn an_answer_that_comes_twice_counts_once() {
    for first in answers("a", 1) {
        let machine = after(plan(&["a", "b"]), [first.clone()]);
        no_effect(&machine, [first]);
        no_effect(&machine, answers("a", 1));
    }
}

#[test]
fn a_timer_wakes_only_who_sleeps() {
    let plan = || plan(&["a", "b"]);
    no_effect(&after(plan(), []), [TimerFired]);
    no_effect(&after(plan(), [awaits("a", 1, "x")]), [TimerFired]);
    no_effect(&after(plan(), [failure("a", 1, false)]), [TimerFired]);
    let woken = after(plan(), [fails("a", 1), TimerFired]);
    no_effect(&woken, [TimerFired]);
}

#[test]
fn a_retry_wakes_only_who_is_stuck() {
    let plan = || plan(&["a", "b"]);
    for before in [vec![], vec![fails("a", 1)], vec![awaits("a", 1, "x")], vec![done("a", 1)], vec![rejects("a", 1)]] {
        no_effect(&after(plan(), before), [Retry]);
    }
    no_effect(&after(plan(), [failure("a", 1, false), Retry]), [Retry]);
}

#[test]
fn a_signal_that_comes_twice_keeps_what_came_first() {
    let machine = after(plan(&["a"]), [signal("x")]);
    no_effect(&machine, [Input::Signal { name: "x".to_owned(), value: serde_json::json!("other") }]);
}

#[test]
fn nothing_has_an_effect_once_a_run_is_over() {
    let ends = [vec![done("a", 1)], vec![rejects("a", 1)], vec![fails("a", 1), Input::Cancel]];
    for end in ends {
        let machine = after(plan(&["a"]), end);
        assert!(machine.state().is_over());
        no_effect(&machine, answers("a", 1).into_iter().chain(answers("a", 2)));
        no_effect(&machine, [TimerFired, Retry, Input::Cancel, signal("x")]);
    }
}

#[test]
fn what_a_step_did_before_a_cancel_reached_it_is_in_the_account_once() {
    let machine = after(plan(&["a", "b"]), [Input::Cancel, done("a", 1)]);
    assert_eq!(machine.state(), RunState::Cancelled);
    assert_eq!(machine.outputs().len(), 1);
    assert_eq!(machine.step_state(0), StepState::Done);
    assert_eq!(machine.step_state(1), StepState::Skipped);
    no_effect(&machine, [done("a", 1), done("b", 1), fails("b", 1), Retry, TimerFired]);
}

//! One story for each way that a run can take.

use domain::plan::Plan;
use domain::run::Input::{Cancel, Retry, TimerFired};
use domain::run::{Machine, Phase, RunState};
use serde_json::json;

use crate::story::*;

#[test]
fn a_run_calls_each_step_once_and_is_completed() {
    insta::assert_snapshot!(tell(plan(&["a", "b"]), [done("a", 1), done("b", 1)]));
    let machine = after(plan(&["a", "b"]), [done("a", 1), done("b", 1)]);
    let outputs: Vec<_> = machine.outputs().iter().map(|(key, value)| (key.0.as_str(), value.clone())).collect();
    assert_eq!(outputs, [("a", json!({ "by": "a", "at": 1 })), ("b", json!({ "by": "b", "at": 1 }))]);
}

#[test]
fn a_run_without_steps_is_completed_before_it_begins() {
    insta::assert_snapshot!(tell(plan(&[]), [TimerFired, Retry, Cancel, signal("x")]));
}

#[test]
fn a_failed_step_is_tried_again_after_growing_pauses_and_then_the_run_is_stuck() {
    let inputs = [fails("a", 1), TimerFired, fails("a", 2), TimerFired, fails("a", 3)];
    insta::assert_snapshot!(tell(plan(&["a", "b"]), inputs));
}

#[test]
fn a_failure_that_trying_again_cannot_help_sticks_at_once() {
    insta::assert_snapshot!(tell(plan(&["a"]), [failure("a", 1, false), TimerFired]));
    let machine = after(plan(&["a"]), [failure("a", 1, false)]);
    assert_eq!(machine.phase(), &Phase::Stuck { reason: "The forge is down.".to_owned() });
}

#[test]
fn a_retry_calls_the_stuck_step_with_a_new_number_and_all_its_tries_again() {
    let inputs = [failure("a", 1, false), Retry, fails("a", 2), TimerFired, fails("a", 3), TimerFired, fails("a", 4)];
    insta::assert_snapshot!(tell(plan(&["a"]), inputs.into_iter().chain([Retry, done("a", 5)])));
}

#[test]
fn a_step_that_is_not_ready_is_asked_again_and_its_tries_are_not_used_up() {
    let polls = (1..=5).flat_map(|attempt| [poll("a", attempt, 30), TimerFired]);
    let then = [fails("a", 6), TimerFired, fails("a", 7), TimerFired, fails("a", 8)];
    insta::assert_snapshot!(tell(plan(&["a"]), polls.chain(then)));
}

#[test]
fn a_step_that_awaits_a_signal_is_called_when_it_comes_and_its_tries_are_not_used_up() {
    let waits = [awaits("a", 1, "merged"), TimerFired, signal("other"), signal("merged")];
    let then = [fails("a", 2), TimerFired, fails("a", 3), TimerFired, fails("a", 4)];
    insta::assert_snapshot!(tell(plan(&["a", "b"]), waits.into_iter().chain(then)));
}

#[test]
fn a_signal_that_comes_early_is_kept_for_the_step_that_will_await_it() {
    insta::assert_snapshot!(tell(
        plan(&["a", "b"]),
        [signal("merged"), done("a", 1), awaits("b", 1, "merged"), done("b", 2)]
    ));
    let machine = after(plan(&["a", "b"]), [signal("merged"), done("a", 1)]);
    assert_eq!(machine.mailbox().get("merged"), Some(&json!({ "from": "merged" })));
}

#[test]
fn a_step_that_refuses_ends_the_run() {
    insta::assert_snapshot!(tell(plan(&["a", "b", "c"]), [done("a", 1), rejects("b", 1), Retry, Cancel]));
}

#[test]
fn a_run_can_be_cancelled_wherever_it_is_unless_it_is_over() {
    let before = [
        ("ready", vec![]),
        ("sleeping", vec![fails("a", 1)]),
        ("waiting", vec![awaits("a", 1, "x")]),
        ("stuck", vec![failure("a", 1, false)]),
        ("in the middle", vec![done("a", 1)]),
    ];
    let told = before.map(|(label, inputs)| {
        let inputs = inputs.into_iter().chain([Cancel, Cancel, done("a", 1), TimerFired, Retry]);
        format!("{label}\n{}", tell(plan(&["a", "b"]), inputs))
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn the_onboarding_plan_runs_from_its_first_step_to_its_last() {
    let keys: Vec<String> = Plan::onboarding().steps.into_iter().map(|step| step.key.0).collect();
    assert_eq!(keys, ["validate", "write-change", "open-pull-request", "merge-pull-request", "record-event"]);
    let machine = after(Plan::onboarding(), keys.iter().map(|key| done(key, 1)));
    assert_eq!(machine.state(), RunState::Completed);
    assert_eq!(machine.outputs().len(), keys.len());
}

#[test]
fn a_machine_survives_being_stored_in_every_phase() {
    let stories = [
        vec![],
        vec![fails("a", 1)],
        vec![awaits("a", 1, "x")],
        vec![signal("x"), done("a", 1)],
        vec![failure("a", 1, false)],
        vec![done("a", 1), done("b", 1)],
        vec![rejects("a", 1)],
        vec![Cancel],
    ];
    for story in stories {
        let machine = after(plan(&["a", "b"]), story);
        let stored = serde_json::to_string(&machine).unwrap();
        assert_eq!(serde_json::from_str::<Machine>(&stored).unwrap(), machine, "{stored}");
    }
}

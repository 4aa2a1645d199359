//! Runs: their journal, the views of them, and the commit that moves everything that goes together.

use domain::event::OnboardedEvent;
use domain::journal::AttemptResult;
use domain::plan::StepKey;
use domain::request::{RequestId, RequestState};
use domain::run::{Input, Machine, Outcome, RunId, RunState};
use domain::subject::Version;
use serde_json::json;
use service::ports::store::{AttemptEnd, RunStep, StepCommit, Store};

use crate::world::*;

fn step(run: RunId, key: &str, attempt: u32) -> RunStep {
    RunStep { run, step: StepKey(key.into()), attempt }
}

/// Ends the first attempt of the machine's step, as an engine does.
async fn end(store: &dyn Store, run: RunId, result: AttemptResult, input: Input, request: Option<RequestState>) {
    let (machine, counter) = store.machine(run).await.unwrap().unwrap();
    let key = machine.current().unwrap().key.0.clone();
    let commit = StepCommit {
        run,
        owner: None,
        counter,
        machine: machine.after(input),
        due_at: Some(at(30)),
        attempt: Some(AttemptEnd { step: step(run, &key, 1), result, message: "It said so.".into() }),
        request: request.map(|to| (RequestState::Approved, to)),
        at: at(30),
    };
    store.commit_run(commit, audit("step-done", "")).await.unwrap();
}

fn done(machine: &Machine) -> Input {
    let step = machine.current().unwrap().key.clone();
    Input::Outcome { step, attempt: 1, outcome: Outcome::Done { output: json!({ "ok": true }) } }
}

async fn machine(store: &dyn Store, run: RunId) -> Machine {
    store.machine(run).await.unwrap().unwrap().0
}

#[tokio::test]
async fn a_run_shows_what_was_approved_and_by_whom() {
    let world = world().await;
    let (submitted, run) = approved(&*world.store, "one").await;
    let view = world.store.run(run, at(99)).await.unwrap().unwrap();
    assert_eq!((view.revision, &view.digest, view.now), (1, &submitted.digest, at(99)));
    assert_eq!((&view.requester, &view.approver), (&user("ann"), &user("pat")));
    assert_eq!((view.summary.request, view.summary.version), (submitted.request, Version(3)));
    assert_eq!((view.summary.state, view.summary.started_at, view.summary.ended_at), (RunState::Running, at(20), None));
    assert_eq!(world.store.runs(10).await.unwrap(), [view.summary]);
    assert_eq!(world.store.run(RunId(99), at(0)).await.unwrap(), None);
    assert_eq!(world.store.machine(RunId(99)).await.unwrap(), None);
}

#[tokio::test]
async fn runs_are_listed_newest_first() {
    let world = world().await;
    let (_, first) = approved(&*world.store, "one").await;
    let (_, second) = approved(&*world.store, "two").await;
    let list = async |limit| world.store.runs(limit).await.unwrap().into_iter().map(|r| r.id).collect::<Vec<_>>();
    assert_eq!(list(10).await, [second, first]);
    assert_eq!(list(1).await, [second]);
}

#[tokio::test]
async fn log_lines_are_numbered_within_their_run() {
    let world = world().await;
    let (_, first) = approved(&*world.store, "one").await;
    let (_, second) = approved(&*world.store, "two").await;
    let key = StepKey("validate".into());
    for (run, number, text) in [(first, 1, "a"), (second, 1, "b"), (first, 2, "'; --\u{1F980}")] {
        let line = world.store.log(run, &key, at(number), text).await.unwrap();
        assert_eq!((line.number, line.at, line.text.as_str(), &line.step), (number, at(number), text, &key));
    }
    let log = world.store.run(first, at(0)).await.unwrap().unwrap().log;
    assert_eq!(log.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["a", "'; --\u{1F980}"]);
    assert!(is_broken(world.store.log(RunId(99), &key, at(0), "x").await));
}

#[tokio::test]
async fn an_attempt_begins_once_unless_it_was_interrupted() {
    let world = world().await;
    let (_, run) = approved(&*world.store, "one").await;
    world.store.claim_run("a", at(20), at(80), &[]).await.unwrap().unwrap();
    world.store.begin_attempt(step(run, "validate", 1), at(21)).await.unwrap();
    assert!(is_conflict(world.store.begin_attempt(step(run, "validate", 1), at(22)).await));
    let open = &world.store.attempts(run).await.unwrap()[0];
    assert_eq!((open.started_at, open.ended_at, open.result), (at(21), None, None));

    world.store.claim_run("b", at(80), at(140), &[]).await.unwrap().unwrap();
    let closed = &world.store.attempts(run).await.unwrap()[0];
    assert_eq!((closed.ended_at, closed.result), (Some(at(80)), Some(AttemptResult::Interrupted)));
    assert!(!closed.message.is_empty());

    world.store.begin_attempt(step(run, "validate", 1), at(81)).await.unwrap();
    let again = world.store.attempts(run).await.unwrap();
    assert_eq!((again.len(), again[0].started_at, again[0].result), (1, at(81), None));
}

#[tokio::test]
async fn a_commit_moves_machine_attempt_and_counter_with_an_audit_row() {
    let world = world().await;
    let (_, run) = approved(&*world.store, "one").await;
    world.store.begin_attempt(step(run, "validate", 1), at(21)).await.unwrap();
    let input = done(&machine(&*world.store, run).await);
    end(&*world.store, run, AttemptResult::Done, input, None).await;
    let view = world.store.run(run, at(40)).await.unwrap().unwrap();
    assert_eq!(view.machine.current().unwrap().key, StepKey("write-change".into()));
    assert_eq!(view.machine.outputs()[&StepKey("validate".into())], json!({ "ok": true }));
    let attempt = &view.attempts[0];
    assert_eq!((attempt.ended_at, attempt.result), (Some(at(30)), Some(AttemptResult::Done)));
    assert_eq!(attempt.message, "It said so.");
    assert_eq!(world.store.machine(run).await.unwrap().unwrap().1, 1);
    assert_eq!(actions(&*world.store, &format!("run:{run}")).await, ["run-launched", "step-done"]);
}

#[tokio::test]
async fn the_end_of_an_attempt_that_never_began_is_refused_with_all_that_goes_with_it() {
    let world = world().await;
    let (_, run) = approved(&*world.store, "one").await;
    let before = world.store.run(run, at(40)).await.unwrap();
    let (machine, counter) = world.store.machine(run).await.unwrap().unwrap();
    let end = AttemptEnd { step: step(run, "validate", 1), result: AttemptResult::Done, message: String::new() };
    let commit = StepCommit {
        run,
        owner: None,
        counter,
        machine: machine.after(Input::Cancel),
        due_at: None,
        attempt: Some(end),
        request: None,
        at: at(30),
    };
    assert!(is_conflict(world.store.commit_run(commit, audit("step-done", "")).await));
    assert_eq!(world.store.run(run, at(40)).await.unwrap(), before);
    assert_eq!(actions(&*world.store, &format!("run:{run}")).await, ["run-launched"]);
}

#[tokio::test]
async fn a_run_that_is_over_moves_its_request_and_says_so_in_both_audits() {
    let world = world().await;
    let (submitted, run) = approved(&*world.store, "one").await;
    world.store.begin_attempt(step(run, "validate", 1), at(21)).await.unwrap();
    end(&*world.store, run, AttemptResult::Done, Input::Cancel, Some(RequestState::Cancelled)).await;
    let request = world.store.request(submitted.request).await.unwrap().unwrap();
    assert_eq!((request.state, request.updated_at), (RequestState::Cancelled, at(30)));
    let summary = &world.store.runs(1).await.unwrap()[0];
    assert_eq!((summary.state, summary.ended_at), (RunState::Cancelled, Some(at(30))));
    let object = format!("request:{}", submitted.request.0);
    assert_eq!(actions(&*world.store, &object).await.last().unwrap(), "request-cancelled");
}

#[tokio::test]
async fn a_commit_whose_request_is_elsewhere_changes_nothing_at_all() {
    let world = world().await;
    let (_, run) = approved(&*world.store, "one").await;
    let (machine, counter) = world.store.machine(run).await.unwrap().unwrap();
    let commit = |from, to| StepCommit {
        run,
        owner: None,
        counter,
        machine: machine.after(Input::Cancel),
        due_at: None,
        attempt: None,
        request: Some((from, to)),
        at: at(30),
    };
    let row = || audit("run-cancelled", "");
    let elsewhere = commit(RequestState::InReview, RequestState::Withdrawn);
    assert!(is_broken(world.store.commit_run(elsewhere, row()).await));
    world.store.commit_run(commit(RequestState::Approved, RequestState::Live), row()).await.unwrap();
    let late = StepCommit { counter: counter + 1, ..commit(RequestState::Approved, RequestState::Cancelled) };
    assert!(is_conflict(world.store.commit_run(late, row()).await), "it is live");
    assert_eq!(world.store.machine(run).await.unwrap().unwrap().1, 1);
}

fn event(name: &str, version: u32, request: RequestId, run: RunId) -> OnboardedEvent {
    OnboardedEvent {
        name: name.into(),
        subject: subject(&format!("{name}-value")),
        version: Version(version),
        newest: Some(Version(9)),
        table: "RAW.EVENTS.X".into(),
        columns: 25,
        pipes: vec![Version(version)],
        topic: name.into(),
        owner: user("ann"),
        request,
        run,
        pull_request: "#12".into(),
        live_since: at(50),
    }
}

#[tokio::test]
async fn the_catalogue_holds_the_newest_of_each_subject_by_name() {
    let world = world().await;
    let (one, first) = approved(&*world.store, "one").await;
    let (two, second) = approved(&*world.store, "two").await;
    let (three, third) = approved(&*world.store, "three").await;
    let record = async |event| world.store.record_event(event, audit("event-recorded", "")).await.unwrap();
    let zebra = event("zebra", 1, one.request, first);
    record(zebra.clone()).await;
    record(event("ant", 1, two.request, second)).await;
    record(event("zebra", 2, three.request, third)).await;
    record(event("zebra", 1, one.request, first)).await;

    let events = world.store.events().await.unwrap();
    let shown: Vec<_> = events.iter().map(|event| (event.name.as_str(), event.version.0, event.run)).collect();
    assert_eq!(shown, [("ant", 1, second), ("zebra", 2, third)], "the late repetition brings nothing old back");
    assert_eq!(events[1], OnboardedEvent { newest: None, ..event("zebra", 2, three.request, third) });
    assert_eq!(actions(&*world.store, "event:zebra-value").await.len(), 2, "the repetition changed nothing");
}

//! A run as the tests of several components need it.

use domain::journal::{Attempt, AttemptResult, RunId, RunSummary, RunView};
use domain::plan::{Plan, StepKey};
use domain::policy::UserName;
use domain::request::RequestId;
use domain::run::{Input, Machine, Outcome, RunState};
use domain::subject::{SubjectName, Version};
use domain::time::Timestamp;
use serde_json::{Value, json};

/// When the run began.
const BEGAN: Timestamp = Timestamp(1_795_391_000_000);

/// A run of the onboarding plan that began ten seconds ago and has done nothing yet.
pub fn running() -> RunView {
    RunView {
        summary: RunSummary {
            id: RunId(3),
            request: RequestId(12),
            subject: SubjectName::parse("order_placed-value").unwrap(),
            version: Version(2),
            state: RunState::Running,
            started_at: BEGAN,
            ended_at: None,
        },
        revision: 1,
        digest: "sha256:ab".to_owned(),
        requester: UserName("engineer".to_owned()),
        approver: UserName("platform-1".to_owned()),
        machine: Machine::new(Plan::onboarding()),
        attempts: vec![],
        log: vec![],
        now: BEGAN.plus_millis(10_000),
    }
}

/// An attempt, with times in milliseconds from the run's beginning.
pub fn attempt(step: &str, number: u32, start: i64, end: Option<i64>, result: Option<AttemptResult>) -> Attempt {
    Attempt {
        step: StepKey(step.to_owned()),
        number,
        started_at: BEGAN.plus_millis(start),
        ended_at: end.map(|end| BEGAN.plus_millis(end)),
        result,
        message: format!("{step} said so"),
    }
}

/// The machine after this many steps are done, each at its first attempt and with the output that the real step gives.
pub fn after_steps(count: usize) -> Machine {
    let outputs: [Value; 5] = [
        json!({ "digest": "sha256:ab", "files": 7 }),
        json!({ "branch": "onboard/r-12", "commit": "5f0c2d8b9a7e6f5d4c3b2a190817263544536271", "files": 7 }),
        json!({ "number": 4, "pullRequest": "#4" }),
        json!({ "number": 4, "commit": "a90817263544536271f0c2d8b9a7e6f5d4c3b2a1" }),
        json!({ "table": "RAW.EVENTS.ORDER_PLACED" }),
    ];
    let plan = Plan::onboarding();
    plan.steps.iter().zip(outputs).take(count).fold(Machine::new(plan.clone()), |machine, (step, output)| {
        let outcome = Outcome::Done { output };
        machine.after(Input::Outcome { step: step.key.clone(), attempt: 1, outcome })
    })
}

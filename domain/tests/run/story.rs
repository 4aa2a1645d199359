//! Short words for plans and inputs, and a run told line by line.

use std::fmt::Write as _;

use domain::plan::{Plan, Retry, Step, StepKey, StepKind};
use domain::run::{Input, Machine, Next, Outcome};
use serde_json::json;

/// A plan of steps with these keys, each tried three times with pauses of 2 and 4 seconds.
pub fn plan(keys: &[&str]) -> Plan {
    let step = |key: &&str| Step {
        key: StepKey((*key).to_owned()),
        kind: StepKind::Validate,
        retry: Retry { max_attempts: 3, first_delay_seconds: 2, max_delay_seconds: 60 },
        timeout_seconds: 30,
    };
    Plan { version: 1, steps: keys.iter().map(step).collect() }
}

fn outcome(step: &str, attempt: u32, outcome: Outcome) -> Input {
    Input::Outcome { step: StepKey(step.to_owned()), attempt, outcome }
}

pub fn done(step: &str, attempt: u32) -> Input {
    outcome(step, attempt, Outcome::Done { output: json!({ "by": step, "at": attempt }) })
}

pub fn poll(step: &str, attempt: u32, seconds: u32) -> Input {
    outcome(step, attempt, Outcome::PollAgain { seconds })
}

pub fn awaits(step: &str, attempt: u32, signal: &str) -> Input {
    outcome(step, attempt, Outcome::Await { signal: signal.to_owned() })
}

pub fn rejects(step: &str, attempt: u32) -> Input {
    outcome(step, attempt, Outcome::Rejected { reason: "The approval does not hold any more.".to_owned() })
}

pub fn fails(step: &str, attempt: u32) -> Input {
    failure(step, attempt, true)
}

pub fn failure(step: &str, attempt: u32, retryable: bool) -> Input {
    Input::Failure { step: StepKey(step.to_owned()), attempt, message: "The forge is down.".to_owned(), retryable }
}

pub fn signal(name: &str) -> Input {
    Input::Signal { name: name.to_owned(), value: json!({ "from": name }) }
}

/// A machine after these inputs.
pub fn after(plan: Plan, inputs: impl IntoIterator<Item = Input>) -> Machine {
    inputs.into_iter().fold(Machine::new(plan), |machine, input| machine.after(input))
}

/// The machine at the start and after every input: what came, what is next, the run's state and its steps'.
pub fn tell(plan: Plan, inputs: impl IntoIterator<Item = Input>) -> String {
    let mut machine = Machine::new(plan);
    let mut told = line("", &machine);
    for input in inputs {
        let next = machine.after(input.clone());
        let came = short(&input);
        told.push_str(&if next == machine { format!("{came:30} no effect\n") } else { line(&came, &next) });
        machine = next;
    }
    told
}

fn line(came: &str, machine: &Machine) -> String {
    let next = match machine.next() {
        Next::Call { step, attempt } => format!("call {} {attempt}", step.key),
        Next::Sleep { seconds } => format!("sleep {seconds}"),
        Next::Await => "await".to_owned(),
        Next::Finished => "finished".to_owned(),
    };
    let steps = (0..machine.plan().steps.len()).map(|index| machine.step_state(index).label());
    let mut line = format!("{came:30} {next:14} {:10}", machine.state().word());
    write!(line, " {}", steps.collect::<Vec<_>>().join(", ")).unwrap();
    format!("{}\n", line.trim_end())
}

fn short(input: &Input) -> String {
    match input {
        Input::Outcome { step, attempt, outcome } => {
            let what = match outcome {
                Outcome::Done { .. } => "done".to_owned(),
                Outcome::PollAgain { seconds } => format!("poll in {seconds}"),
                Outcome::Await { signal } => format!("awaits {signal}"),
                Outcome::Rejected { .. } => "rejects".to_owned(),
            };
            format!("{step} {attempt} {what}")
        }
        Input::Failure { step, attempt, retryable, .. } => {
            format!("{step} {attempt} fails{}", if *retryable { "" } else { " for good" })
        }
        Input::TimerFired => "timer".to_owned(),
        Input::Signal { name, .. } => format!("signal {name}"),
        Input::Retry => "retry".to_owned(),
        Input::Cancel => "cancel".to_owned(),
    }
}

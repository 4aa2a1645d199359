//! A crash on purpose, for the tests that kill the server in the middle of a run. Nothing here happens unless `SLUICEGATE_CRASH_AT` is
//! set, to `<step>:before` (just before the step's handler is called) or `<step>:after` (the step has had its effect, and nothing about
//! it is recorded yet). The process ends at once with the exit code of a killed one.

use std::str::FromStr;

use domain::plan::StepKey;

/// The environment variable.
const VARIABLE: &str = "SLUICEGATE_CRASH_AT";

/// What a process that was killed by signal 9 exits with, as shells tell it.
const KILLED: i32 = 137;

/// Where to crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrashPoint {
    step: StepKey,
    when: When,
}

/// On which side of the handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before its effect.
    Before,
    /// After its effect, before its record.
    After,
}

impl CrashPoint {
    /// The crash that the environment asks for, if it does.
    pub fn from_environment() -> Option<Self> {
        let text = std::env::var(VARIABLE).ok()?;
        let point = text.parse().ok();
        match &point {
            Some(_) => tracing::warn!("{VARIABLE} is set: this process will crash at {text}"),
            None => tracing::warn!("{VARIABLE} is ignored: write it as <step>:before or <step>:after"),
        }
        point
    }

    /// Ends the process if this is the place.
    pub fn reached(&self, step: &StepKey, when: When) {
        if self.step == *step && self.when == when {
            std::process::exit(KILLED);
        }
    }
}

impl FromStr for CrashPoint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (step, when) = text.split_once(':').ok_or(())?;
        let when = match when {
            "before" => When::Before,
            "after" => When::After,
            _ => return Err(()),
        };
        if step.is_empty() { Err(()) } else { Ok(Self { step: StepKey(step.to_owned()), when }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_point_names_a_step_and_a_side() {
        let point: CrashPoint = "merge-pull-request:after".parse().unwrap();
        assert_eq!(point, CrashPoint { step: StepKey("merge-pull-request".into()), when: When::After });
        for text in ["", "validate", ":after", "validate:", "validate:during", "validate:after:x"] {
            assert_eq!(text.parse::<CrashPoint>(), Err(()), "{text}");
        }
    }
}

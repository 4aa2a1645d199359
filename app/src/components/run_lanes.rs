//! Where the bars of a run's timeline lie: a time axis over the whole run, and for every attempt its work and the wait after it.

use domain::journal::{Attempt, AttemptResult, RunView};
use domain::time::Timestamp;

use crate::ui::{Segment, SegmentKind, Tick};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Distances between labels that people can count in.
const STEPS: [i64; 22] = [
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
];

/// More labels than this would touch each other.
const MOST_TICKS: i64 = 7;

/// A label that begins further right would be cut off.
const LABELLED: f64 = 0.9;

/// From the run's beginning to its end or the present, with a little room behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    start: i64,
    end: i64,
    span: i64,
    live: bool,
}

impl Axis {
    /// The axis of a run; never shorter than a second, so that a quick run does not fill the page with noise.
    pub fn of(view: &RunView) -> Self {
        let start = view.summary.started_at.0;
        let end = view.summary.ended_at.unwrap_or(view.now).0.max(start);
        let span = (end - start).max(SECOND);
        Self { start, end, span: span.saturating_add(span / 12), live: view.summary.ended_at.is_none() }
    }

    /// The share of the axis at which an instant lies.
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of a run are far below 2^52")]
    fn share(self, at: i64) -> f64 {
        (at - self.start) as f64 / self.span as f64
    }

    /// The present, while the run is not over.
    pub fn now(self) -> Option<f64> {
        self.live.then(|| self.share(self.end))
    }

    /// The labelled lines, at most eight.
    pub fn ticks(self) -> Vec<Tick> {
        let step = STEPS.into_iter().find(|step| self.span / step <= MOST_TICKS).unwrap_or_else(|| {
            let days = self.span / DAY / MOST_TICKS + 1;
            days * DAY
        });
        let tick = |n| {
            let at = self.share(self.start + n * step);
            let label = if at < LABELLED { label(n * step, step) } else { String::new() };
            Tick { at, label }
        };
        (0..=self.span / step).map(tick).collect()
    }

    /// The bar of an attempt.
    pub fn work(self, attempt: &Attempt) -> Segment {
        let kind = match attempt.result {
            None if self.live => SegmentKind::Run,
            Some(AttemptResult::Failed | AttemptResult::Interrupted) => SegmentKind::Failed,
            None | Some(AttemptResult::Done | AttemptResult::Waiting) => SegmentKind::Work,
        };
        self.segment(kind, attempt.started_at, attempt.ended_at)
    }

    /// The bar of a wait; without an end it lasts until the present.
    pub fn wait(self, from: Timestamp, until: Option<Timestamp>) -> Segment {
        self.segment(SegmentKind::Wait, from, until)
    }

    fn segment(self, kind: SegmentKind, from: Timestamp, until: Option<Timestamp>) -> Segment {
        let end = until.map_or(self.end, |until| until.0);
        Segment { kind, start: self.share(from.0), end: self.share(end) }
    }
}

/// The wait after an attempt: until the next one of its step, or until the present if the step waits now.
pub fn wait_after(axis: Axis, attempt: &Attempt, next: Option<&Attempt>, waits_now: bool) -> Option<Segment> {
    let ended = attempt.ended_at?;
    match next {
        Some(next) => Some(axis.wait(ended, Some(next.started_at))),
        None => waits_now.then(|| axis.wait(ended, None)),
    }
}

/// `0`, `200 ms`, `1.2 s`, `15 s`, `2 min`, `6 h`, `3 d`, in the unit of the distance between labels.
fn label(ms: i64, step: i64) -> String {
    match step {
        _ if ms == 0 => "0".to_owned(),
        ..SECOND if ms < SECOND => format!("{ms} ms"),
        ..SECOND => format!("{}.{} s", ms / SECOND, ms % SECOND / 100),
        ..MINUTE if ms % MINUTE != 0 || ms < MINUTE => match (ms / MINUTE, ms % MINUTE / SECOND) {
            (0, seconds) => format!("{seconds} s"),
            (minutes, seconds) => format!("{minutes}:{seconds:02}"),
        },
        ..HOUR if ms < HOUR => format!("{} min", ms / MINUTE),
        ..DAY if ms < DAY => match (ms / HOUR, ms % HOUR / MINUTE) {
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes}"),
        },
        _ => format!("{} d", ms / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::super::run_fixture::{attempt, running};
    use super::*;

    fn near(left: f64, right: f64) -> bool {
        (left - right).abs() < 1e-9
    }

    #[test]
    fn every_axis_has_few_labels_and_the_first_is_zero() {
        for seconds in [0, 1, 3, 9, 44, 61, 600, 3_599, 7_200, 86_400, 40 * 86_400, 4_000 * 86_400] {
            let mut view = running();
            view.now = view.summary.started_at.plus_millis(seconds * SECOND);
            let ticks = Axis::of(&view).ticks();
            assert!((2..=8).contains(&ticks.len()), "{seconds} s: {ticks:?}");
            assert_eq!(ticks[0].label, "0");
            let mut labels: Vec<_> = ticks.iter().map(|tick| tick.label.clone()).collect();
            labels.dedup();
            assert_eq!(labels.len(), ticks.len(), "{labels:?}");
            assert!(ticks.iter().all(|tick| (0.0..=1.0).contains(&tick.at)));
        }
    }

    #[test]
    fn a_failed_attempt_is_followed_by_its_wait_and_the_running_one_lasts_until_now() {
        let view = running();
        let axis = Axis::of(&view);
        let first = attempt("validate", 1, 0, Some(1_000), Some(AttemptResult::Failed));
        let second = attempt("validate", 2, 3_000, None, None);
        assert_eq!(axis.work(&first).kind, SegmentKind::Failed);
        let wait = wait_after(axis, &first, Some(&second), false).unwrap();
        assert!(near(wait.start, axis.work(&first).end) && near(wait.end, axis.work(&second).start));
        let work = axis.work(&second);
        assert_eq!(work.kind, SegmentKind::Run);
        assert!(near(work.end, axis.now().unwrap()));
        assert_eq!(wait_after(axis, &second, None, true), None, "an attempt that runs is not waited for");
    }

    #[test]
    fn a_run_that_is_over_has_no_present_and_no_running_bar() {
        let mut view = running();
        view.summary.ended_at = Some(view.now);
        let axis = Axis::of(&view);
        assert_eq!(axis.now(), None);
        assert_eq!(axis.work(&attempt("validate", 1, 0, None, None)).kind, SegmentKind::Work);
    }
}

//! What the browser complained about during a journey. A complaint fails the journey unless the journey announced it, and an
//! announced one that never came fails it too, so that no announcement outlives its reason.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The complaints of all visitors of one journey, and those that it announced.
#[derive(Debug, Default)]
pub struct Problems {
    seen: Mutex<Vec<String>>,
    announced: Mutex<Vec<String>>,
    excused: Mutex<Vec<String>>,
}

impl Problems {
    /// Notes one complaint of the browser.
    pub fn note(&self, complaint: String) {
        locked(&self.seen).push(complaint);
    }

    /// Announces that complaints holding this text will come and are meant to.
    pub fn announce(&self, text: &str) {
        locked(&self.announced).push(text.to_owned());
    }

    /// Excuses complaints holding this text, which may come or not: only for what a race between two machines decides.
    pub fn excuse(&self, text: &str) {
        locked(&self.excused).push(text.to_owned());
    }

    /// The sentences that fail the journey; none when all is as announced.
    pub fn verdict(&self) -> Vec<String> {
        let seen = locked(&self.seen);
        let announced = locked(&self.announced);
        let excused = locked(&self.excused);
        let unannounced = seen
            .iter()
            .filter(|complaint| !announced.iter().chain(excused.iter()).any(|text| complaint.contains(text)))
            .map(|complaint| format!("the browser complained: {complaint}"));
        let missing = announced
            .iter()
            .filter(|text| !seen.iter().any(|complaint| complaint.contains(*text)))
            .map(|text| format!("the journey announced a complaint with \"{text}\", and none came"));
        unannounced.chain(missing).collect()
    }
}

fn locked(list: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::Problems;

    #[test]
    fn an_announced_complaint_passes_and_any_other_fails() {
        let problems = Problems::default();
        problems.announce("status of 403");
        problems.note("Failed to load resource: status of 403".to_owned());
        assert!(problems.verdict().is_empty());
        problems.note("TypeError: x is null".to_owned());
        assert_eq!(problems.verdict(), ["the browser complained: TypeError: x is null"]);
    }

    #[test]
    fn an_excused_complaint_may_come_or_not() {
        let problems = Problems::default();
        problems.excuse("ERR_CONNECTION_REFUSED");
        assert!(problems.verdict().is_empty());
        problems.note("Failed to load resource: net::ERR_CONNECTION_REFUSED".to_owned());
        assert!(problems.verdict().is_empty());
    }

    #[test]
    fn an_announced_complaint_that_never_came_fails() {
        let problems = Problems::default();
        problems.announce("status of 403");
        assert_eq!(problems.verdict().len(), 1);
    }
}

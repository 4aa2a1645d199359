//! The states of requests and runs as people see them: a word with a colour, a tag in headers and a dot in lists.

use domain::request::RequestState;
use domain::run::RunState;
use leptos::prelude::*;

use crate::ui::{Dot, DotTone, Tag, TagTone};

/// A request's state in a header.
#[component]
pub fn RequestTag(state: RequestState) -> impl IntoView {
    let tone = match state {
        RequestState::InReview | RequestState::Approved => TagTone::Accent,
        RequestState::ChangesRequested => TagTone::Warn,
        RequestState::Rejected => TagTone::Bad,
        RequestState::Live => TagTone::Ok,
        RequestState::Withdrawn | RequestState::Cancelled => TagTone::Neutral,
    };
    view! { <Tag text=capital(state.label()) tone /> }.into_any()
}

/// A request's state in a list.
#[component]
pub fn RequestDot(state: RequestState) -> impl IntoView {
    let tone = match state {
        RequestState::InReview | RequestState::Approved => DotTone::Live,
        RequestState::ChangesRequested => DotTone::Warn,
        RequestState::Rejected => DotTone::Bad,
        RequestState::Live => DotTone::Ok,
        RequestState::Withdrawn | RequestState::Cancelled => DotTone::None,
    };
    // Short enough for the edge of a narrow window.
    let word = if state == RequestState::ChangesRequested { "needs changes" } else { state.label() };
    view! { <Dot word=capital(word) tone /> }.into_any()
}

/// A request that another one overtook, in a list.
#[component]
pub fn Overtaken(by: domain::request::Overtaken) -> impl IntoView {
    view! {
        <span title=by.sentence()>
            <Dot word="Overtaken" tone=DotTone::Warn />
        </span>
    }
    .into_any()
}

/// A run's state in a list.
#[component]
pub fn RunDot(state: RunState) -> impl IntoView {
    let tone = match state {
        RunState::Running => DotTone::Live,
        RunState::Stuck | RunState::Rejected => DotTone::Bad,
        RunState::Completed => DotTone::Ok,
        RunState::Cancelled => DotTone::None,
    };
    view! { <Dot word=run_word(state) tone pulse=state == RunState::Running /> }.into_any()
}

/// What a run's state is called.
pub fn run_word(state: RunState) -> &'static str {
    match state {
        RunState::Running => "Running",
        RunState::Stuck => "Needs a hand",
        RunState::Completed => "Completed",
        RunState::Rejected => "Refused by a step",
        RunState::Cancelled => "Cancelled",
    }
}

/// The sign of a run's state in the window's title.
pub fn run_mark(state: RunState) -> &'static str {
    match state {
        RunState::Running => "●",
        RunState::Completed => "✓",
        RunState::Stuck | RunState::Rejected | RunState::Cancelled => "✗",
    }
}

/// The text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `1 file`, `3 files`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    let word = if count == 1 { one } else { many };
    format!("{} {word}", crate::ui::grouped(u64::try_from(count).unwrap_or(u64::MAX)))
}

/// `as generated`, `1 edit`, `3 edits`.
pub fn edits_said(count: usize) -> String {
    if count == 0 { "as generated".to_owned() } else { counted(count, "edit", "edits") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_begins_with_a_capital_and_counts_have_their_plural() {
        for state in RequestState::ALL {
            assert!(capital(state.label()).starts_with(char::is_uppercase), "{state:?}");
        }
        assert_eq!(capital(""), "");
        assert_eq!([0, 1, 1200].map(|n| counted(n, "file", "files")), ["0 files", "1 file", "1,200 files"]);
    }
}

//! What happened to a request, newest first: the revisions that were submitted and the decisions on them.

use domain::policy::UserName;
use domain::request::{Decision, RevisionSummary, Verdict};
use domain::time::Timestamp as Instant;
use leptos::prelude::*;

use crate::ui::Timestamp;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    at: Instant,
    who: String,
    what: String,
    reason: String,
}

/// The list, with the reasons that were given.
#[component]
pub fn Activity(revisions: Vec<RevisionSummary>, decisions: Vec<Decision>, now: Instant) -> impl IntoView {
    let item = move |entry: Entry| {
        view! {
            <li>
                <div class="min-w-0">
                    <b>{entry.who}</b>
                    {format!(" {}", entry.what)}
                    {(!entry.reason.is_empty()).then(|| view! { <blockquote>{entry.reason}</blockquote> })}
                </div>
                <Timestamp at_ms=entry.at.0 now_ms=now.0 />
            </li>
        }
    };
    view! { <ol class="activity">{entries(&revisions, decisions).into_iter().map(item).collect_view()}</ol> }.into_any()
}

fn entries(revisions: &[RevisionSummary], decisions: Vec<Decision>) -> Vec<Entry> {
    let submitted = revisions.iter().map(|revision| Entry {
        at: revision.submitted_at,
        who: names(&revision.authors),
        what: format!(
            "{} revision {}",
            if revision.authors.len() > 1 { "wrote" } else { "submitted" },
            revision.number
        ),
        reason: String::new(),
    });
    let decided = decisions.into_iter().map(|decision| Entry {
        at: decision.at,
        who: decision.by.0,
        what: format!("{} revision {}", decision.verdict.done(), decision.revision),
        reason: decision.reason,
    });
    let mut entries: Vec<Entry> = submitted.chain(decided).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries
}

/// What a verdict was, without its object: "approved".
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "approved",
        Verdict::RequestChanges => "asked for changes",
        Verdict::Reject => "rejected",
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn names(names: &[UserName]) -> String {
    match names {
        [] => String::new(),
        [one] => one.0.clone(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(|name| name.0.as_str()).collect();
            format!("{} and {last}", first.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(list: &[&str]) -> Vec<UserName> {
        list.iter().map(|name| UserName((*name).to_owned())).collect()
    }

    #[test]
    fn the_newest_event_comes_first_and_keeps_its_reason() {
        let revision = |number, at| RevisionSummary {
            number,
            digest: String::new(),
            authors: people(&["engineer", "analyst"]),
            submitted_at: Instant(at),
        };
        let decision = Decision {
            revision: 1,
            digest: String::new(),
            verdict: Verdict::RequestChanges,
            reason: "Mask the address.".to_owned(),
            by: UserName("platform-1".to_owned()),
            at: Instant(20),
        };
        let read: Vec<String> = entries(&[revision(1, 10), revision(2, 30)], vec![decision])
            .into_iter()
            .map(|entry| format!("{} {} {}", entry.who, entry.what, entry.reason))
            .collect();
        assert_eq!(
            read,
            [
                "engineer and analyst wrote revision 2 ",
                "platform-1 asked for changes to revision 1 Mask the address.",
                "engineer and analyst wrote revision 1 ",
            ]
        );
    }

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(names(&people(&[])), "");
        assert_eq!(names(&people(&["a"])), "a");
        assert_eq!(names(&people(&["a", "b", "c"])), "a, b and c");
    }
}

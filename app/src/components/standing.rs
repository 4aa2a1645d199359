//! Where a request stands, when that needs more than its tag: a decision that a newer revision has overtaken, or one that waits for the author.

use domain::request::{Decision, RequestState, RequestView};
use leptos::prelude::*;

use crate::ui::time::relative;
use crate::ui::{Notice, NoticeTone};

/// The band under the header; nothing when the tag says enough.
#[component]
pub fn Standing(view: RequestView) -> impl IntoView {
    standing(&view)
        .map(|Said { tone, text, detail }| match detail {
            Some(detail) => view! { <Notice text tone detail /> }.into_any(),
            None => view! { <Notice text tone /> }.into_any(),
        })
        .into_any()
}

#[derive(Debug, PartialEq, Eq)]
struct Said {
    tone: NoticeTone,
    text: String,
    detail: Option<String>,
}

fn standing(view: &RequestView) -> Option<Said> {
    obstacle(view).or_else(|| decided(view))
}

/// Another request that keeps this one from being approved, and what to do about it.
fn obstacle(view: &RequestView) -> Option<Said> {
    let said = |text, detail| Some(Said { tone: NoticeTone::Warn, text, detail });
    match view.request.overtaken {
        Some(by) => said(by.sentence(), Some(by.remedy().to_owned())),
        None => said(view.taken.clone()?, None),
    }
}

fn decided(view: &RequestView) -> Option<Said> {
    let last = view.decisions.last()?;
    let newest = view.revision.number;
    let detail = (!last.reason.is_empty()).then(|| last.reason.clone());
    let said = |tone, text| Some(Said { tone, text, detail: detail.clone() });
    match view.request.state {
        RequestState::InReview if last.revision < newest => said(NoticeTone::Warn, overtaken(view, last)),
        RequestState::ChangesRequested => {
            said(NoticeTone::Warn, format!("{} asked for changes. Revise the design and submit it again.", last.by))
        }
        RequestState::Rejected => said(NoticeTone::Bad, format!("{} rejected revision {}.", last.by, last.revision)),
        _ => None,
    }
}

fn overtaken(view: &RequestView, last: &Decision) -> String {
    format!(
        "{} {} revision {}. Revision {} came {}, so that decision no longer counts.",
        last.by,
        last.verdict.done(),
        last.revision,
        view.revision.number,
        relative(view.revision.submitted_at.0, view.now.0),
    )
}

#[cfg(test)]
mod tests {
    use super::super::request_fixture::{decided, in_review};
    use super::*;
    use domain::request::{Overtaken, RequestId, Verdict};

    #[test]
    fn a_decision_on_an_older_revision_is_said_to_count_no_longer() {
        let mut view = in_review(2);
        view.decisions = vec![decided(1, Verdict::RequestChanges, "Mask the address.")];
        let said = standing(&view).unwrap();
        assert_eq!(
            said.text,
            "platform-1 asked for changes to revision 1. Revision 2 came 1 min ago, so that decision no longer counts."
        );
        assert_eq!(said.detail.as_deref(), Some("Mask the address."));
    }

    #[test]
    fn a_request_that_another_one_overtook_says_so_and_what_to_do() {
        let mut view = in_review(1);
        view.request.overtaken = Some(Overtaken::WentLive(RequestId(9)));
        let said = standing(&view).unwrap();
        assert!(said.text.starts_with("R-9 of the same event went live"), "{}", said.text);
        assert!(said.detail.unwrap().starts_with("Revise the design"));
        assert!(view.obstacle().unwrap().contains("withdraw it"));
        view.request.overtaken = None;
        view.taken = Some("T belongs to R-3.".to_owned());
        assert_eq!(standing(&view).unwrap().text, "T belongs to R-3.");
    }

    #[test]
    fn a_fresh_request_and_an_approved_one_need_no_band() {
        assert_eq!(standing(&in_review(1)), None);
        let mut view = in_review(1);
        view.decisions = vec![decided(1, Verdict::Approve, "")];
        view.request.state = RequestState::Approved;
        assert_eq!(standing(&view), None);
    }
}

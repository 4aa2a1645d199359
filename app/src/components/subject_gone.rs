//! What a subject's page says when the registry lost the subject while it was open, or has it soft-deleted.

use std::time::Duration;

use domain::subject::SubjectName;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::api::registry::about_subject;
use crate::ui::{Glyph, Notice, NoticeTone};

/// How often an open page looks whether its subject is still there.
const AGAIN: Duration = Duration::from_secs(10);

/// What became of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was soft-deleted before the page was opened.
    SoftDeleted,
    /// It was soft-deleted while the page was open.
    SoftDeletedMeanwhile,
    /// The registry does not list it any more.
    Lost,
}

impl Fate {
    const fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::SoftDeleted => (
                "This subject is deleted in the registry.",
                "It is soft-deleted: whoever knows its schema ids can still read events with them. It cannot be onboarded.",
            ),
            Self::SoftDeletedMeanwhile => (
                "This subject was deleted in the registry while you looked at it.",
                "It is soft-deleted: whoever knows its schema ids can still read events with them. It cannot be onboarded.",
            ),
            Self::Lost => (
                "This subject is gone from the registry since you opened it.",
                "You see what was read last. Nothing new can be made of it here; drafts and requests stay as they are.",
            ),
        }
    }
}

/// Looks again and again, in the browser only.
pub fn gone_meanwhile(subject: SubjectName, deleted: bool) -> Signal<Option<Fate>> {
    let look = Action::new(move |(): &()| about_subject(subject.to_string(), 0));
    Effect::new(move |_| {
        let again = move || {
            if !document().hidden() && !look.pending().get_untracked() {
                look.dispatch(());
            }
        };
        if let Ok(handle) = set_interval_with_handle(again, AGAIN) {
            on_cleanup(move || handle.clear());
        }
    });
    Signal::derive(move || match look.value().get() {
        Some(Err(ApiError::NotFound(_))) => Some(Fate::Lost),
        Some(Ok(about)) if about.deleted && !deleted => Some(Fate::SoftDeletedMeanwhile),
        _ => deleted.then_some(Fate::SoftDeleted),
    })
}

/// The band; nothing while all is well.
#[component]
pub fn Gone(gone: Signal<Option<Fate>>) -> impl IntoView {
    move || {
        gone.get().map(|fate| {
            let (text, detail) = fate.sentences();
            view! { <Notice tone=NoticeTone::Warn icon=Glyph::Trash text detail /> }
        })
    }
}

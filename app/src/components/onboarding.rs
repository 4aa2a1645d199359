//! What became of a subject, as a dot and its word.

use domain::registry::Onboarding;
use leptos::prelude::*;

use crate::ui::{Dot, DotTone};

/// The word and its colour; `None` where there is nothing to say.
fn words(onboarding: Onboarding) -> Option<(&'static str, DotTone)> {
    match onboarding {
        Onboarding::None => None,
        Onboarding::Draft => Some(("Draft", DotTone::None)),
        Onboarding::InReview => Some(("In review", DotTone::Live)),
        Onboarding::Running => Some(("Running", DotTone::Live)),
        Onboarding::Live => Some(("Live", DotTone::Ok)),
        Onboarding::Behind => Some(("Behind", DotTone::Warn)),
    }
}

/// The dot and its word, or a dash.
#[component]
pub fn OnboardingState(onboarding: Onboarding) -> impl IntoView {
    match words(onboarding) {
        Some((word, tone)) => view! { <Dot word tone /> }.into_any(),
        None => view! { <span class="text-faint"><span aria-hidden="true">"—"</span><span class="sr-only">"not onboarded"</span></span> }.into_any(),
    }
}

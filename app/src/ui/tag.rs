//! Short marks: a tag with a word, a dot with a word. The word is not optional, so that no state is told by colour alone.

use leptos::prelude::*;

use super::{Glyph, Icon, IconSize};

/// What a tag says about the thing that it stands beside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagTone {
    #[default]
    Neutral,
    Accent,
    Ok,
    Warn,
    Bad,
}

impl TagTone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tag",
            Self::Accent => "tag tag-accent",
            Self::Ok => "tag tag-ok",
            Self::Warn => "tag tag-warn",
            Self::Bad => "tag tag-bad",
        }
    }
}

/// A word on a tinted ground, with an icon before it if given.
#[component]
pub fn Tag(
    #[prop(into)] text: Signal<String>,
    #[prop(into, optional)] tone: Signal<TagTone>,
    #[prop(optional)] icon: Option<Glyph>,
) -> impl IntoView {
    view! {
        <span class=move || tone.get().class()>
            {icon.map(|glyph| view! { <Icon glyph size=IconSize::Tiny /> })} {move || text.get()}
        </span>
    }
    .into_any()
}

/// What a dot says: `Live` is blue for "now", `None` an empty ring for "not yet".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DotTone {
    #[default]
    Neutral,
    Ok,
    Warn,
    Bad,
    Live,
    None,
}

impl DotTone {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "dot",
            Self::Ok => "dot dot-ok",
            Self::Warn => "dot dot-warn",
            Self::Bad => "dot dot-bad",
            Self::Live => "dot dot-live",
            Self::None => "dot dot-none",
        }
    }
}

/// A dot and its word; `pulse` is for the one thing that is running.
#[component]
pub fn Dot(
    #[prop(into)] word: Signal<String>,
    #[prop(into, optional)] tone: Signal<DotTone>,
    #[prop(into, optional)] pulse: Signal<bool>,
) -> impl IntoView {
    view! {
        <span class="state">
            <span class=move || tone.get().class() class:dot-pulse=move || pulse.get() aria-hidden="true"></span>
            {move || word.get()}
        </span>
    }
    .into_any()
}

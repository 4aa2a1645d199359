//! Bands under a header that say what is unusual about the page below them.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// Amber for "look", red for "broken", blue for plain news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeTone {
    #[default]
    Info,
    Warn,
    Bad,
}

impl NoticeTone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "note note-info",
            Self::Warn => "note note-warn",
            Self::Bad => "note note-bad",
        }
    }

    const fn glyph(self) -> Glyph {
        match self {
            Self::Info => Glyph::Info,
            Self::Warn => Glyph::AlertTriangle,
            Self::Bad => Glyph::CircleAlert,
        }
    }

    /// Only what is broken interrupts a screen reader.
    const fn role(self) -> &'static str {
        match self {
            Self::Info | Self::Warn => "status",
            Self::Bad => "alert",
        }
    }
}

/// A band with a sentence, more detail under it, and the act that mends it as children. `inset` gives it a border on all sides.
#[component]
pub fn Notice(
    #[prop(into)] text: String,
    #[prop(optional)] tone: NoticeTone,
    #[prop(into, optional)] detail: Option<String>,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional)] inset: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let class = if inset { format!("{} note-inset", tone.class()) } else { tone.class().to_owned() };
    view! {
        <div class=class role=tone.role()>
            <Icon glyph=icon.unwrap_or(tone.glyph()) />
            <div class="note-text">
                <p class="font-medium">{text}</p>
                {detail.map(|detail| view! { <p class="note-detail">{detail}</p> })}
            </div>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}

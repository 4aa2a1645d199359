//! Icons as inline SVG, so that they need neither a sprite request nor inline style; silent unless they are given a name.

use leptos::prelude::*;

use super::Glyph;

/// How large an icon is: 16, 14 or 12 px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    #[default]
    Normal,
    Small,
    Tiny,
}

impl IconSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Normal => "icon",
            Self::Small => "icon icon-sm",
            Self::Tiny => "icon icon-xs",
        }
    }
}

/// One icon in the current text colour. With a `label` it is an image with that name, without one it is decoration.
#[component]
pub fn Icon(
    glyph: Glyph,
    #[prop(optional)] size: IconSize,
    #[prop(into, optional)] class: &'static str,
    #[prop(into, optional)] label: Option<String>,
) -> impl IntoView {
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    let class = if class.is_empty() { size.class().to_owned() } else { format!("{} {class}", size.class()) };
    view! {
        <svg
            class=class
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            role=role
            aria-hidden=hidden
            aria-label=label
        >
            <path d=glyph.path()></path>
        </svg>
    }
    .into_any()
}

/// The gate and the water: the mark beside the product's name.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 18 18" fill="none" aria-hidden="true">
            <path d="M2.75 1.5v15M15.25 1.5v15" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"></path>
            <path d="M5.25 2h7.5v6.25h-7.5z" fill="currentColor"></path>
            <path
                class="water"
                d="M5 12.1c1.35-1.1 2.65-1.1 4 0s2.65 1.1 4 0M5 15.4c1.35-1.1 2.65-1.1 4 0s2.65 1.1 4 0"
                stroke-width="1.6"
                stroke-linecap="round"
            ></path>
        </svg>
    }
    .into_any()
}

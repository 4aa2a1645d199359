//! A button that copies a text, says so in place, and is not shown before the page can do it.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Glyph, Icon, IconSize};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Nothing,
    Copied,
    Refused,
}

impl Outcome {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Copied => "Copied.",
            Self::Refused => "The browser did not let the page copy. Select the text and copy it by hand.",
        }
    }
}

/// Copies `text`; `label` says what, as in "Copy the subject".
#[component]
pub fn CopyButton(#[prop(into)] text: Signal<String>, #[prop(into)] label: String) -> impl IntoView {
    let outcome = RwSignal::new(Outcome::Nothing);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = write_to_clipboard(&text).await;
            outcome.set(if copied { Outcome::Copied } else { Outcome::Refused });
            set_timeout(
                move || {
                    outcome.try_set(Outcome::Nothing);
                },
                Duration::from_secs(2),
            );
        });
    };
    let glyph = move || match outcome.get() {
        Outcome::Nothing => view! { <Icon glyph=Glyph::Copy size=IconSize::Small /> },
        Outcome::Copied => {
            view! { <Icon glyph=Glyph::Check size=IconSize::Small class="text-ok" /> }
        }
        Outcome::Refused => view! { <Icon glyph=Glyph::X size=IconSize::Small class="text-bad" /> },
    };
    view! {
        <span class="copy">
            <button
                type="button"
                class="btn btn-ghost btn-icon btn-sm"
                aria-label=label.clone()
                title=label
                on:click=copy
            >
                {glyph}
            </button>
            <span class="sr-only" role="status">
                {move || outcome.get().sentence()}
            </span>
        </span>
    }
    .into_any()
}

/// The clipboard exists only on secure pages; elsewhere the getter answers `undefined` and a call would throw.
async fn write_to_clipboard(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    if wasm_bindgen::JsValue::from(clipboard.clone()).is_undefined() {
        return false;
    }
    clipboard.write_text(text).await.is_ok()
}

//! Rows in their final size while a list is on its way; the style sheet shows them only after a moment, so that quick answers do not flash.

use leptos::prelude::*;

/// `rows` grey rows, announced as one sentence.
#[component]
pub fn SkeletonRows(#[prop(default = 8)] rows: usize, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="sr-only">{label}</span>
            {(0..rows)
                .map(|_| {
                    view! {
                        <div class="skeleton-row" aria-hidden="true">
                            <i></i>
                            <i></i>
                            <i></i>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
    .into_any()
}

//! One's API tokens as rows; the secrets themselves are kept nowhere.

use domain::time::Timestamp as Instant;
use leptos::prelude::*;

use crate::api::tokens::TokenView;
use crate::ui::Timestamp;

/// A table of tokens; `revoke` gives the form that revokes the token with this number and name.
#[component]
pub fn TokenTable(tokens: Vec<TokenView>, now: Instant, revoke: Callback<(i64, String), AnyView>) -> impl IntoView {
    let row = move |token: TokenView| {
        let used = token.used_at.map_or_else(
            || "never used".into_any(),
            |used| view! { "used " <Timestamp at_ms=used.0 now_ms=now.0 /> }.into_any(),
        );
        view! {
            <li class="flex items-center gap-3 py-1 border-b border-line min-h-10">
                <span class="grow min-w-0">
                    <b class="block truncate">{token.name.clone()}</b>
                    <span class="dots text-xs text-muted">
                        <span>"made " <Timestamp at_ms=token.created_at.0 now_ms=now.0 /></span>
                        <span>{used}</span>
                    </span>
                </span>
                {revoke.run((token.id, token.name))}
            </li>
        }
    };
    view! { <ul class="mt-2 border-t border-line">{tokens.into_iter().map(row).collect_view()}</ul> }.into_any()
}

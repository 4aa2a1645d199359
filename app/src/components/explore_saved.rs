//! The kept searches: a menu of links that can be shared, and the forms that keep and forget.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::explore_state::Search;
use super::outcome::{Refusal, problem, successes};
use crate::api::ApiError;
use crate::api::searches::{ForgetSearch, SaveSearch, SearchView, searches};
use crate::paths;
use crate::ui::{Button, ButtonSize, ButtonVariant, Glyph, Icon, IconSize, Menu, TextField};

/// The menu.
#[component]
pub fn SavedSearches(#[prop(into)] search: Signal<Search>) -> impl IntoView {
    let (save, forget) = (ServerAction::<SaveSearch>::new(), ServerAction::<ForgetSearch>::new());
    let (saved, forgotten) = (successes(save), successes(forget));
    let list = Resource::new(move || (saved.get(), forgotten.get()), |_| searches());
    let query = move || {
        let path = search.with(Search::path);
        path.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
    };
    let rows = move || {
        list.get().map(|answer: Result<Vec<SearchView>, ApiError>| match answer {
            Ok(kept) if kept.is_empty() => view! { <p class="menu-note">"You keep no search yet."</p> }.into_any(),
            Ok(kept) => kept.into_iter().map(|kept| row(kept, forget, query)).collect_view().into_any(),
            Err(error) => view! { <p class="menu-note">{error.to_string()}</p> }.into_any(),
        })
    };
    let summary = view! {
        <Icon glyph=Glyph::Bookmark size=IconSize::Small />
        <span class="text-xs font-medium">"Searches"</span>
    }
    .into_any();
    view! {
        <Menu summary>
            <Suspense>{rows}</Suspense>
            <hr class="menu-rule" />
            <ActionForm action=save>
                <div class="saved-form">
                    <input type="hidden" name="query" value=query />
                    <TextField id="search-name" label="Keep this search as" name="name" max_length=80 />
                    <Button label="Keep" submit=true size=ButtonSize::Small />
                    <Refusal problem=problem(save) />
                </div>
            </ActionForm>
        </Menu>
    }
}

fn row(
    kept: SearchView,
    forget: ServerAction<ForgetSearch>,
    query: impl Fn() -> String + Send + Sync + 'static,
) -> AnyView {
    let href = paths::kept_search(&kept.query);
    view! {
        <div class="saved-row">
            <a class="menu-item" href=href>{kept.name.clone()}</a>
            <ActionForm action=forget>
                <input type="hidden" name="id" value=kept.id.to_string() />
                <input type="hidden" name="query" value=query />
                <Button label=format!("Forget {}", kept.name) icon=Glyph::X icon_only=true submit=true size=ButtonSize::Small variant=ButtonVariant::Ghost />
            </ActionForm>
        </div>
    }
    .into_any()
}

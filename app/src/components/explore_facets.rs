//! The filter beside the list: a link for each schema type, so that it works without JavaScript and stands in the address.

use domain::registry::ExplorePage;
use domain::subject::SchemaType;
use leptos::prelude::*;

use super::explore_search::Search;
use crate::ui::grouped;

/// The types with how many subjects of each match the pattern.
#[component]
pub fn TypeFacet(
    #[prop(into)] search: Signal<Search>,
    #[prop(into)] shown: Signal<Option<(Search, ExplorePage)>>,
) -> impl IntoView {
    let row = move |ty: SchemaType| {
        let chosen = move || search.with(|search| search.types.contains(&ty));
        let number = move || {
            let of_type =
                |page: &ExplorePage| page.by_type.iter().find(|(other, _)| *other == ty).map_or(0, |(_, n)| *n);
            shown.with(|shown| shown.as_ref().map(|(_, page)| grouped(of_type(page) as u64)))
        };
        view! {
            <a
                class="facet-row"
                href=move || search.with(|search| search.with_toggled(ty).path())
                aria-current=move || chosen().then_some("true")
            >
                <span class="checkbox" aria-hidden="true" aria-checked=move || if chosen() { "true" } else { "false" }></span>
                <span class="facet-name">{ty.label()}</span>
                <span class="num">{number}</span>
            </a>
        }
    };
    view! {
        <aside class="side side-facets facets-row" aria-label="Filters">
            <section class="facet">
                <h2>"Schema type"</h2>
                {SchemaType::ALL.into_iter().map(row).collect_view()}
            </section>
        </aside>
    }
}

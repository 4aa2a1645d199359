//! The filters beside the list: for each value how many results have it, a link that takes only those, and one that leaves them out.

use domain::search::query::Key;
use domain::search::{Chosen, Facet, FacetValue};
use leptos::prelude::*;

use super::explore_state::{Found, Search};
use crate::ui::{Glyph, Icon, IconSize, grouped};

/// Values of a facet that are listed at all; the others are reached by typing their filter.
const LISTED: usize = 14;
/// Values of a facet that are shown before more are asked for.
const SHOWN: usize = 6;

const fn title(key: Key) -> &'static str {
    match key {
        Key::Type => "Schema type",
        Key::Context => "Context",
        Key::Compatibility => "Compatibility",
        Key::Registry => "Registry",
        Key::Onboarded => "Onboarded",
        Key::Deleted => "Deleted",
        Key::Owner => "Owner",
        _ => "Other",
    }
}

/// Whether a facet says anything: one value that all results have does not, unless it is chosen.
fn is_telling(facet: &Facet) -> bool {
    facet.values.len() > 1 || facet.values.iter().any(|value| value.chosen != Chosen::No)
}

/// The same facets with only so many values as are drawn, and those that are chosen; the others are counted.
pub fn shortened(mut facets: Vec<Facet>) -> Vec<Facet> {
    for facet in &mut facets {
        let before = facet.values.len();
        let mut place = 0;
        facet.values.retain(|value| {
            place += 1;
            place <= LISTED || value.chosen != Chosen::No
        });
        facet.more += before - facet.values.len();
    }
    facets
}

/// What is drawn: the values that stand at the top, and those that begin folded.
fn split(values: Vec<FacetValue>) -> (Vec<FacetValue>, Vec<FacetValue>) {
    let mut left = SHOWN;
    values.into_iter().partition(|value| {
        let shown = left > 0 || value.chosen != Chosen::No;
        left = left.saturating_sub(1);
        shown
    })
}

/// The facets of what is shown.
#[component]
pub fn Facets(#[prop(into)] search: Signal<Search>, shown: Memo<Option<Found>>) -> impl IntoView {
    let facets = Memo::new(move |_| {
        let facets = shown.with(|shown| shown.as_ref().map(|found| found.1.facets.clone())).unwrap_or_default();
        (facets, search.get())
    });
    let draw = move || {
        let (facets, search) = facets.get();
        let telling = facets.into_iter().filter(is_telling);
        telling.map(|facet| view! { <OneFacet facet search=search.clone() /> }).collect_view()
    };
    view! {
        <aside class="side side-facets facets-row" aria-label="Filters">
            {draw}
        </aside>
    }
}

#[component]
fn OneFacet(facet: Facet, search: Search) -> impl IntoView {
    let key = facet.key;
    let draw = move |value: FacetValue| {
        let to = |chosen| search.with_chosen(key, &value.word, chosen).path();
        value_row(key, &value, to)
    };
    let (top, folded) = split(facet.values);
    let hidden = folded.len() + facet.more;
    let more = (facet.more > 0).then(|| {
        let sentence = format!("{} more; filter with {}: to reach them.", grouped(facet.more as u64), key.word());
        view! { <p class="menu-note">{sentence}</p> }
    });
    let folded = (hidden > 0).then(|| {
        view! {
            <details>
                <summary class="facet-more">{format!("{} more", grouped(hidden as u64))}</summary>
                {folded.into_iter().map(draw.clone()).collect_view()}
                {more}
            </details>
        }
    });
    view! {
        <section class="facet">
            <h2>{title(key)}</h2>
            {top.into_iter().map(draw).collect_view()}
            {folded}
        </section>
    }
}

fn value_row(key: Key, value: &FacetValue, to: impl Fn(Chosen) -> String) -> AnyView {
    let (included, excluded) = (value.chosen == Chosen::Included, value.chosen == Chosen::Excluded);
    let label = value.label.clone();
    let name = if key == Key::Context && value.word.starts_with('.') { "facet-name mono" } else { "facet-name" };
    let toggled = if value.chosen == Chosen::No { Chosen::Included } else { Chosen::No };
    let out = (!excluded).then(|| {
        let label = format!("Leave out {label}");
        view! {
            <a class="facet-out" href=to(Chosen::Excluded) aria-label=label.clone() title=label>
                <Icon glyph=Glyph::Minus size=IconSize::Tiny />
            </a>
        }
    });
    // The place of what is left out already, so that the counts stand under each other.
    let room = excluded.then(|| view! { <span class="facet-out" aria-hidden="true"></span> });
    view! {
        <div class="facet-row" data-chosen=included.then_some("true") data-excluded=excluded.then_some("true")>
            <a href=to(toggled) aria-current=included.then_some("true")>
                <span class="checkbox" aria-hidden="true" aria-checked=if included { "true" } else { "false" }></span>
                <span class=name>{label}</span>
                {excluded.then(|| view! { <span class="sr-only">" left out"</span> })}
                <span class="num">{grouped(value.count as u64)}</span>
            </a>
            {out}
            {room}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(word: &str, chosen: Chosen) -> FacetValue {
        FacetValue { word: word.to_owned(), label: word.to_owned(), count: 1, chosen }
    }

    #[test]
    fn a_chosen_value_is_never_folded_away() {
        let mut values: Vec<FacetValue> = (0..20).map(|n| value(&n.to_string(), Chosen::No)).collect();
        values[17].chosen = Chosen::Excluded;
        let (top, folded) = split(values);
        assert_eq!((top.len(), folded.len(), top[SHOWN].word.as_str()), (SHOWN + 1, 13, "17"));
    }

    #[test]
    fn a_facet_of_very_many_values_lists_some_and_counts_the_others() {
        let mut values: Vec<FacetValue> = (0..50).map(|n| value(&n.to_string(), Chosen::No)).collect();
        values[49].chosen = Chosen::Included;
        let facets = shortened(vec![Facet { key: Key::Context, values, more: 7 }]);
        assert_eq!((facets[0].values.len(), facets[0].more), (LISTED + 1, 7 + 35));
    }

    #[test]
    fn a_facet_with_one_value_that_all_have_says_nothing() {
        let facet = |chosen| Facet { key: Key::Registry, values: vec![value("default", chosen)], more: 0 };
        assert!(!is_telling(&facet(Chosen::No)) && is_telling(&facet(Chosen::Included)));
    }
}

//! A table of which only a window is in the document, and whose rows may still be on their way: each keeps its place and height.

use std::hash::Hash;
use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;

use super::track::Track;
use super::virtual_table::{Gap, row_height_of};

/// A list table with a scrollbar of its full length. `item` gives what a place of the list holds, nothing while that is not known;
/// `key` tells items apart; `row` renders one `<tr>`. `on_range` hears which places are near the window, so that they can be fetched;
/// the first `first_rows` are there without JavaScript. When `top_when` changes, as with a new search, the list goes back to its top.
#[component]
pub fn WindowTable<T, K, IF, KF, RF, RV>(
    #[prop(into)] label: String,
    #[prop(into)] total: Signal<usize>,
    item: IF,
    key: KF,
    row: RF,
    columns: usize,
    #[prop(default = 32.0)] row_height: f64,
    first_rows: usize,
    #[prop(into)] top_when: Signal<String>,
    on_range: Callback<Range<usize>>,
    #[prop(into)] head: ViewFnOnce,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    K: Eq + Hash + 'static,
    IF: Fn(usize) -> Option<T> + Clone + Send + Sync + 'static,
    KF: Fn(&T) -> K + Clone + Send + Sync + 'static,
    RF: Fn(usize, Option<T>) -> RV + Clone + Send + Sync + 'static,
    RV: IntoView + 'static,
{
    let frame = NodeRef::<Div>::new();
    // How far it is scrolled, its height, and the height of a row; not measured yet at first.
    let unmeasured = Track::unmeasured(0, row_height, first_rows).view;
    let scrolled = RwSignal::new((0.0, unmeasured, row_height));
    let track = Memo::new(move |_| {
        let (_, view, row) = scrolled.get();
        Track { total: total.get(), row, view }
    });
    let range = Memo::new(move |_| track.get().range(scrolled.get().0));
    let gaps = Memo::new(move |_| track.get().gaps(scrolled.get().0, &range.get()));
    let measure = move || {
        if let Some(frame) = frame.get_untracked() {
            let measured = row_height_of(&frame).unwrap_or(row_height);
            scrolled.set((f64::from(frame.scroll_top()), f64::from(frame.client_height()), measured));
        }
    };
    Effect::watch(
        move || top_when.get(),
        move |_, _, _| {
            if let Some(frame) = frame.get_untracked() {
                frame.set_scroll_top(0);
            }
        },
        false,
    );
    Effect::new(move |_| {
        measure();
        on_range.run(range.get());
    });
    let visible = move || range.get().map(|index| (index, item(index))).collect::<Vec<_>>();
    view! {
        <div class="rows-scroll" tabindex="0" role="region" aria-label=label node_ref=frame on:scroll=move |_| measure()>
            <table class="list-table" aria-rowcount=move || (total.get() + 1).to_string()>
                {head.run()}
                <tbody>
                    <Gap columns height=Signal::derive(move || gaps.get().0) />
                    <For
                        each=visible
                        key=move |(index, item)| (*index, item.as_ref().map(&key))
                        children=move |(index, item)| row(index, item)
                    /> <Gap columns height=Signal::derive(move || gaps.get().1) />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

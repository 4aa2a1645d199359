//! A table that keeps only the rows near the window in the document; before hydration it shows the first screenful.

use std::hash::Hash;
use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// Rows kept above and below what is seen, so that a quick scroll does not show blanks.
const MARGIN: usize = 16;
/// Rows that the server renders, and the browser before it has measured.
const FIRST_ROWS: usize = 60;

/// Which of `total` rows to render for a window of `height` px that is scrolled down by `top` px.
#[must_use]
pub fn window_of(total: usize, row_height: f64, top: f64, height: f64) -> Range<usize> {
    let row_height = row_height.max(1.0);
    let first = (top.max(0.0) / row_height) as usize;
    let seen = (height.max(0.0) / row_height).ceil() as usize + 1;
    let end = first.saturating_add(seen).saturating_add(MARGIN).min(total);
    first.saturating_sub(MARGIN).min(end)..end
}

/// A list table with a scrollbar of its full length. `head` holds the colgroup and the thead, `row` renders one `<tr>` from its index and item,
/// `key` tells items apart, `columns` counts the cells of a row; `row_height` is corrected by measuring the first row, and `first_rows`
/// are there without JavaScript. When `top_when` changes, as with a new search, the list goes back to its top.
#[component]
pub fn VirtualTable<T, K, KF, RF, RV>(
    #[prop(into)] label: String,
    #[prop(into)] items: Signal<Vec<T>>,
    key: KF,
    row: RF,
    columns: usize,
    #[prop(default = 32.0)] row_height: f64,
    #[prop(into, optional)] top_when: MaybeProp<String>,
    #[prop(default = FIRST_ROWS)] first_rows: usize,
    #[prop(into)] head: ViewFnOnce,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    K: Eq + Hash + 'static,
    KF: Fn(&T) -> K + Clone + Send + Sync + 'static,
    RF: Fn(usize, T) -> RV + Clone + Send + Sync + 'static,
    RV: IntoView + 'static,
{
    let frame = NodeRef::<Div>::new();
    let scrolled = RwSignal::new((0.0, first_rows as f64 * row_height, row_height));
    let range = Memo::new(move |_| {
        let (top, height, row_height) = scrolled.get();
        window_of(items.with(Vec::len), row_height, top, height)
    });
    let measure = move |_| {
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
    let visible = move || {
        let range = range.get();
        items.with(|items| {
            let rows = items.get(range.clone()).unwrap_or_default();
            range.zip(rows.iter().cloned()).collect::<Vec<_>>()
        })
    };
    let before = move || range.get().start as f64 * scrolled.get().2;
    let after = move || items.with(Vec::len).saturating_sub(range.get().end) as f64 * scrolled.get().2;
    view! {
        <div class="rows-scroll" tabindex="0" role="region" aria-label=label node_ref=frame on:scroll=measure>
            <table class="list-table" aria-rowcount=move || items.with(Vec::len).to_string()>
                {head.run()}
                <tbody>
                    <Gap columns height=Signal::derive(before) />
                    <For
                        each=visible
                        key=move |(index, item)| (*index, key(item))
                        children=move |(index, item)| row(index, item)
                    /> <Gap columns height=Signal::derive(after) />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The room of the rows that are not in the document, as an SVG because its height is an attribute and not a style.
#[component]
pub fn Gap(columns: usize, height: Signal<f64>) -> impl IntoView {
    let row = move || {
        let height = height.get();
        (height > 0.0).then(|| {
            view! {
                <tr class="gap" aria-hidden="true">
                    <td colspan=columns.to_string()>
                        <svg width="1" height=height.to_string()></svg>
                    </td>
                </tr>
            }
        })
    };
    row.into_any()
}

/// The height that the style sheet gives a row, which differs between wide and narrow windows.
pub(super) fn row_height_of(frame: &web_sys::HtmlDivElement) -> Option<f64> {
    let row = frame.query_selector("tbody > tr:not(.gap)").ok().flatten()?;
    let row = row.dyn_into::<web_sys::HtmlElement>().ok()?;
    let height = f64::from(row.offset_height());
    (height > 0.0).then_some(height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_covers_what_is_seen_and_stays_inside_the_list() {
        for total in [0, 1, 59, 60, 10_000] {
            for top in [-50.0, 0.0, 31.0, 4_000.0, 319_000.0, 1e12] {
                let range = window_of(total, 32.0, top, 800.0);
                assert!(range.start <= range.end && range.end <= total, "{total} rows at {top}: {range:?}");
                assert!(range.len() <= 2 * MARGIN + 26, "{total} rows at {top}: {range:?}");
                let first_seen = (top.max(0.0) / 32.0) as usize;
                for seen in first_seen..(first_seen + 25).min(total) {
                    assert!(range.contains(&seen), "row {seen} of {total} at {top}: {range:?}");
                }
            }
        }
    }

    #[test]
    fn a_row_without_height_does_not_divide_by_zero() {
        assert_eq!(window_of(100, 0.0, 0.0, 10.0), 0..11 + MARGIN);
    }
}

//! The one line under the search box: how many match, how fresh that is, and what could not be read.

use domain::registry::{ExplorePage, Freshness, Unreadable};
use leptos::prelude::*;

use super::explore_search::Search;
use crate::ui::{Dot, DotTone, Notice, NoticeTone, grouped, time};

/// A number of things as text with its noun: `1 subject`, `2,000 subjects`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number as u64), if number == 1 { one } else { many })
}

/// The state of the registry in a few words, and how it is coloured: how much of it was read, and how long ago.
fn age(freshness: &Freshness) -> (String, DotTone) {
    let broken = freshness.trouble.is_some();
    let read = format!("{} of {} read", grouped(freshness.read as u64), grouped(freshness.listed as u64));
    match freshness.synced_at {
        None if freshness.listed == 0 => ("not read yet".to_owned(), if broken { DotTone::Bad } else { DotTone::None }),
        None => (read, if broken { DotTone::Bad } else { DotTone::None }),
        Some(at) => {
            let ago = time::relative(at.0, freshness.now.0);
            if broken {
                (format!("{read}, snapshot of {ago}"), DotTone::Bad)
            } else {
                (format!("{read}, synced {ago}"), DotTone::Ok)
            }
        }
    }
}

/// How many match, as an announcement. `still` names the pattern that the shown result is of, when it is not the typed one.
#[component]
fn Counts(page: ExplorePage, still: Option<String>) -> impl IntoView {
    let total = count(page.total, "subject", "subjects");
    let matched = grouped(page.matched as u64);
    let verb = if page.matched == 1 { " matches" } else { " match" };
    match still {
        None => view! { <span><b>{matched}</b>" of "{total}{verb}</span> }.into_any(),
        Some(pattern) if pattern.is_empty() => view! { <span>"Still showing all "{total}</span> }.into_any(),
        Some(pattern) => view! {
            <span>"Still showing "<span class="mono">{pattern}</span></span>
            <span><b>{matched}</b>" of "{total}</span>
        }
        .into_any(),
    }
}

/// The line itself; `still` says that what is shown is not what was typed last.
#[component]
pub fn StatusLine(
    #[prop(into)] shown: Signal<Option<(Search, ExplorePage)>>,
    #[prop(into)] still: Signal<bool>,
) -> impl IntoView {
    let counts = move || {
        let still = still.get();
        shown.get().map(|(search, page)| view! { <Counts page still=still.then_some(search.pattern) /> })
    };
    let state = move || {
        shown
            .with(|shown| shown.as_ref().map(|(_, page)| age(&page.freshness)))
            .map(|(word, tone)| view! { <Dot word tone /> })
    };
    let unreadable = move || {
        let found = shown.with(|shown| {
            shown.as_ref().map(|(_, page)| (page.freshness.unreadable.clone(), page.freshness.unreadable_count))
        });
        found.filter(|(_, count)| *count > 0).map(|(list, count)| view! { <UnreadableList list count /> })
    };
    view! {
        <div class="status-line">
            <div class="dots">
                <span class="dots" role="status" aria-live="polite">
                    {counts}
                </span>
                <span>{state}</span>
            </div>
            {unreadable}
        </div>
    }
}

/// What the registry lists and what could not be read, with the reasons.
#[component]
fn UnreadableList(list: Vec<Unreadable>, count: usize) -> impl IntoView {
    let words = format!("{} unreadable", grouped(count as u64));
    let more = count.saturating_sub(list.len());
    let more = (more > 0).then(|| {
        view! { <li class="py-1 text-xs text-muted">{format!("and {} more", grouped(more as u64))}</li> }
    });
    let one = |unreadable: Unreadable| {
        view! {
            <li class="py-1">
                <p class="mono text-xs break-all">{unreadable.subject}</p>
                <p class="text-xs text-muted">{unreadable.reason}</p>
            </li>
        }
    };
    view! {
        <details class="menu pl-2">
            <summary class="text-warn underline decoration-dotted underline-offset-2">{words}</summary>
            <div class="menu-list float wide:w-[440px] max-h-[60dvh] overflow-auto" tabindex="0" role="region" aria-label="Unreadable subjects">
                <ul class="px-2 py-1">{list.into_iter().map(one).collect_view()} {more}</ul>
            </div>
        </details>
    }
}

/// The band that says that the registry does not answer, and what that means for this page.
#[component]
pub fn RegistryTrouble(freshness: Freshness) -> impl IntoView {
    freshness.trouble.map(|trouble| {
        let detail = match freshness.synced_at {
            Some(at) => format!(
                "You are reading the snapshot of {}. Search and design work; a subject that is newer than that is missing.",
                time::relative(at.0, freshness.now.0)
            ),
            None => "Nothing has been read yet. This page fills when the registry answers.".to_owned(),
        };
        view! { <Notice tone=NoticeTone::Bad icon=crate::ui::Glyph::Unplug text=trouble detail /> }
    })
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;

    use super::*;

    #[test]
    fn a_snapshot_that_cannot_be_renewed_is_called_old() {
        let read = Freshness { read: 20_412, listed: 20_412, ..Freshness::default() };
        let fresh = Freshness { synced_at: Some(Timestamp(0)), now: Timestamp(14_000), ..read };
        assert_eq!(age(&fresh), ("20,412 of 20,412 read, synced 14 s ago".to_owned(), DotTone::Ok));
        let old = Freshness { trouble: Some("It answers with 503.".into()), ..fresh };
        assert_eq!(age(&old), ("20,412 of 20,412 read, snapshot of 14 s ago".to_owned(), DotTone::Bad));
        assert_eq!(age(&Freshness::default()).0, "not read yet");
    }

    #[test]
    fn a_first_reading_under_way_says_how_far_it_is() {
        let reading = Freshness { read: 612, listed: 20_412, ..Freshness::default() };
        assert_eq!(age(&reading), ("612 of 20,412 read".to_owned(), DotTone::None));
    }
}

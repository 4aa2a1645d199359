//! The one line under the search box: how many match, how fresh that is, and what could not be read.

use domain::registry::Freshness;
use domain::search::{Matched, SearchPage};
use leptos::prelude::*;

use super::explore_state::Found;
use super::state::counted;
use crate::paths;
use crate::ui::{Dot, DotTone, Notice, NoticeTone, grouped, time};

/// The state of the registry in a few words, and how it is coloured.
pub fn age(freshness: &Freshness) -> (String, DotTone) {
    let broken = freshness.trouble.is_some();
    if !broken && freshness.read < freshness.listed {
        let (read, listed) = (grouped(freshness.read as u64), grouped(freshness.listed as u64));
        return (format!("reading, {read} of {listed}"), DotTone::Live);
    }
    match freshness.synced_at {
        None => ("not read yet".to_owned(), if broken { DotTone::Bad } else { DotTone::None }),
        Some(at) => {
            let ago = time::relative(at.0, freshness.now.0);
            if broken { (format!("snapshot of {ago}"), DotTone::Bad) } else { (format!("synced {ago}"), DotTone::Ok) }
        }
    }
}

/// How many match, before and after the figure.
fn said(page: &SearchPage) -> (&'static str, String, String) {
    let total = counted(page.total, "subject", "subjects");
    match page.matched {
        Matched::Exact { count } => {
            let verb = if count == 1 { "matches" } else { "match" };
            ("", grouped(count as u64), format!(" of {total} {verb}"))
        }
        Matched::AtLeast { count, searched, of } => {
            let (searched, of) = (grouped(searched as u64), grouped(of as u64));
            ("at least ", grouped(count as u64), format!(" match; the time was up after {searched} of {of} subjects"))
        }
    }
}

/// How many match, as an announcement. `still` names the query that the shown result is of, when it is not the typed one.
#[component]
fn Counts(found: Found, still: bool) -> impl IntoView {
    let (search, page) = found.as_ref();
    let (before, number, after) = said(page);
    let still = still.then(|| match search.query() {
        query if query.is_empty() => view! { <span>"Still showing all"</span> }.into_any(),
        query => view! { <span>"Still showing "<span class="mono">{query}</span></span> }.into_any(),
    });
    view! {
        {still}
        <span>{before}<b>{number}</b>{after}</span>
    }
}

/// The line itself; `still` says that what is shown is not what was typed last. The tools of the list stand at its end.
#[component]
pub fn StatusLine(shown: Memo<Option<Found>>, #[prop(into)] still: Signal<bool>, children: Children) -> impl IntoView {
    let counts = move || {
        let still = still.get();
        shown.get().map(|found| view! { <Counts found still /> })
    };
    let state = move || {
        shown
            .with(|shown| shown.as_ref().map(|found| age(&found.1.freshness)))
            .map(|(word, tone)| view! { <a href=paths::REGISTRIES title="The registries"><Dot word tone /></a> })
    };
    let unreadable = move || {
        let number = shown.with(|shown| shown.as_ref().map_or(0, |found| found.1.freshness.unreadable_count));
        (number > 0).then(|| {
            let words = format!("{} unreadable", grouped(number as u64));
            // The dot between the facts must not be part of the link's name.
            view! { <span><a class="unreadable" href=paths::REGISTRIES>{words}</a></span> }
        })
    };
    view! {
        <div class="status-line">
            <div class="dots">
                <span class="dots" role="status" aria-live="polite">
                    {counts}
                </span>
                <span>{state}</span>
                {unreadable}
            </div>
            <span class="grow"></span>
            <div class="tools">{children()}</div>
        </div>
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
        let fresh = Freshness { synced_at: Some(Timestamp(0)), now: Timestamp(14_000), ..Freshness::default() };
        assert_eq!(age(&fresh), ("synced 14 s ago".to_owned(), DotTone::Ok));
        let old = Freshness { trouble: Some("It answers with 503.".into()), ..fresh.clone() };
        assert_eq!(age(&old), ("snapshot of 14 s ago".to_owned(), DotTone::Bad));
        assert_eq!(age(&Freshness::default()).0, "not read yet");
        let reading = Freshness { read: 20_412, listed: 1_002_114, ..fresh };
        assert_eq!(age(&reading), ("reading, 20,412 of 1,002,114".to_owned(), DotTone::Live));
    }

    #[test]
    fn a_count_that_is_not_whole_says_how_far_it_came() {
        let page = |matched| SearchPage { matched, total: 1_002_114, ..SearchPage::default() };
        let (before, number, after) = said(&page(Matched::Exact { count: 48_213 }));
        assert_eq!(format!("{before}{number}{after}"), "48,213 of 1,002,114 subjects match");
        let (before, number, after) = said(&page(Matched::AtLeast { count: 7, searched: 9_000, of: 1_002_114 }));
        assert_eq!(
            format!("{before}{number}{after}"),
            "at least 7 match; the time was up after 9,000 of 1,002,114 subjects"
        );
    }
}

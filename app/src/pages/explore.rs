//! Explore: finds subjects by what is in them, answering as one types.

mod beside;
mod rows;
mod touch;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use domain::registry::Freshness;
use domain::search::{PatternError, SearchPage};
use leptos::html::{Details, Input};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_url};

use self::beside::{Beside, Look};
use self::rows::Rows;
use self::touch::Touch;
use crate::api::{ApiError, registry};
use crate::components::explore_bulk::{BulkBar, PlainBulk};
use crate::components::explore_columns::{ColumnChooser, Columns};
use crate::components::explore_empty::{Near, NothingFound, near};
use crate::components::explore_facets::{Facets, shortened};
use crate::components::explore_help::SearchHelp;
use crate::components::explore_keys::{KeyTargets, use_explore_keys};
use crate::components::explore_list::{ListState, PAGE_ROWS, SubjectList};
use crate::components::explore_match::lightened;
use crate::components::explore_problem::BrokenPattern;
use crate::components::explore_saved::SavedSearches;
use crate::components::explore_search::SearchBox;
use crate::components::explore_selection::Selection;
use crate::components::explore_sort::SortMenu;
use crate::components::explore_state::{Found, Search};
use crate::components::explore_status::{RegistryTrouble, StatusLine};
use crate::components::problem::Problem;
use crate::query::value_of;
use crate::ui::{Notice, NoticeTone, SkeletonRows, grouped};

/// An answer with the search that it answers.
type Answer = (Search, Result<SearchPage, ApiError>);

/// How often the page asks again by itself while the registry is being read, and how many of these turns it rests afterwards.
const AGAIN: Duration = Duration::from_secs(2);
const REST: u32 = 5;

/// What the server knows this window by, so that a newer search ends an older one; nothing before the page is awake.
static WINDOW: OnceLock<String> = OnceLock::new();

async fn ask(search: Search, offset: usize, limit: usize, rows_only: bool) -> Answer {
    let mut request = search.request(offset, limit);
    request.rows_only = rows_only;
    if !rows_only {
        request.tab = WINDOW.get().cloned().unwrap_or_default();
    }
    let page = registry::search(request).await;
    // What the page does not draw does not go with every answer.
    let page = page.map(|page| SearchPage {
        freshness: Freshness { unreadable: Vec::new(), ..page.freshness },
        facets: shortened(page.facets),
        rows: page.rows.into_iter().map(lightened).collect(),
        ..page
    });
    (search, page)
}

/// Whether the registry is not read whole yet.
fn is_being_read(page: &Result<SearchPage, ApiError>) -> bool {
    page.as_ref().is_ok_and(|page| page.freshness.synced_at.is_none() || page.freshness.read < page.freshness.listed)
}

/// The page.
#[component]
pub fn ExplorePage() -> impl IntoView {
    let url = use_url();
    let search = Memo::new(move |_| url.with(|url| Search::of(|key| value_of(url.search(), key))));
    let answer = Resource::new(move || search.get(), |search| ask(search, 0, PAGE_ROWS, false));
    Effect::new(move |_| {
        WINDOW.get_or_init(|| format!("{:x}", (web_sys::js_sys::Math::random() * 1e15) as u64));
        let turns = StoredValue::new(0_u32);
        let again = move || {
            turns.update_value(|turns| *turns = turns.wrapping_add(1));
            let reading = answer.with_untracked(|answer| answer.as_ref().is_some_and(|(_, page)| is_being_read(page)));
            let turn = reading || turns.get_value().is_multiple_of(REST);
            if turn && !document().hidden() {
                answer.refetch();
            }
        };
        if let Ok(handle) = set_interval_with_handle(again, AGAIN) {
            on_cleanup(move || handle.clear());
        }
    });
    let fallback = || view! { <SkeletonRows label="Reading the subjects" rows=16 /> };
    view! {
        <Title text="Explore" />
        <h1 class="sr-only">"Explore"</h1>
        <Transition fallback>
            <Explored search answer />
        </Transition>
    }
}

/// What the last usable answer was, and what is wrong with the newest one.
#[derive(Clone, Copy)]
struct Findings {
    shown: Memo<Option<Found>>,
    broken: Memo<Option<(Search, PatternError)>>,
    failed: Memo<Option<ApiError>>,
}

impl Findings {
    fn of(answer: Resource<Answer>) -> Self {
        let newest = Memo::new(move |_| answer.get());
        let shown = Memo::new(move |previous: Option<&Option<Found>>| match newest.get() {
            Some((search, Ok(page))) if page.problem.is_none() => Some(Arc::new((search, page))),
            _ => previous.cloned().flatten(),
        });
        let broken = Memo::new(move |_| match newest.get() {
            Some((search, Ok(page))) => page.problem.map(|problem| (search, problem)),
            _ => None,
        });
        let failed = Memo::new(move |_| newest.get().and_then(|(_, page)| page.err()));
        Self { shown, broken, failed }
    }

    /// Whether what is shown is not what was asked last.
    fn is_still(self) -> bool {
        self.broken.with(Option::is_some) || self.failed.with(Option::is_some)
    }
}

/// Everything that depends on an answer.
#[component]
fn Explored(search: Memo<Search>, answer: Resource<Answer>) -> impl IntoView {
    let findings = Findings::of(answer);
    let (field, help) = (NodeRef::<Input>::new(), NodeRef::<Details>::new());
    let navigate = use_navigate();
    let look = Look::of_address();
    let on_search = Callback::new(move |next: Search| {
        let path = look.get_untracked().path(&next);
        navigate(&path, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    let nothing_yet = Memo::new(move |_| findings.failed.get().filter(|_| findings.shown.with(Option::is_none)));
    let failed_later = move || findings.failed.get().filter(|_| findings.shown.with(Option::is_some));
    let took = move || findings.shown.with(|shown| shown.as_ref().map(|found| found.1.took_micros));
    let columns = Memo::new(move |_| search.with(Columns::of));
    let trouble =
        Memo::new(move |_| findings.shown.with(|shown| shown.as_ref().map(|found| found.1.freshness.clone())));
    let retry = Callback::new(move |()| answer.refetch());
    move || {
        match nothing_yet.get() {
        Some(error) => view! { <Problem error retry /> }.into_any(),
        None => view! {
            {move || trouble.get().map(|freshness| view! { <RegistryTrouble freshness /> })}
            {move || failed_later().map(|error| view! { <Notice tone=NoticeTone::Bad text=error.to_string() /> })}
            <div class="search-head">
                <SearchBox
                    search
                    broken=Signal::derive(move || findings.broken.with(Option::is_some))
                    took=Signal::derive(took)
                    on_search
                    field
                />
                <div id="search-error" class="search-error" class:hidden=move || findings.broken.with(Option::is_none) role="status">
                    {move || findings.broken.get().map(|(search, error)| view! { <BrokenPattern search error /> })}
                </div>
                <StatusLine shown=findings.shown still=Signal::derive(move || findings.is_still())>
                    <SavedSearches search />
                    <SortMenu search />
                    <ColumnChooser search columns />
                    <SearchHelp menu=help />
                </StatusLine>
            </div>
            <div class="split">
                <Facets search shown=findings.shown />
                <Results findings columns look field help />
                <Beside search look />
            </div>
        }
        .into_any(),
    }
    }
}

/// The list, or what stands in its place.
#[component]
fn Results(
    findings: Findings,
    columns: Memo<Columns>,
    look: Memo<Look>,
    field: NodeRef<Input>,
    help: NodeRef<Details>,
) -> impl IntoView {
    let shown = findings.shown;
    let rows = Rows::of(shown);
    let selection = RwSignal::new(Selection::default());
    let touch = Touch::of(rows, shown, look, selection);
    use_explore_keys(KeyTargets {
        field,
        help,
        on_move: touch.on_move(),
        on_select: touch.on_select_at(),
        on_extend: touch.on_extend(),
        on_escape: touch.on_escape(),
    });
    let state = ListState { selection, previewed: Signal::derive(move || look.get().at) };
    // Not the answer itself: a new one must change rows, not build the list anew.
    let any = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|_| rows.total() > 0)));
    let top_when =
        Signal::derive(move || shown.with(|shown| shown.as_ref().map(|found| found.0.path()).unwrap_or_default()));
    let list = move || {
        view! {
            <SubjectList
                total=Signal::derive(move || rows.total())
                item=Callback::new(move |index| rows.at(index))
                columns=columns.get()
                state
                top_when
                on_range=Callback::new(move |range| rows.near(range))
                on_select=touch.on_select()
                on_open=touch.on_open()
            />
        }
    };
    view! {
        <section class="pane list-pane">
            {move || match any.get() {
                None => {
                    view! { <p class="empty-text px-4 py-3">"Subjects appear here once the query is mended."</p> }.into_any()
                }
                Some(false) => view! { <Nothing shown /> }.into_any(),
                Some(true) => list.into_any(),
            }}
            <BulkBar selection shown />
            <Foot shown rows />
            <PlainBulk />
        </section>
    }
}

/// What is said instead of an empty list, with the nearest searches counted.
#[component]
fn Nothing(shown: Memo<Option<Found>>) -> impl IntoView {
    let search = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|found| found.0.clone())));
    let counts = Resource::new(
        move || search.get(),
        |search| async move {
            let mut counts: Vec<(Near, usize)> = Vec::new();
            for near in search.as_ref().map(near).unwrap_or_default() {
                let page = ask(near.search.clone(), 0, 1, false).await.1;
                counts.push((near, page.map_or(0, |page| page.matched.count())));
            }
            counts
        },
    );
    move || {
        shown.get().map(|found| {
            let counts = Signal::derive(move || counts.get());
            view! { <NothingFound page=found.1.clone() counts /> }
        })
    }
}

/// Where the shown page is in the whole, for whoever reads without a script, and what went wrong with rows further down.
#[component]
fn Foot(shown: Memo<Option<Found>>, rows: Rows) -> impl IntoView {
    let pages = move || {
        let found = shown.get()?;
        let (search, page) = found.as_ref();
        let first = search.after.is_some().then(|| {
            view! { <a class="link" href=Search { after: None, ..search.clone() }.path()>"First page"</a> }
        });
        let next = page.next.clone().map(|after| {
            let href = Search { after: Some(after), ..search.clone() }.path();
            view! { <noscript><a class="btn btn-sm" href=href>"Next page"</a></noscript> }
        });
        let counts =
            format!("{} to {}", grouped(page.offset as u64 + 1), grouped((page.offset + page.rows.len()) as u64));
        let paged = first.is_some() || next.is_some();
        paged.then(|| {
            view! {
                <div class="pane-foot scriptless">
                    <span class="num">{counts}</span>
                    {first}
                    {next}
                </div>
            }
        })
    };
    let failure = move || {
        rows.failure().map(|error| view! { <p class="pane-foot text-bad" role="alert">{error.to_string()}</p> })
    };
    view! {
        {pages}
        {failure}
    }
}

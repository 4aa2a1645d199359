//! Explore: finds subjects by regular expression, answering as one types.

mod more;

use domain::registry::ExplorePage as Page;
use domain::search::PatternError;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use self::more::{More, MoreRows};
use crate::api::{ApiError, registry};
use crate::components::explore_empty::NothingFound;
use crate::components::explore_facets::TypeFacet;
use crate::components::explore_keys::use_explore_keys;
use crate::components::explore_list::{PAGE_ROWS, SubjectList};
use crate::components::explore_search::{BrokenPattern, Search, SearchBox};
use crate::components::explore_status::{RegistryTrouble, StatusLine};
use crate::components::problem::Problem;
use crate::query::use_query_value;
use crate::ui::{Notice, NoticeTone, SkeletonRows};

/// An answer with the search that it answers.
type Answer = (Search, Result<Page, ApiError>);

async fn ask(search: Search, limit: usize) -> Answer {
    let after = search.after.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default();
    let page = registry::explore(search.pattern.clone(), search.type_words(), after, limit).await;
    (search, page)
}

/// The page.
#[component]
pub fn ExplorePage() -> impl IntoView {
    let (pattern, types, after) = (use_query_value("q"), use_query_value("type"), use_query_value("after"));
    let search = Memo::new(move |_| Search::of(pattern.get(), types.get().as_deref(), after.get()));
    let answer = Resource::new(move || search.get(), |search| ask(search, PAGE_ROWS));
    let fallback = || view! { <SkeletonRows label="Reading the subjects" rows=16 /> };
    view! {
        <Title text="Explore" />
        <h1 class="sr-only">"Explore"</h1>
        <Transition fallback>
            <Found search answer />
        </Transition>
    }
}

/// What the last usable answer was, what is wrong with the newest one, and the rows that were added to the first.
#[derive(Clone, Copy)]
struct Findings {
    shown: Memo<Option<(Search, Page)>>,
    broken: Memo<Option<(Search, PatternError)>>,
    failed: Memo<Option<ApiError>>,
}

impl Findings {
    fn of(answer: Resource<Answer>) -> Self {
        let newest = Memo::new(move |_| answer.get());
        let shown = Memo::new(move |previous: Option<&Option<(Search, Page)>>| match newest.get() {
            Some((search, Ok(page))) if page.problem.is_none() => Some((search, page)),
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
fn Found(search: Memo<Search>, answer: Resource<Answer>) -> impl IntoView {
    let findings = Findings::of(answer);
    let field = NodeRef::<Input>::new();
    use_explore_keys(field);
    let navigate = use_navigate();
    let on_search = Callback::new(move |next: Search| {
        navigate(&next.path(), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    let nothing_yet = Memo::new(move |_| findings.failed.get().filter(|_| findings.shown.with(Option::is_none)));
    let failed_later = move || findings.failed.get().filter(|_| findings.shown.with(Option::is_some));
    let retry = Callback::new(move |()| answer.refetch());
    move || {
        match nothing_yet.get() {
        Some(error) => view! { <Problem error retry /> }.into_any(),
        None => view! {
            {move || findings.shown.get().map(|(_, page)| view! { <RegistryTrouble freshness=page.freshness /> })}
            {move || failed_later().map(|error| view! { <Notice tone=NoticeTone::Bad text=error.to_string() /> })}
            <div class="search-head">
                <SearchBox search broken=Signal::derive(move || findings.broken.with(Option::is_some)) on_search field />
                <div id="search-error" class="search-error" class:hidden=move || findings.broken.with(Option::is_none) role="status">
                    {move || findings.broken.get().map(|(search, error)| view! { <BrokenPattern search error /> })}
                </div>
                <StatusLine shown=findings.shown still=Signal::derive(move || findings.is_still()) />
            </div>
            <div class="split">
                <TypeFacet search shown=findings.shown />
                <Results findings />
            </div>
        }
        .into_any(),
    }
    }
}

/// The list, or what stands in its place.
#[component]
fn Results(findings: Findings) -> impl IntoView {
    let shown = findings.shown;
    // Not the answer itself: a new one must change rows, not build the list anew.
    let rows = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|(_, page)| !page.rows.is_empty())));
    let more = More::after(shown);
    let nothing = move || shown.get().map(|(search, page)| view! { <NothingFound search page /> });
    view! {
        <section class="pane">
            {move || match rows.get() {
                None => {
                    view! { <p class="empty-text px-4 py-3">"Subjects appear here once the pattern is mended."</p> }.into_any()
                }
                Some(false) => nothing.into_any(),
                Some(true) => view! { <SubjectList rows=more.rows /> }.into_any(),
            }}
            <MoreRows more shown />
        </section>
    }
}

//! The catalogue: what is live, and what the registry has moved past.

use domain::event::OnboardedEvent;
use domain::subject::{SubjectName, Version};
use domain::time::Timestamp;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::ApiError;
use crate::api::events::{RetirePipe, events};
use crate::components::event_table::{EventTable, is_behind, matches};
use crate::components::outcome::{Refusal, problem};
use crate::components::problem::Problem;
use crate::components::state::counted;
use crate::paths;
use crate::query::use_query_value;
use crate::ui::{Button, ButtonSize, ButtonVariant, EmptyState, Glyph, Icon, LinkButton, SkeletonRows, grouped};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct EventsRoute;

#[lazy_route]
impl LazyRoute for EventsRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <EventsPage /> }.into_any()
    }
}

#[component]
fn EventsPage() -> impl IntoView {
    let list = Resource::new(|| (), |()| events());
    let figures = move || list.get().and_then(Result::ok).map(|(events, _)| view! { <Figures events /> });
    view! {
        <Title text="Events" />
        <header class="page-head">
            <div class="page-row">
                <h1 class="page-title">"Events"</h1>
            </div>
            <p class="page-note">"Every event that was brought live here, and the table that it fills."</p>
            <Transition>{figures}</Transition>
        </header>
        <Transition fallback=|| {
            view! { <SkeletonRows label="The events are loading." /> }
        }>{move || list.get().map(content)}</Transition>
    }
    .into_any()
}

fn content(loaded: Result<(Vec<OnboardedEvent>, Timestamp), ApiError>) -> AnyView {
    match loaded {
        Err(error) => view! { <Problem error /> }.into_any(),
        Ok((events, _)) if events.is_empty() => view! {
            <EmptyState
                title="No event is live yet"
                text="An event is here once its request was approved and its run is complete. Begin with a schema."
            >
                <LinkButton href=paths::EXPLORE label="Explore subjects" icon=Glyph::Search variant=ButtonVariant::Primary />
                <LinkButton href=paths::RUNS label="Runs under way" icon=Glyph::Workflow />
            </EmptyState>
        }
        .into_any(),
        Ok((events, now)) => view! { <Catalogue events now /> }.into_any(),
    }
}

#[component]
fn Figures(events: Vec<OnboardedEvent>) -> impl IntoView {
    let number = |count: usize| grouped(u64::try_from(count).unwrap_or(u64::MAX));
    let behind = events.iter().filter(|event| is_behind(event)).count();
    (!events.is_empty())
        .then(|| {
            view! {
                <div class="figures">
                    <span>
                        <b>{number(events.len())}</b>
                        "live"
                    </span>
                    <span>
                        <b>{number(behind)}</b>
                        "behind the registry"
                    </span>
                </div>
            }
        })
        .into_any()
}

#[component]
fn Catalogue(events: Vec<OnboardedEvent>, now: Timestamp) -> impl IntoView {
    let query = use_query_value("q");
    let filter = Memo::new(move |_| query.get().unwrap_or_default());
    let total = events.len();
    let shown = Memo::new(move |_| {
        filter.with(|filter| events.iter().filter(|event| matches(event, filter)).cloned().collect::<Vec<_>>())
    });
    let count = move || {
        let shown = shown.with(Vec::len);
        if shown == total {
            counted(total, "event", "events")
        } else {
            format!("{shown} of {}", counted(total, "event", "events"))
        }
    };
    let none = move || {
        shown.with(Vec::is_empty).then(|| {
            view! {
                <EmptyState
                    title="No event matches"
                    text="The filter looks for every word in names, tables, topics and owners."
                >
                    <LinkButton href=paths::EVENTS label="Show all events" />
                </EmptyState>
            }
        })
    };
    let retire = ServerAction::<RetirePipe>::new();
    let form = Callback::new(move |(subject, version): (SubjectName, Version)| {
        view! {
            <ActionForm action=retire attr:class="relative">
                <input type="hidden" name="name" value=subject.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
                <Button label=format!("Retire v{version}") size=ButtonSize::Small submit=true />
            </ActionForm>
        }
        .into_any()
    });
    view! {
        <Refusal problem=problem(retire) />
        <div class="bar">
            <Filter filter />
            <span class="grow"></span>
            <span class="text-xs text-muted" role="status">
                {count}
            </span>
        </div>
        <EventTable events=shown now retire=form />
        {none}
    }
    .into_any()
}

/// The filter's text is in the address; without JavaScript the form puts it there.
#[component]
fn Filter(filter: Memo<String>) -> impl IntoView {
    let navigate = use_navigate();
    let type_in = move |text: String| {
        let path = if text.is_empty() {
            paths::EVENTS.to_owned()
        } else {
            format!("{}?q={}", paths::EVENTS, paths::encode(&text))
        };
        navigate(&path, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    };
    view! {
        <form role="search" method="get" action=paths::EVENTS on:submit=move |event| event.prevent_default()>
            <label class="search-box search-box-sm">
                <Icon glyph=Glyph::Search />
                <input
                    type="search"
                    name="q"
                    aria-label="Filter the events"
                    placeholder="Filter by name, table, owner…"
                    autocomplete="off"
                    spellcheck="false"
                    value=filter.get_untracked()
                    prop:value=move || filter.get()
                    on:input:target=move |event| type_in(event.target().value())
                />
            </label>
        </form>
    }
    .into_any()
}

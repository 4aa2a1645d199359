//! Registries: how fresh each is and how it is read, what cannot be read and why, and the test of its connection.

use domain::registry::{RegistryState, Unreadable};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::ApiError;
use crate::api::registries::{ReadRegistry, TestRegistry, registries, unreadable_of};
use crate::components::outcome::successes;
use crate::components::page_title::PageTitle;
use crate::components::problem::Problem;
use crate::components::registry_state::RegistryPanel;
use crate::components::registry_unreadable::UnreadableList;
use crate::query::use_query_value;
use crate::ui::SkeletonRows;

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct RegistriesRoute;

#[lazy_route]
impl LazyRoute for RegistriesRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <RegistriesPage /> }.into_any()
    }
}

/// How often the page asks again by itself.
const AGAIN: std::time::Duration = std::time::Duration::from_secs(2);

/// The registries, and what cannot be read of the one whose list is open.
type Answer = (Vec<RegistryState>, Vec<Unreadable>);

async fn read(listed: Option<String>, after: Option<String>) -> Result<Answer, ApiError> {
    let states = registries().await?;
    let list = match listed_of(&states, listed) {
        Some(state) => unreadable_of(state.name.to_string(), after.unwrap_or_default()).await?,
        None => Vec::new(),
    };
    Ok((states, list))
}

/// The page.
#[component]
fn RegistriesPage() -> impl IntoView {
    let (listed, after) = (use_query_value("unreadable"), use_query_value("after"));
    let (sync, test) = (ServerAction::<ReadRegistry>::new(), ServerAction::<TestRegistry>::new());
    let read_now = successes(sync);
    let answer = Resource::new(
        move || (listed.get(), after.get(), read_now.get()),
        |(listed, after, _)| async move { read(listed, after).await },
    );
    Effect::new(move |_| {
        let again = move || {
            if !document().hidden() {
                answer.refetch();
            }
        };
        if let Ok(handle) = set_interval_with_handle(again, AGAIN) {
            on_cleanup(move || handle.clear());
        }
    });
    view! {
        <PageTitle text=Signal::derive(|| "Registries".to_owned()) />
        <header class="page-head">
            <h1 class="page-title">"Registries"</h1>
            <p class="page-note">"Read in the background, so that no page waits for them."</p>
        </header>
        <Transition fallback=|| view! { <SkeletonRows label="Reading the registries" rows=4 /> }>
            <Known answer listed after sync test />
        </Transition>
    }
}

/// The name of the registry whose unreadable subjects are listed: the one that the address names, or the first that has some.
fn listed_of(states: &[RegistryState], named: Option<String>) -> Option<RegistryState> {
    let is_meant = |state: &&RegistryState| match &named {
        Some(name) => state.name.as_str() == name,
        None => state.freshness.unreadable_count > 0,
    };
    states.iter().find(is_meant).cloned()
}

/// Everything that depends on the answer.
#[component]
fn Known(
    answer: Resource<Result<Answer, ApiError>>,
    listed: Memo<Option<String>>,
    after: Memo<Option<String>>,
    sync: ServerAction<ReadRegistry>,
    test: ServerAction<TestRegistry>,
) -> impl IntoView {
    let retry = Callback::new(move |()| answer.refetch());
    // Not the resource itself: an answer that says the same leaves the page alone.
    let newest = Memo::new(move |_| answer.get());
    move || {
        newest.get().map(|answer| match answer {
            Ok((states, list)) => {
                let of = listed_of(&states, listed.get());
                let list = of.map(|state| view! { <UnreadableList state list after=after.get() /> });
                let panels = states.into_iter().map(|state| view! { <RegistryPanel state sync test /> });
                view! {
                    {panels.collect_view()}
                    {list}
                }
                .into_any()
            }
            Err(error) => view! { <Problem error retry /> }.into_any(),
        })
    }
}

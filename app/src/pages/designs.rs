//! Designs: the drafts that are not submitted yet, newest first.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::designs::drafts;
use crate::components::design_list::DesignList;
use crate::components::problem::Problem;
use crate::paths;
use crate::ui::{ButtonVariant, EmptyState, Glyph, LinkButton, SkeletonRows};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct DesignsRoute;

#[lazy_route]
impl LazyRoute for DesignsRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <DesignsPage /> }.into_any()
    }
}

#[component]
fn DesignsPage() -> impl IntoView {
    let list = Resource::new(|| (), |()| drafts());
    let retry = Callback::new(move |()| list.refetch());
    let fallback = || view! { <SkeletonRows label="Reading the designs" /> };
    view! {
        <Title text="Designs" />
        <header class="page-head">
            <div class="page-row">
                <h1 class="page-title">"Designs"</h1>
            </div>
            <p class="page-note">"Drafts that are not submitted yet. Anyone can open one and go on."</p>
        </header>
        <Transition fallback>
            {move || {
                list.get().map(|answer| match answer {
                    Ok(drafts) if drafts.is_empty() => view! { <NoDesigns /> }.into_any(),
                    Ok(drafts) => view! { <DesignList drafts /> }.into_any(),
                    Err(error) => view! { <Problem error retry /> }.into_any(),
                })
            }}
        </Transition>
    }
}

#[component]
fn NoDesigns() -> impl IntoView {
    view! {
        <EmptyState
            title="No draft is under way"
            text="A design begins with a schema: find a subject, open a version, and onboard it. The draft then has a link of its own."
        >
            <LinkButton href=paths::EXPLORE label="Explore subjects" icon=Glyph::Search variant=ButtonVariant::Primary />
        </EmptyState>
    }
}

//! Subject: one schema with its versions, as a tree of fields or as its text, and the button that begins its onboarding.

use domain::registry::SubjectView;
use domain::schema;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::designs::CreateDraft;
use crate::api::registry::open_subject;
use crate::components::explore_status::RegistryTrouble;
use crate::components::field_node::{FieldNode, field_nodes};
use crate::components::field_tree::FieldTree;
use crate::components::page_title::PageTitle;
use crate::components::problem::Problem;
use crate::components::raw_schema::RawSchema;
use crate::components::subject_head::SubjectHead;
use crate::components::subject_side::SubjectSide;
use crate::query::use_query_value;
use crate::ui::SkeletonRows;

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct SubjectRoute;

#[lazy_route]
impl LazyRoute for SubjectRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <SubjectPage /> }.into_any()
    }
}

/// The page.
#[component]
fn SubjectPage() -> impl IntoView {
    let (name, version, view) = (use_query_value("name"), use_query_value("version"), use_query_value("view"));
    let name = Memo::new(move |_| name.get().unwrap_or_default());
    let version = Memo::new(move |_| version.get().and_then(|text| text.parse::<u32>().ok()).unwrap_or(0));
    let is_raw = Memo::new(move |_| view.get().as_deref() == Some("raw"));
    let subject = Resource::new(move || (name.get(), version.get()), |(name, version)| open_subject(name, version));
    let create = ServerAction::<CreateDraft>::new();
    let retry = Callback::new(move |()| subject.refetch());
    let fallback = || view! { <SkeletonRows label="Reading the subject" rows=16 /> };
    view! {
        <PageTitle text=name />
        <Transition fallback>
            {move || {
                subject.get().map(|answer| match answer {
                    Ok(view) => view! { <Opened view is_raw create /> }.into_any(),
                    Err(error) => view! {
                        <h1 class="sr-only">"Subject"</h1>
                        <Problem error retry />
                    }
                    .into_any(),
                })
            }}
        </Transition>
    }
}

/// A subject that could be read.
#[component]
fn Opened(view: SubjectView, is_raw: Memo<bool>, create: ServerAction<CreateDraft>) -> impl IntoView {
    let read = schema::read(&view.schema);
    let (nodes, homeless) = field_nodes(&read);
    let fields = nodes.iter().map(FieldNode::count).sum();
    let shown = StoredValue::new((view.clone(), nodes, homeless));
    let doc = StoredValue::new(read.doc);
    let content = move || {
        let (view, nodes, homeless) = shown.get_value();
        if is_raw.get() {
            view! { <RawSchema schema=view.schema /> }.into_any()
        } else {
            view! {
                {doc.get_value().map(|doc| view! { <p class="doc pane-block">{doc}</p> })}
                <FieldTree nodes homeless />
            }
            .into_any()
        }
    };
    let side = move || {
        let tab = if is_raw.get() { "raw" } else { "fields" };
        view! { <SubjectSide view=shown.with_value(|(view, _, _)| view.clone()) tab /> }
    };
    view! {
        <SubjectHead view=view.clone() fields is_raw create />
        <RegistryTrouble freshness=view.freshness />
        <div class="split">
            <section class="pane">
                <div class="pane-body" tabindex="0" role="region" aria-label="Content of the schema">
                    {content}
                </div>
            </section>
            {side}
        </div>
    }
}

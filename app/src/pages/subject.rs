//! Subject: one schema with its versions, as a tree of fields, as its text or against another version, and the button that begins its onboarding.

use domain::registry::{About, SubjectView};
use domain::schema;
use domain::subject::Version;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::ApiError;
use crate::api::designs::CreateDraft;
use crate::api::registry::{about_subject, open_subject};
use crate::components::explore_status::RegistryTrouble;
use crate::components::field_node::{FieldNode, field_nodes};
use crate::components::field_tree::FieldTree;
use crate::components::page_title::PageTitle;
use crate::components::problem::Problem;
use crate::components::raw_schema::{RawSchema, ResolvedSchema};
use crate::components::reference_graph::References;
use crate::components::schema_compare::{NothingBefore, SchemaCompare, before};
use crate::components::subject_gone::{Gone, gone_meanwhile};
use crate::components::subject_head::SubjectHead;
use crate::components::subject_side::SubjectSide;
use crate::paths::{CompareBy, SubjectTab};
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

/// A subject at a version, what is known about it, and the version that it is compared with: the one that is named, or the one before.
async fn read(
    name: String,
    version: u32,
    against: Option<Option<Version>>,
) -> Result<(SubjectView, About, Option<SubjectView>), ApiError> {
    let view = open_subject(name.clone(), version).await?;
    let about = about_subject(name.clone(), version).await?;
    let older = match against.and_then(|from| from.or_else(|| before(&view))) {
        Some(Version(from)) => Some(open_subject(name, from).await?),
        None => None,
    };
    Ok((view, about, older))
}

/// The page.
#[component]
fn SubjectPage() -> impl IntoView {
    let (name, version, view) = (use_query_value("name"), use_query_value("version"), use_query_value("view"));
    let name = Memo::new(move |_| name.get().unwrap_or_default());
    let version = Memo::new(move |_| version.get().and_then(|text| text.parse::<u32>().ok()).unwrap_or(0));
    let tab = Memo::new(move |_| SubjectTab::of(view.get().as_deref().unwrap_or_default()));
    let (from, by) = (use_query_value("from"), use_query_value("by"));
    let from = Memo::new(move |_| from.get().and_then(|text| text.parse().ok()).map(Version));
    let by = Memo::new(move |_| CompareBy::of(by.get().as_deref().unwrap_or_default()));
    let against = Memo::new(move |_| (tab.get() == SubjectTab::Compare).then(|| from.get()));
    let subject = Resource::new(
        move || (name.get(), version.get(), against.get()),
        |(name, version, against)| async move { read(name, version, against).await },
    );
    let create = ServerAction::<CreateDraft>::new();
    let retry = Callback::new(move |()| subject.refetch());
    let fallback = || view! { <SkeletonRows label="Reading the subject" rows=16 /> };
    view! {
        <PageTitle text=name />
        <Transition fallback>
            {move || {
                subject.get().map(|answer| match answer {
                    Ok((view, about, older)) => view! { <Opened view about older tab by create /> }.into_any(),
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
fn Opened(
    view: SubjectView,
    about: About,
    older: Option<SubjectView>,
    tab: Memo<SubjectTab>,
    by: Memo<CompareBy>,
    create: ServerAction<CreateDraft>,
) -> impl IntoView {
    let read = schema::read(&view.schema);
    let (nodes, homeless) = field_nodes(&read);
    let fields = nodes.iter().map(FieldNode::count).sum();
    let shown = StoredValue::new((view.clone(), nodes, homeless));
    let doc = StoredValue::new(read.doc);
    let older = StoredValue::new(older);
    let known = StoredValue::new(about.clone());
    let content = move || {
        let (view, nodes, homeless) = shown.get_value();
        match tab.get() {
            SubjectTab::Raw => view! { <RawSchema schema=view.schema /> }.into_any(),
            SubjectTab::Resolved => view! { <ResolvedSchema schema=view.schema /> }.into_any(),
            SubjectTab::References => {
                view! { <References subject=view.subject version=view.version about=known.get_value() /> }.into_any()
            }
            SubjectTab::Compare => match older.get_value() {
                Some(older) => view! { <SchemaCompare view older by /> }.into_any(),
                None => view! { <NothingBefore /> }.into_any(),
            },
            SubjectTab::Fields => view! {
                {doc.get_value().map(|doc| view! { <p class="doc pane-block">{doc}</p> })}
                <FieldTree nodes homeless />
            }
            .into_any(),
        }
    };
    let side = move || {
        let view = shown.with_value(|(view, _, _)| view.clone());
        view! { <SubjectSide view about=known.get_value() tab=tab.get() /> }
    };
    let gone = gone_meanwhile(view.subject.clone(), about.deleted);
    let references = about.references.len() + about.referring.len() + about.more_referring;
    view! {
        <SubjectHead view=view.clone() fields references tab create />
        <Gone gone />
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

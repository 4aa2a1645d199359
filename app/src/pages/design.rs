//! Designer: the table of one event as a grid, and beside it what the generator makes of it, at every keystroke and in the browser.

mod autosave;

use domain::artifact::ArtifactKind;
use domain::draft::{DraftId, DraftView};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

use self::autosave::Autosave;
use crate::api::ApiError;
use crate::api::designs::open_draft;
use crate::components::design_apply::ApplyMenu;
use crate::components::design_code::{DesignCode, kind_of, tabs, word_of};
use crate::components::design_event::EventMessage;
use crate::components::design_grid::{DesignGrid, filtered};
use crate::components::design_head::{DesignHead, SaveState};
use crate::components::design_inspect::Inspector;
use crate::components::design_job::JobOptions;
use crate::components::design_load::LoadOptions;
use crate::components::design_options::TableOptions;
use crate::components::design_presets::PresetsMenu;
use crate::components::design_sample::SamplePane;
use crate::components::design_state::Designer;
use crate::components::keys::is_typing;
use crate::components::problem::Problem;
use crate::paths;
use crate::query::use_query_value;
use crate::ui::{Button, ButtonSize, ButtonVariant, Glyph, Notice, NoticeTone, SkeletonRows};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct DesignRoute;

#[lazy_route]
impl LazyRoute for DesignRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <DesignPage /> }.into_any()
    }
}

/// The draft that the address names.
pub fn use_draft_id() -> Memo<Result<DraftId, ApiError>> {
    let params = use_params_map();
    Memo::new(move |_| {
        let text = params.with(|params| params.get("id")).unwrap_or_default();
        let unknown = || {
            ApiError::NotFound(format!(
                "There is no draft {text}. Drafts have numbers; the list of designs links to them."
            ))
        };
        text.parse().map(DraftId).map_err(|_| unknown())
    })
}

async fn read(id: Result<DraftId, ApiError>) -> Result<DraftView, ApiError> {
    open_draft(id?).await
}

/// The page.
#[component]
fn DesignPage() -> impl IntoView {
    let id = use_draft_id();
    let draft = Resource::new(move || id.get(), read);
    let reload = Callback::new(move |()| draft.refetch());
    let fallback = || view! { <SkeletonRows label="Reading the draft" rows=20 /> };
    view! {
        <Transition fallback>
            {move || {
                draft.get().map(|answer| match answer {
                    Ok(view) => view! { <Opened view reload /> }.into_any(),
                    Err(error) => view! {
                        <Title text="Design" />
                        <h1 class="sr-only">"Design"</h1>
                        <Problem error retry=reload />
                    }
                    .into_any(),
                })
            }}
        </Transition>
    }
}

/// Undo and redo by keys, outside of fields, which have their own.
fn use_undo_keys(designer: Designer) {
    Effect::new(move |_| {
        let take = move |event: KeyboardEvent| {
            let wanted =
                (event.ctrl_key() || event.meta_key()) && !event.alt_key() && event.key().eq_ignore_ascii_case("z");
            if wanted && !is_typing(&event) {
                event.prevent_default();
                if event.shift_key() { designer.redo() } else { designer.undo() }
            }
        };
        let handle = window_event_listener(leptos::ev::keydown, take);
        on_cleanup(move || handle.remove());
    });
}

/// A draft that could be read.
#[component]
fn Opened(view: DraftView, reload: Callback<()>) -> impl IntoView {
    let (draft, versions) = (view.draft, view.versions);
    let designer = Designer::new(view.input);
    let autosave = Autosave::new(&draft, designer);
    use_undo_keys(designer);
    let state = autosave.state();
    let id = draft.id;
    let (pane, artifact) = (use_query_value("pane"), use_query_value("artifact"));
    let pane = Memo::new(move |_| Pane::of(pane.get().as_deref().unwrap_or_default()));
    let kind = Memo::new(move |_| {
        let wanted = kind_of(artifact.get().as_deref().unwrap_or_default());
        if tabs(designer).contains(&wanted) { wanted } else { ArtifactKind::Table }
    });
    let on_review = Callback::new(move |event: MouseEvent| autosave.hold(&event));
    let conflict = move || match state.get() {
        SaveState::Conflict(text) => Some(view! { <Conflict text reload /> }),
        _ => None,
    };
    view! {
        <Title text=format!("Design {}", draft.subject.event_name()) />
        <DesignHead draft versions designer state retry=Callback::new(move |()| autosave.now()) on_review />
        {conflict}
        <noscript class="note note-info">
            "The designer needs JavaScript to edit. The columns and the statements below are what the draft gives now; the review and its submission work without it."
        </noscript>
        <div class="split">
            <Columns designer id pane kind />
            <DesignCode designer kind tabs=view! { <ArtifactTabs designer id pane kind /> }.into_any() />
        </div>
        <SamplePane designer />
    }
}

#[component]
fn Conflict(text: String, reload: Callback<()>) -> impl IntoView {
    view! {
        <Notice tone=NoticeTone::Bad text>
            <Button label="Reload the draft" size=ButtonSize::Small on_click=Callback::new(move |_| reload.run(())) />
        </Notice>
    }
}

/// What the left side shows, as the address says it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Pane {
    #[default]
    Columns,
    Table,
    Load,
    Job,
}

impl Pane {
    const fn word(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Table => "table",
            Self::Load => "load",
            Self::Job => "job",
        }
    }

    fn of(word: &str) -> Self {
        [Self::Table, Self::Load, Self::Job].into_iter().find(|pane| pane.word() == word).unwrap_or_default()
    }
}

/// A tab whose opening is no step of its own in the browser's history.
#[component]
fn TabLink(
    href: Signal<String>,
    #[prop(into)] current: Signal<bool>,
    label: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <a href=move || href.get() aria-current=move || current.get().then_some("page") prop:replace=true data-noscroll="">
            {label}
            {children.map(|children| children())}
        </a>
    }
}

#[component]
fn ArtifactTabs(designer: Designer, id: DraftId, pane: Memo<Pane>, kind: Memo<ArtifactKind>) -> impl IntoView {
    let made = Memo::new(move |_| tabs(designer));
    let tab = move |tab: ArtifactKind| {
        let href = Signal::derive(move || paths::design_open(id, pane.get().word(), word_of(tab)));
        view! { <TabLink href current=Signal::derive(move || kind.get() == tab) label=tab.label() /> }
    };
    view! {
        <nav class="tabs" aria-label="What is made">
            {move || made.get().into_iter().map(tab).collect_view()}
        </nav>
    }
}

/// The left side: the columns, or the options of the table or the load.
#[component]
fn Columns(designer: Designer, id: DraftId, pane: Memo<Pane>, kind: Memo<ArtifactKind>) -> impl IntoView {
    let filter = RwSignal::new(String::new());
    let count = move || designer.rendering.with(|made| made.table.columns().count().to_string());
    let fields = Memo::new(move |_| filtered(designer, &filter.get()));
    let to = move |to: Pane| Signal::derive(move || paths::design_open(id, to.word(), word_of(kind.get())));
    let is = move |this: Pane| Signal::derive(move || pane.get() == this);
    let untouched = Signal::derive(move || {
        designer.design.with(|design| design.edit_count() == 0).then(|| "There is no edit to take back.".to_owned())
    });
    view! {
        <section class="pane design-columns" aria-label="Design">
            <div class="pane-head">
                <nav class="tabs" aria-label="Parts of the design">
                    <TabLink href=to(Pane::Columns) current=is(Pane::Columns) label="Columns">
                        <span class="tab-count">{count}</span>
                    </TabLink>
                    <TabLink href=to(Pane::Table) current=is(Pane::Table) label="Table options" />
                    <TabLink href=to(Pane::Load) current=is(Pane::Load) label="Load options" />
                    <TabLink href=to(Pane::Job) current=is(Pane::Job) label="Topic and job" />
                </nav>
            </div>
            <div class="bar flex-wrap needs-script">
                {move || {
                    (pane.get() == Pane::Columns)
                        .then(|| {
                            view! {
                                <ColumnFilter filter />
                                <ApplyMenu designer fields />
                            }
                        })
                }}
                <PresetsMenu designer />
                <EventMessage designer />
                <span class="grow"></span>
                <Button
                    label="Reset all"
                    variant=ButtonVariant::Ghost
                    size=ButtonSize::Small
                    icon=Glyph::RotateCcw
                    reason=untouched
                    reason_elsewhere=true
                    on_click=Callback::new(move |_| designer.reset_all())
                />
            </div>
            {move || {
                match pane.get() {
                    Pane::Columns => view! {
                        <DesignGrid designer fields />
                        <Inspector designer />
                    }
                    .into_any(),
                    Pane::Table => view! { <TableOptions designer /> }.into_any(),
                    Pane::Load => view! { <LoadOptions designer /> }.into_any(),
                    Pane::Job => view! { <JobOptions designer /> }.into_any(),
                }
            }}
        </section>
    }
}

/// The box that narrows the columns; of no use without JavaScript.
#[component]
fn ColumnFilter(filter: RwSignal<String>) -> impl IntoView {
    view! {
        <input
            class="input input-sm w-[132px] needs-script"
            type="search"
            placeholder="Filter columns"
            aria-label="Filter columns by field or name"
            autocomplete="off"
            spellcheck="false"
            value=filter.get_untracked()
            prop:value=move || filter.get()
            on:input:target=move |event| filter.set(event.target().value())
        />
    }
}

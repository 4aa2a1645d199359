//! Saves the draft a moment after the last edit, one save at a time, each on top of the one before it.

use std::time::Duration;

use domain::design::Design;
use domain::draft::{Draft, DraftId};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::ApiError;
use crate::api::designs::save_draft;
use crate::components::design_head::SaveState;
use crate::components::design_state::Designer;
use crate::paths;

/// How long the page waits after the last edit.
const PAUSE: Duration = Duration::from_millis(600);

/// What the server keeps, as far as this page knows.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    saves: u32,
    design: Design,
}

/// The saving of one draft.
#[derive(Clone, Copy)]
pub struct Autosave {
    id: DraftId,
    designer: Designer,
    kept: RwSignal<Kept>,
    problem: RwSignal<Option<ApiError>>,
    save: Action<Kept, ()>,
    timer: StoredValue<Option<TimeoutHandle>>,
    leaving: StoredValue<bool>,
}

impl Autosave {
    /// Saves what the designer changes from now on.
    pub fn new(draft: &Draft, designer: Designer) -> Self {
        let id = draft.id;
        let kept = RwSignal::new(Kept { saves: draft.saves, design: draft.design.clone() });
        let problem = RwSignal::new(None);
        let save = Action::new(move |next: &Kept| {
            let next = next.clone();
            async move {
                let answer = save_draft(id, next.saves, next.design.clone()).await;
                match answer {
                    Ok(draft) => {
                        problem.try_set(None);
                        kept.try_set(Kept { saves: draft.saves, design: next.design });
                    }
                    Err(error) => {
                        problem.try_set(Some(error));
                    }
                }
            }
        });
        let this =
            Self { id, designer, kept, problem, save, timer: StoredValue::new(None), leaving: StoredValue::new(false) };
        this.watch();
        this.guard();
        this
    }

    /// Every edit starts the clock anew; a held click goes on once all is saved.
    fn watch(self) {
        Effect::new(move |before: Option<()>| {
            self.designer.design.track();
            if before.is_some() {
                self.soon();
            }
        });
        let navigate = use_navigate();
        Effect::new(move |_| match self.state_now() {
            SaveState::Saved if self.leaving.get_value() => {
                navigate(&paths::review(self.id), NavigateOptions::default())
            }
            SaveState::Failed(_) | SaveState::Conflict(_) => self.leaving.set_value(false),
            SaveState::Saved | SaveState::Saving => {}
        });
    }

    /// Nothing typed is lost by leaving: within the console it is saved on the way, elsewhere the browser asks.
    fn guard(self) {
        Effect::new(move |_| {
            let ask = move |event: web_sys::BeforeUnloadEvent| {
                if self.is_unsaved() {
                    event.prevent_default();
                }
            };
            let handle = window_event_listener(leptos::ev::beforeunload, ask);
            on_cleanup(move || handle.remove());
        });
        on_cleanup(move || {
            if let Some(timer) = self.timer.try_get_value().flatten() {
                timer.clear();
            }
            let pending = self.save.pending().try_get_untracked().unwrap_or(false);
            let (Some(design), Some(kept)) = (self.designer.design.try_get_untracked(), self.kept.try_get_untracked())
            else {
                return;
            };
            let conflict = matches!(self.problem.try_get_untracked(), Some(Some(ApiError::Conflict(_))));
            if design != kept.design && !pending && !conflict {
                spawn_local(async move {
                    // The page is gone; what the server says has no place to be shown.
                    let _answer = save_draft(self.id, kept.saves, design).await;
                });
            }
        });
    }

    fn is_unsaved(self) -> bool {
        self.designer.design.with_untracked(|design| self.kept.with_untracked(|kept| *design != kept.design))
    }

    /// Saves a moment from now.
    fn soon(self) {
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
            *timer = set_timeout_with_handle(move || self.now(), PAUSE).ok();
        });
    }

    /// Saves now, or right after the save that is under way.
    pub fn now(self) {
        let conflict = self.problem.with_untracked(|problem| matches!(problem, Some(ApiError::Conflict(_))));
        if conflict || !self.is_unsaved() {
            return;
        }
        if self.save.pending().get_untracked() {
            self.soon();
        } else {
            let saves = self.kept.with_untracked(|kept| kept.saves);
            self.save.dispatch(Kept { saves, design: self.designer.design.get_untracked() });
        }
    }

    /// Holds a click on a link to the review until everything is saved; the review shows what the server keeps.
    pub fn hold(self, click: &MouseEvent) {
        let elsewhere = click.ctrl_key() || click.meta_key() || click.shift_key();
        if self.is_unsaved() && !elsewhere {
            click.prevent_default();
            self.leaving.set_value(true);
            self.now();
        }
    }

    fn state_now(self) -> SaveState {
        let unsaved = self.designer.design.with(|design| self.kept.with(|kept| *design != kept.design));
        match self.problem.get() {
            Some(ApiError::Conflict(text)) => SaveState::Conflict(text),
            _ if self.save.pending().get() => SaveState::Saving,
            Some(error) if unsaved => SaveState::Failed(error.to_string()),
            _ if unsaved => SaveState::Saving,
            _ => SaveState::Saved,
        }
    }

    /// Whether what is on the page is what the server keeps.
    pub fn state(self) -> Memo<SaveState> {
        Memo::new(move |_| self.state_now())
    }
}

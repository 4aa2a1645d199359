//! What pointer and keys do to the list: select rows and ranges, move the preview along, put away.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::beside::Look;
use super::rows::Rows;
use crate::components::explore_list::Touched;
use crate::components::explore_selection::{RowId, Selection};
use crate::components::explore_state::Found;

/// How long the focus rests on a row before the preview follows.
const REST: Duration = Duration::from_millis(80);
/// The longest range that is selected at once; whoever wants more takes all matches.
const LONGEST_RANGE: usize = 1_000;

/// The acts.
#[derive(Clone, Copy)]
pub struct Touch {
    rows: Rows,
    selection: RwSignal<Selection>,
    anchor: StoredValue<Option<usize>>,
    wanted: StoredValue<Option<RowId>>,
    look: Memo<Look>,
    go: Callback<Option<RowId>>,
}

impl Touch {
    /// The acts on these rows.
    pub fn of(rows: Rows, shown: Memo<Option<Found>>, look: Memo<Look>, selection: RwSignal<Selection>) -> Self {
        let navigate = use_navigate();
        let go = Callback::new(move |at: Option<RowId>| {
            let Some(found) = shown.get_untracked() else { return };
            let path = Look { at, ..look.get_untracked() }.path(&found.0);
            navigate(&path, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        });
        // Another search finds other rows; what was selected of the old ones would be out of sight.
        let searched = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|found| found.0.query())));
        Effect::watch(move || searched.get(), move |_, _, _| selection.set(Selection::default()), false);
        let (anchor, wanted) = (StoredValue::new(None), StoredValue::new(None));
        Self { rows, selection, anchor, wanted, look, go }
    }

    /// A row was ticked.
    pub fn on_select(self) -> Callback<Touched> {
        Callback::new(move |(place, id, extend): Touched| {
            match self.anchor.get_value().filter(|_| extend) {
                Some(from) => self.extend(from, place),
                None => self.selection.update(|selection| selection.toggle(id)),
            }
            self.anchor.set_value(Some(place));
        })
    }

    /// The row at a place is to be selected or dropped.
    pub fn on_select_at(self) -> Callback<usize> {
        Callback::new(move |place| {
            if let Some(row) = untrack(|| self.rows.at(place)) {
                self.selection.update(|selection| selection.toggle(RowId::of(&row)));
                self.anchor.set_value(Some(place));
            }
        })
    }

    /// The rows between two places are to be selected.
    pub fn on_extend(self) -> Callback<(usize, usize)> {
        Callback::new(move |(from, to)| self.extend(from, to))
    }

    fn extend(self, from: usize, to: usize) {
        let range = from.min(to)..(from.max(to) + 1).min(from.min(to) + LONGEST_RANGE);
        spawn_local(async move {
            let ids = self.rows.ids(range).await;
            self.selection.try_update(|selection| selection.add(ids));
        });
    }

    /// A row was clicked.
    pub fn on_open(self) -> Callback<RowId> {
        Callback::new(move |id| self.go.run(Some(id)))
    }

    /// The focus moved to a row by keys.
    pub fn on_move(self) -> Callback<usize> {
        Callback::new(move |place| {
            let Some(id) = untrack(|| self.rows.at(place)).as_ref().map(RowId::of) else { return };
            self.wanted.set_value(Some(id.clone()));
            set_timeout(
                move || {
                    if self.wanted.try_with_value(|wanted| wanted.as_ref() == Some(&id)) == Some(true) {
                        self.go.run(Some(id));
                    }
                },
                REST,
            );
        })
    }

    /// What is open is to be put away.
    pub fn on_escape(self) -> Callback<(), bool> {
        Callback::new(move |()| {
            self.wanted.set_value(None);
            if self.look.with_untracked(|look| look.at.is_some()) {
                self.go.run(None);
                return true;
            }
            let selected = self.selection.with_untracked(|selection| *selection != Selection::default());
            if selected {
                self.selection.set(Selection::default());
            }
            selected
        })
    }
}

//! The designer's state: the history of edits, and all that follows from its present by the generator, which runs right here.

use std::collections::HashMap;
use std::mem::discriminant;
use std::sync::Arc;

use domain::design::{Change, ColumnEdit, Design, Edit, History};
use domain::diagnostic::Diagnostic;
use domain::render::{RenderInput, Rendering, render_read};
use domain::schema::{FieldPath, Schema, read_event};
use domain::simulate::{self, Sample};
use domain::table::Row;
use leptos::prelude::*;

use super::design_edits::{after, meant};
use super::diagnostics::Tally;

/// One visit to a text field: all of its keystrokes are one step to take back.
#[derive(Clone)]
struct Visit {
    path: FieldPath,
    change: std::mem::Discriminant<Change>,
    before: Design,
}

/// All that the grid shows of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowView {
    /// The row.
    pub row: Row,
    /// The user's edits of it.
    pub edit: ColumnEdit,
    /// What was found about it.
    pub findings: Vec<Diagnostic>,
}

/// The state; cheap to copy into every part of the page.
#[derive(Clone, Copy)]
pub struct Designer {
    history: RwSignal<History>,
    visit: StoredValue<Option<Visit>>,
    input: StoredValue<RenderInput>,
    schema: Memo<Arc<Schema>>,
    /// The design as it is now.
    pub design: Memo<Design>,
    /// What the generator makes of it.
    pub rendering: Memo<Rendering>,
    /// Where each field's row is.
    pub places: Memo<HashMap<FieldPath, usize>>,
    /// Findings by field.
    pub findings: Memo<HashMap<FieldPath, Vec<Diagnostic>>>,
    /// The field that the pointer is at, in the grid or in the code.
    pub pointed: RwSignal<Option<FieldPath>>,
    /// The field that the focus is at.
    pub focused: RwSignal<Option<FieldPath>>,
    /// The field whose column is looked at more closely.
    pub inspected: RwSignal<Option<FieldPath>>,
    /// Why the last change was refused.
    pub refusal: RwSignal<Option<String>>,
    /// Whether edits are listened to: not before the page is awake.
    pub awake: RwSignal<bool>,
}

impl Designer {
    /// Begins at the input's design.
    pub fn new(input: RenderInput) -> Self {
        let history = RwSignal::new(History::new(input.design.clone()));
        let input = StoredValue::new(input);
        let design = Memo::new(move |_| history.with(|history| history.present().clone()));
        // Read once for each message that is chosen, not at every edit.
        let message = Memo::new(move |_| design.with(|design| design.event.message.clone()));
        let schema = Memo::new(move |_| {
            message.with(|message| input.with_value(|input| Arc::new(read_event(&input.schema, message.as_deref()))))
        });
        let rendering = Memo::new(move |_| {
            design.with(|design| input.with_value(|input| render_read(schema.get(), input, design)))
        });
        let places = Memo::new(move |_| {
            rendering
                .with(|made| made.table.rows.iter().enumerate().map(|(place, row)| (row.path.clone(), place)).collect())
        });
        let findings = Memo::new(move |_| {
            let mut by_field = HashMap::<FieldPath, Vec<Diagnostic>>::new();
            rendering.with(|made| {
                for found in &made.diagnostics {
                    by_field.entry(found.path.clone()).or_default().push(found.clone());
                }
            });
            by_field
        });
        let awake = RwSignal::new(false);
        Effect::new(move |_| awake.set(true));
        Self {
            history,
            visit: StoredValue::new(None),
            input,
            schema,
            design,
            rendering,
            places,
            findings,
            pointed: RwSignal::new(None),
            focused: RwSignal::new(None),
            inspected: RwSignal::new(None),
            refusal: RwSignal::new(None),
            awake,
        }
    }

    /// What was rendered from, without the edits since.
    pub fn with_input<T>(self, read: impl FnOnce(&RenderInput) -> T) -> T {
        self.input.with_value(read)
    }

    /// The schema as it was read, and what it was read from.
    pub fn with_schema<T>(self, read: impl FnOnce(&Schema, &RenderInput) -> T) -> T {
        self.schema.with_untracked(|schema| self.input.with_value(|input| read(schema, input)))
    }

    /// One change that is a step of its own. `is_default` says that its value is the generated one.
    pub fn change(self, path: &FieldPath, change: Change, is_default: bool) {
        self.visit.set_value(None);
        self.step(&Edit { path: path.clone(), change }, is_default);
    }

    /// The text of a field so far; the keystrokes of one visit are one step.
    pub fn type_in(self, path: &FieldPath, change: Change, is_default: bool) {
        let edit = Edit { path: path.clone(), change };
        let kind = discriminant(&edit.change);
        let before = self.visit.with_value(|visit| {
            visit
                .as_ref()
                .filter(|visit| visit.path == edit.path && visit.change == kind)
                .map(|visit| visit.before.clone())
        });
        match before {
            Some(before) if self.design.with_untracked(|design| *design != before) => {
                self.history.update_untracked(|history| {
                    history.undo();
                });
            }
            Some(_) => {}
            None => {
                let before = self.design.get_untracked();
                self.visit.set_value(Some(Visit { path: edit.path.clone(), change: kind, before }));
            }
        }
        self.step(&edit, is_default);
    }

    /// The field is left: the next keystroke is a new step.
    pub fn end_visit(self) {
        self.visit.set_value(None);
    }

    fn step(self, edit: &Edit, is_default: bool) {
        let mut refusal = None;
        self.history.update(|history| match after(history.present(), edit, is_default) {
            Ok(design) => history.replace(design),
            Err(error) => refusal = Some(error.to_string()),
        });
        if self.refusal.get_untracked() != refusal {
            self.refusal.set(refusal);
        }
    }

    /// Many changes as one step, each with whether its value is the generated one. If one is refused, none is made.
    pub fn change_all(self, edits: Vec<(Edit, bool)>) {
        self.visit.set_value(None);
        let edits: Vec<Edit> = edits.iter().flat_map(|(edit, is_default)| meant(edit, *is_default)).collect();
        match self.design.with_untracked(|design| design.apply_all(&edits)) {
            Ok(design) => self.replace(design),
            Err(error) => self.refusal.set(Some(error.to_string())),
        }
    }

    /// Another design in place of this one, as one step.
    pub fn replace(self, design: Design) {
        self.visit.set_value(None);
        self.refusal.set(None);
        self.history.update(|history| history.replace(design));
    }

    /// Takes back every edit, as one step.
    pub fn reset_all(self) {
        self.replace(Design::default());
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.visit.set_value(None);
        self.history.update(|history| {
            history.undo();
        });
    }

    /// Takes the last undone step again.
    pub fn redo(self) {
        self.visit.set_value(None);
        self.history.update(|history| {
            history.redo();
        });
    }

    /// Whether there is a step to take back.
    pub fn can_undo(self) -> bool {
        self.history.with(History::can_undo)
    }

    /// Whether there is an undone step.
    pub fn can_redo(self) -> bool {
        self.history.with(History::can_redo)
    }

    /// The row of a field, which follows every edit; `None` once its record is closed.
    pub fn row(self, path: FieldPath) -> Memo<Option<RowView>> {
        Memo::new(move |_| self.view_of(&path))
    }

    /// The row of a field as it is now.
    pub fn view_of(self, path: &FieldPath) -> Option<RowView> {
        let place = self.places.with(|places| places.get(path).copied())?;
        let row = self.rendering.with(|made| made.table.rows.get(place).cloned())?;
        let edit = self.design.with(|design| design.columns.get(path).cloned()).unwrap_or_default();
        let findings = self.findings.with(|findings| findings.get(path).cloned()).unwrap_or_default();
        Some(RowView { row, edit, findings })
    }

    /// The field whose row and lines are tinted: the pointer goes before the focus.
    pub fn active(self) -> Option<FieldPath> {
        self.pointed.get().or_else(|| self.focused.get())
    }

    /// The column whose field is tinted.
    pub fn active_column(self) -> Option<String> {
        let path = self.active()?;
        self.rendering.with(|made| made.table.column_of(&path).map(|column| column.name.clone()))
    }

    /// Events that the schema allows, the same for the same seed.
    pub fn made_up_events(self, count: usize, seed: u64) -> Vec<serde_json::Value> {
        let language = self.with_input(|input| input.schema.schema_type);
        self.schema.with_untracked(|schema| simulate::records(schema, language, count, seed))
    }

    /// What the table would hold of these events. The table is laid out already, so nothing that is live matters.
    pub fn sample_of(self, events: &[serde_json::Value]) -> Sample {
        self.input.with_value(|input| {
            self.design.with(|design| {
                self.rendering.with(|made| {
                    self.schema.with_untracked(|schema| {
                        simulate::sample(schema, &made.table, input.context(design, &[]), events)
                    })
                })
            })
        })
    }

    /// How many errors and warnings there are.
    pub fn tally(self) -> Memo<Tally> {
        Memo::new(move |_| self.rendering.with(|made| Tally::of(&made.diagnostics)))
    }
}

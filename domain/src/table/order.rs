//! The order of the payload's columns: the schema's with the user's moves; in a table that exists, its columns first.

use std::collections::HashMap;

use super::{Context, Row, Table};
use crate::diagnostic::Diagnostic;
use crate::schema::FieldPath;

/// Orders the columns, and says which moves could not be made.
pub(super) fn arrange(table: &mut Table, context: Context<'_>) {
    if context.live.is_empty() && context.design.columns.values().all(|edit| edit.after.is_none()) {
        table.order = (0..table.rows.len()).collect();
        return;
    }
    let places: HashMap<FieldPath, usize> =
        table.rows.iter().enumerate().map(|(i, row)| (row.path.clone(), i)).collect();
    let live: Vec<usize> = context.live.iter().filter_map(|column| places.get(&column.path).copied()).collect();
    let mut order = Order { seen: vec![false; table.rows.len()], order: Vec::with_capacity(table.rows.len()) };
    live.iter().for_each(|i| order.take(*i));
    let mut unmoved = vec![];
    let mut behind: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    let mut found = vec![];
    for (i, row) in table.rows.iter().enumerate() {
        let after = context.design.columns.get(&row.path).and_then(|edit| edit.after.as_ref());
        match after {
            None => unmoved.push(i),
            Some(anchor) if order.has(i) => found.extend(of_live(row, anchor, &live, &places)),
            Some(start) if start.is_root() => behind.entry(None).or_default().push(i),
            Some(path) => match places.get(path) {
                Some(anchor) if *anchor != i => behind.entry(Some(*anchor)).or_default().push(i),
                _ => {
                    unmoved.push(i);
                    found.push(without_anchor(row, path));
                }
            },
        }
    }
    let firsts = behind.get(&None).into_iter().flatten().copied();
    for i in live.into_iter().chain(firsts).chain(unmoved) {
        order.take_with_followers(i, &behind);
    }
    for (i, row) in table.rows.iter().enumerate().filter(|(i, _)| !order.has(*i)).collect::<Vec<_>>() {
        order.take(i);
        found.push(in_circle(row));
    }
    table.order = order.order;
    table.diagnostics.extend(found);
}

/// Rows in the order of their columns so far.
struct Order {
    seen: Vec<bool>,
    order: Vec<usize>,
}

impl Order {
    fn has(&self, row: usize) -> bool {
        self.seen.get(row).copied().unwrap_or_default()
    }

    fn take(&mut self, row: usize) {
        if let Some(seen) = self.seen.get_mut(row).filter(|seen| !**seen) {
            *seen = true;
            self.order.push(row);
        }
    }

    /// The row, then those that stand behind it, each with its own.
    fn take_with_followers(&mut self, row: usize, behind: &HashMap<Option<usize>, Vec<usize>>) {
        let mut left = vec![row];
        while let Some(next) = left.pop() {
            self.take(next);
            left.extend(behind.get(&Some(next)).into_iter().flatten().rev());
        }
    }
}

/// What there is to say about the move of a column that exists: nothing, if it was made before.
fn of_live(row: &Row, anchor: &FieldPath, live: &[usize], places: &HashMap<FieldPath, usize>) -> Option<Diagnostic> {
    let at = |path: &FieldPath| live.iter().position(|i| places.get(path) == Some(i));
    if anchor.is_root() || at(anchor).is_some_and(|anchor| at(&row.path).is_some_and(|own| anchor < own)) {
        return None;
    }
    let message = "The table exists, and the order of its columns cannot change.";
    let found = Diagnostic::warning("position-live", row.path.clone(), message);
    Some(found.hint("Take the move back; queries name their columns anyway."))
}

fn without_anchor(row: &Row, anchor: &FieldPath) -> Diagnostic {
    let message = format!("It is to stand behind {anchor}, which has no column of its own here.");
    Diagnostic::warning("position-unknown", row.path.clone(), message)
        .hint("Move it behind another column, or take the move back; until then it stands where the schema has it.")
}

fn in_circle(row: &Row) -> Diagnostic {
    let message = "The columns are moved behind each other in a circle.";
    Diagnostic::error("position-circle", row.path.clone(), message)
        .hint("Take one of the moves back; until then they stand last.")
}

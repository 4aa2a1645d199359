//! The presets that change the table's shape.

use super::Suggestion;
use crate::design::{ColumnEdit, ComputedColumn, Design};
use crate::schema::{Field, Schema};

/// Every record taken apart: its fields have columns, and it has none.
pub(super) fn wide_and_flat(schema: &Schema) -> Suggestion {
    let mut suggestion = Suggestion::default();
    let mut left: Vec<&Field> = schema.fields.iter().collect();
    while let Some(field) = left.pop() {
        if field.fields().is_empty() {
            continue;
        }
        let edit = ColumnEdit { expand: Some(true), keep: Some(false), ..ColumnEdit::default() };
        suggestion.design.columns.insert(field.path.clone(), edit);
        suggestion.reasons.push((field.path.clone(), "It is a record, and its fields have columns.".to_owned()));
        left.extend(field.fields());
    }
    suggestion.reasons.sort();
    suggestion
}

/// The whole event in one column. It is the row of the file, so that a field of a later version is in it without a change.
pub(super) fn raw_variant(schema: &Schema) -> Suggestion {
    let drop = |field: &Field| (field.path.clone(), ColumnEdit { keep: Some(false), ..ColumnEdit::default() });
    let payload = ComputedColumn {
        name: "PAYLOAD".to_owned(),
        column_type: "VARIANT".to_owned(),
        expression: "$1".to_owned(),
        comment: "the whole event, envelope included".to_owned(),
    };
    let design = Design {
        columns: schema.fields.iter().map(drop).collect(),
        computed: [("payload".to_owned(), payload)].into(),
        ..Design::default()
    };
    let reason = |field: &Field| (field.path.clone(), "It is in the column PAYLOAD.".to_owned());
    Suggestion { design, reasons: schema.fields.iter().map(reason).collect() }
}

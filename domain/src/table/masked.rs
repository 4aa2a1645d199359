//! Values that a masking policy guards in their own column, and that another column has bare.

use super::{Context, Table, computed};
use crate::diagnostic::Diagnostic;
use crate::schema::FieldPath;
use crate::sql::syntax::parse;

/// What there is to say about columns that hold, belong to or are computed of masked values.
pub(super) fn elsewhere(table: &Table, context: Context<'_>) -> Vec<Diagnostic> {
    let is_masked = |row: &&super::Row| row.column.attributes.masking_policy.is_some();
    let masked: Vec<&FieldPath> = table.payload().filter(is_masked).map(|row| &row.path).collect();
    if masked.is_empty() {
        return vec![];
    }
    let bare = table.payload().filter(|row| !is_masked(row));
    let beside = bare.filter_map(|row| {
        let guarded = masked.iter().find(|path| row.path.contains(path) || path.contains(&row.path))?;
        let message = format!("{guarded} is masked in its own column, and {} has it as it is.", row.column.name);
        Some(warning(row.path.clone(), message, "Give this column a masking policy too, or leave it out."))
    });
    let computed = context.design.computed.values().filter_map(|column| {
        let guarded = reads(&column.expression, &masked)?;
        let message =
            format!("Computed column {} is made of {guarded}, which is masked in its own column.", column.name);
        Some(warning(FieldPath::root(), message, "Leave the computed column out, or compute it in a masked view."))
    });
    beside.chain(computed).chain(rejected(context)).collect()
}

/// Rows that come without files and do not fit are set aside beside the table.
fn rejected(context: Context<'_>) -> Option<Diagnostic> {
    let hint = "Let nobody but the loader read the error table, or load the event by snowpipe.";
    (!context.load_kind().has_files()).then(|| {
        let message = "Rows that do not fit are kept as they are in the table's error table, where no masking policy is known to hold.";
        Diagnostic::warning("masked-in-error-table", FieldPath::root(), message).hint(hint)
    })
}

/// The first masked field that an expression names, or something in or around it.
fn reads<'a>(expression: &str, masked: &[&'a FieldPath]) -> Option<&'a FieldPath> {
    let names = computed::names_in(&parse(expression).ok()?);
    let named: Vec<FieldPath> = names.into_iter().map(FieldPath::of).collect();
    let touches = |path: &FieldPath| named.iter().any(|n| n == path || n.contains(path) || path.contains(n));
    masked.iter().copied().find(|path| touches(path))
}

fn warning(path: FieldPath, message: String, hint: &str) -> Diagnostic {
    Diagnostic::warning("masked-elsewhere", path, message).hint(hint)
}

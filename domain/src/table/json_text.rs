//! Which fields the sink job writes as JSON text, decided once for its values and for the load: the outermost ones that hold what
//! Parquet cannot say. Inside a list, a map or a record that is one column, a string of JSON would stay a string.

use super::writer::find;
use super::{Carrier, Row, findings};
use crate::diagnostic::Diagnostic;
use crate::platform::Writer;
use crate::schema::{Field, FieldType};

/// Whether the sink job writes a field with a row of its own as JSON text. Of an expanded record the fields are asked instead,
/// because their columns read them one by one. Only rows are made by the job; a record or a message is written as it is.
pub(super) fn is_written_so(field: &Field, expanded: bool, carrier: Carrier) -> bool {
    carrier.writer() == Some(Writer::RowData) && !expanded && holds_what_parquet_cannot(field)
}

/// An empty record of its own is no column anyway; inside another field it cannot be left out.
fn holds_what_parquet_cannot(field: &Field) -> bool {
    let is_it = |ty: &FieldType| is_beyond_parquet(ty) || ty.is_empty_record();
    !field.ty.is_empty_record() && find(std::slice::from_ref(field), &is_it).is_some()
}

fn is_beyond_parquet(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Union { .. } | FieldType::Json | FieldType::Recursive { .. } | FieldType::Truncated)
}

/// What there is to say about the own columns of expanded records that have fields of JSON text inside.
pub(super) fn strings_inside(rows: &[Row]) -> Vec<Diagnostic> {
    let records = rows.iter().enumerate().filter(|(_, row)| row.kept && row.expanded);
    let found = records.filter_map(|(i, record)| {
        let mut inside = rows.iter().skip(i + 1).take_while(|row| record.path.contains(&row.path));
        inside.find(|row| row.json_text).map(|row| findings::json_text_inside(record, row))
    });
    found.collect()
}

//! What the writer of the files cannot write, or writes so that a reader of the table should know. A record or a message is written
//! as it is, so what stops its writer stops the sink job, whatever becomes a column.

mod inside;
mod rows;

pub(super) use self::inside::find;
use super::form::{Form, form_of};
use super::places::Place;
use super::{Carrier, Context, Row};
use crate::design::ColumnEdit;
use crate::diagnostic::Diagnostic;
use crate::platform::{Writer, WriterProfile};
use crate::schema::{Field, FieldPath, FieldType, Quirk, QuirkKind, Schema};
use crate::subject::SchemaType;

const EMPTY_RECORD: &str = "a record without fields, which Parquet has no group for";

/// What there is to say about the whole schema.
pub(super) fn of_schema(schema: &Schema, context: Context<'_>) -> Vec<Diagnostic> {
    let Carrier::Files(profile) = context.carrier() else { return rows::of_schema(context) };
    let mut found = vec![];
    if context.wanted_profile() != profile {
        found.push(wrong_language(context));
    }
    match profile {
        WriterProfile::FlinkRowdataInt96 => found.push(
            Diagnostic::warning(
                "profile-int96",
                FieldPath::root(),
                "INT96 timestamps have no zone of their own: the load reads them as UTC, and a job without parquet.utc-timezone = true shifts them.",
            )
            .hint(format!("Keep that option as the sink job's values have it, or write {}.", WriterProfile::default())),
        ),
        WriterProfile::ProtoLegacy if find(&schema.fields, &is_list_or_map).is_some() => found.push(
            Diagnostic::warning(
                "profile-unmarked-lists",
                FieldPath::root(),
                "The files do not mark their lists and maps as such, and a map arrives as a list of keys with their values.",
            )
            .hint(format!("Write {}, or look at TYPEOF of a list in one file before you rely on it.", WriterProfile::ProtoSpec)),
        ),
        _ => {}
    }
    found.extend(schema.quirks.iter().filter_map(|quirk| refused(quirk, profile)));
    found
}

fn wrong_language(context: Context<'_>) -> Diagnostic {
    let (wanted, language) = (context.wanted_profile(), context.schema_type);
    let able = WriterProfile::ALL.into_iter().filter(|profile| profile.writes(language));
    let able = able.map(WriterProfile::word).collect::<Vec<_>>().join(", ");
    let message = format!(
        "{wanted} cannot write events of {}; everything here is for {}.",
        language.label(),
        context.writer_profile()
    );
    Diagnostic::error("profile-language", FieldPath::root(), message).hint(format!("Choose one of {able}."))
}

/// What stops the writer although no column is about it.
fn refused(quirk: &Quirk, profile: WriterProfile) -> Option<Diagnostic> {
    let (code, what) = match (profile.writer(), quirk.kind) {
        (Writer::Avro | Writer::Protobuf, QuirkKind::EmptyRecord) => ("writer-empty-record", EMPTY_RECORD),
        (Writer::Avro, QuirkKind::NullUnion) => ("writer-null-only", "a union of nothing but null"),
        (Writer::Protobuf, QuirkKind::Edition) => ("writer-edition", "messages of a file in an edition"),
        (Writer::Protobuf, QuirkKind::Extended) => ("writer-extension", "the extensions of a message"),
        _ => return None,
    };
    Some(stops(code, &quirk.path, profile, what))
}

/// The writer throws, so dropping the column does not help.
fn stops(code: &str, path: &FieldPath, profile: WriterProfile, what: &str) -> Diagnostic {
    let message = format!("{profile} cannot write {what}, so the sink job would stop.");
    Diagnostic::error(code, path.clone(), message).hint(format!(
        "Choose {}, or change the schema; leaving the column out does not help.",
        WriterProfile::default()
    ))
}

/// What there is to say about one row.
pub(super) fn of_row(row: &Row, place: &Place<'_>, edit: &ColumnEdit, context: Context<'_>) -> Vec<Diagnostic> {
    let Carrier::Files(profile) = context.carrier() else { return rows::of_row(row, place, context) };
    let mut found = match profile.writer() {
        Writer::RowData => of_rowdata(row, place),
        Writer::Avro => of_avro(row, place, profile),
        Writer::Protobuf => of_message(row, place, edit, profile),
    };
    if row.kept && context.schema_type == SchemaType::Protobuf {
        found.extend(large_unsigned(row, place));
    }
    if row.kept && !row.json_text {
        found.extend(zones_inside(row, place, context));
    }
    found
}

fn of_rowdata(row: &Row, place: &Place<'_>) -> Vec<Diagnostic> {
    let field = std::slice::from_ref(place.field.as_ref());
    let mut found = vec![];
    if !row.kept {
        return found;
    }
    if matches!(place.field.ty, FieldType::Union { .. }) {
        let message = "A value of several types is loaded as whatever JSON the sink job wrote.";
        let hint = "Give each type a field of its own, or read the VARIANT with care.";
        found.push(Diagnostic::warning("union-as-json", row.path.clone(), message).hint(hint));
    }
    if row.json_text || row.expanded {
        return found;
    }
    if find(field, &is_nested_list).is_some() {
        let message =
            "Some versions of Flink's Parquet writer leave a list of lists or of maps empty, and a map of maps.";
        let hint = "Look at one file of the sink job before you rely on the column.";
        found.push(Diagnostic::warning("array-nested", row.path.clone(), message).hint(hint));
    }
    if let Some(FieldType::Time { unit }) =
        find(field, &|ty| matches!(ty, FieldType::Time { unit } if unit.digits() > 3))
    {
        let digits = unit.digits();
        let message =
            format!("Flink's Parquet writer keeps milliseconds of a time of day; the schema has {digits} digits.");
        let hint = "Use a timestamp or a number in the schema if the finer digits matter.";
        found.push(Diagnostic::warning("time-digits", row.path.clone(), message).hint(hint));
    }
    found
}

fn of_avro(row: &Row, place: &Place<'_>, profile: WriterProfile) -> Vec<Diagnostic> {
    let mut found = vec![];
    if let FieldType::Union { branches } = &place.field.ty
        && row.kept
    {
        found.push(members(row, branches.iter().map(|branch| branch.name.as_str())));
    }
    if place.field.ty == FieldType::UuidBytes && row.kept {
        let message = "The load turns 16 plain bytes into text; with parquet.avro.write-parquet-uuid = true the file would hold another type.";
        found.push(
            Diagnostic::note("uuid-bytes", row.path.clone(), message)
                .hint("Keep that option as the sink job's values have it."),
        );
    }
    if row.expanded {
        return found;
    }
    let field = std::slice::from_ref(place.field.as_ref());
    if find(field, &|ty| matches!(ty, FieldType::Recursive { .. })).is_some() {
        found.push(stops("writer-recursive", &row.path, profile, "a record that holds itself"));
    }
    if find(field, &|ty| *ty == FieldType::Json).is_some() {
        found.push(stops("writer-null-only", &row.path, profile, "a list or map of nothing but null"));
    }
    found.extend(empty_inside(row, field, profile));
    if profile == WriterProfile::Avro2Level {
        found.extend(two_levels(row, place));
    }
    found
}

fn empty_inside(row: &Row, field: &[Field], profile: WriterProfile) -> Option<Diagnostic> {
    find(field, &FieldType::is_empty_record)?;
    Some(stops("writer-empty-record", &row.path, profile, EMPTY_RECORD))
}

/// What two-level lists cannot hold, and what readers may take them for.
fn two_levels(row: &Row, place: &Place<'_>) -> Vec<Diagnostic> {
    let field = std::slice::from_ref(place.field.as_ref());
    let better = format!("Choose {}.", WriterProfile::Avro3Level);
    let mut found = vec![];
    if find(field, &|ty| matches!(ty, FieldType::Array { item } if item.nullable)).is_some() {
        let message = "A two-level list holds no null: the first null in a list of this field stops the sink job.";
        found.push(Diagnostic::warning("list-null", row.path.clone(), message).hint(better.as_str()));
    }
    if find(field, &|ty| matches!(ty, FieldType::Array { item } if item.fields().len() == 1)).is_some() {
        let message = "In a two-level list a record with a single field is ambiguous: a reader may show the field without the record.";
        found.push(Diagnostic::warning("list-of-one-field", row.path.clone(), message).hint(better));
    }
    found
}

fn members<'b>(row: &Row, names: impl Iterator<Item = &'b str>) -> Diagnostic {
    let names: Vec<String> = names.enumerate().map(|(i, name)| format!("member{i} is {name}")).collect();
    let message = format!(
        "The file numbers the types of this union in the schema's order ({}); a version that reorders them changes what the numbers mean.",
        super::comment::shortened(names.join(", "), 200)
    );
    Diagnostic::warning("union-members", row.path.clone(), message)
        .hint("Expand it to give each type a column, and add types at the end only.")
}

/// What parquet-protobuf cuts off. Choosing the column's type says that this is known.
fn of_message(row: &Row, place: &Place<'_>, edit: &ColumnEdit, profile: WriterProfile) -> Vec<Diagnostic> {
    let field = std::slice::from_ref(place.field.as_ref());
    let is_cut = |ty: &FieldType| matches!(ty, FieldType::Recursive { .. } | FieldType::Json);
    let mut found: Vec<Diagnostic> = empty_inside(row, field, profile).filter(|_| !row.expanded).into_iter().collect();
    if !row.kept || row.expanded || find(field, &is_cut).is_none() {
        return found;
    }
    let message = format!(
        "A message here holds itself: {profile} writes it as groups in groups, and as bytes below five levels, which no query can read."
    );
    found.push(if edit.column_type.is_some() {
        Diagnostic::warning("writer-cut", row.path.clone(), message).hint("Read no deeper than five levels.")
    } else {
        Diagnostic::error("writer-cut", row.path.clone(), message).hint(format!(
            "Choose {}, drop the column, or choose its type if it never nests so deep.",
            WriterProfile::default()
        ))
    });
    found
}

fn large_unsigned(row: &Row, place: &Place<'_>) -> Option<Diagnostic> {
    let is_large = matches!(place.field.ty, FieldType::Integer { bits: 64, signed: false });
    is_large.then(|| {
        Diagnostic::warning(
            "uint64",
            row.path.clone(),
            "Numbers above 9,223,372,036,854,775,807 are negative in the file; the load adds 2^64 to them.",
        )
        .hint("Use int64 in the schema if the numbers never get so large.")
    })
}

/// Inside a semi-structured column nothing takes the session's time zone back.
fn zones_inside(row: &Row, place: &Place<'_>, context: Context<'_>) -> Option<Diagnostic> {
    let profile = context.writer_profile();
    let has_no_zones = profile == WriterProfile::FlinkRowdataInt64Utc || profile.writer() == Writer::Protobuf;
    if has_no_zones || matches!(place.form, Form::Utc { .. }) {
        return None;
    }
    let has_zone = |ty: &FieldType| matches!(form_of(ty, context.schema_type, context.carrier()), Form::Utc { .. });
    find(std::slice::from_ref(place.field.as_ref()), &has_zone)?;
    let message = "Timestamps inside this column show the time of the session's zone.";
    let hint = if row.expandable {
        "Read them from columns of their own: expand it."
    } else {
        "In queries write CONVERT_TIMEZONE('UTC', x::TIMESTAMP_LTZ)."
    };
    Some(Diagnostic::note("zone-inside", row.path.clone(), message).hint(hint))
}

fn is_nested_list(ty: &FieldType) -> bool {
    match ty {
        FieldType::Array { item } => is_list_or_map(&item.ty),
        FieldType::Map { value, .. } => matches!(value.ty, FieldType::Map { .. }),
        _ => false,
    }
}

fn is_list_or_map(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Array { .. } | FieldType::Map { .. })
}

//! What rows that come without files hold otherwise than the schema says, or not at all. What the connector's converters do is read
//! in their source; what depends on the deployment is said as a warning.

use super::super::form::Form;
use super::super::places::Place;
use super::super::{Carrier, Context, Row};
use super::find;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::warning;
use crate::schema::{FieldType, MapKey};
use crate::subject::SchemaType;
use crate::table::envelope::{ENVELOPE_KEYS, METADATA_KEY};

const OTHER_KINDS: &str = "load the event by snowpipe or snowpipe_streaming";

/// What there is to say about the whole event.
pub(super) fn of_schema(context: Context<'_>) -> Vec<Diagnostic> {
    if context.carrier() != Carrier::Connector {
        return vec![];
    }
    let place = match context.platform.streaming.envelope_header.as_deref() {
        Some(header) => format!("the JSON object in the header {header}"),
        None => format!("the headers {}", ENVELOPE_KEYS.join(", ")),
    };
    let message =
        format!("The envelope is read from {place} of each record, with created_at as an ISO text that has an offset.");
    vec![warning(
        "connector-envelope",
        message,
        "Look at one record of the topic; one without event_id is set aside in the table's error table.",
    )]
}

/// What there is to say about one row.
pub(super) fn of_row(row: &Row, place: &Place<'_>, context: Context<'_>) -> Vec<Diagnostic> {
    if context.carrier() == Carrier::Connector {
        return of_connector(row, place, context.schema_type);
    }
    let is_union = row.kept && matches!(place.field.ty, FieldType::Union { .. });
    let message = "A value of several types is loaded as whatever JSON the sink job sent.";
    let hint = "Give each type a field of its own, or read the VARIANT with care.";
    is_union.then(|| Diagnostic::warning("union-as-json", row.path.clone(), message).hint(hint)).into_iter().collect()
}

fn of_connector(row: &Row, place: &Place<'_>, language: SchemaType) -> Vec<Diagnostic> {
    let mut found = vec![];
    if row.depth == 0 && row.field_name == METADATA_KEY {
        let message =
            format!("The connector writes what it knows of the record under {METADATA_KEY}, over this field.");
        let hint = format!("Rename the field in the schema, or {OTHER_KINDS}.");
        found.push(Diagnostic::error("connector-key", row.path.clone(), message).hint(hint));
    }
    if language == SchemaType::Json && !row.expanded {
        found.extend(stops(row, place));
    }
    if !row.kept || !found.is_empty() {
        return found;
    }
    found.extend(changed(row, place, language));
    found.extend(rounded(row, place, language));
    let default = place.field.default.as_deref().filter(|default| *default != "null");
    if default.is_some() && place.field.nullable && language != SchemaType::Protobuf {
        let message = "Kafka Connect puts the schema's default where an event has null.";
        found.push(Diagnostic::note("connector-default", row.path.clone(), message));
    }
    found
}

/// A list of anything stops the converter of JSON Schema, whatever becomes a column.
fn stops(row: &Row, place: &Place<'_>) -> Option<Diagnostic> {
    let is_of_anything = |ty: &FieldType| matches!(ty, FieldType::Array { item } if item.ty == FieldType::Json);
    find(std::slice::from_ref(place.field.as_ref()), &is_of_anything)?;
    let message = "Kafka Connect's converter cannot read a list whose items the schema does not describe, so no event would be loaded.";
    let hint = format!("Describe the items in the schema, or {OTHER_KINDS}; leaving the column out does not help.");
    Some(Diagnostic::error("connector-list", row.path.clone(), message).hint(hint))
}

/// Values that arrive in another shape than the event's.
fn changed(row: &Row, place: &Place<'_>, language: SchemaType) -> Vec<Diagnostic> {
    let warning =
        |code: &str, message: &str, hint: &str| Diagnostic::warning(code, row.path.clone(), message).hint(hint);
    let field = std::slice::from_ref(place.field.as_ref());
    let mut found = vec![];
    if !row.expanded && find(field, &|ty| matches!(ty, FieldType::Union { .. })).is_some() {
        let message = match language {
            SchemaType::Json => {
                "Of a value of several types Kafka Connect makes an object with a made-up key for each type, all but one of them null."
            }
            _ => {
                "Of a value of several types Kafka Connect makes an object with a key for each type, all but one of them null."
            }
        };
        found.push(warning("connector-union", message, "Give each type a field of its own, or read the VARIANT so."));
    }
    let is_map = |ty: &FieldType| matches!(ty, FieldType::Map { .. });
    let has_other_keys = |ty: &FieldType| matches!(ty, FieldType::Map { key, .. } if *key != MapKey::Text);
    if !row.expanded && find(field, &is_map).is_some() {
        found.extend(match language {
            SchemaType::Avro => None,
            SchemaType::Protobuf => find(field, &has_other_keys).map(|_| {
                warning(
                    "connector-map-keys",
                    "The keys of a map are no texts, so Kafka Connect sends it as a list of pairs.",
                    "Read each item as a key and its value; nothing is found by key.",
                )
            }),
            SchemaType::Json => {
                let message = "Kafka Connect's converter drops properties that the schema does not name, so they are never loaded.";
                let hint = format!("Leave the column out, or {OTHER_KINDS}.");
                let found = if is_map(&place.field.ty) { Diagnostic::error } else { Diagnostic::warning };
                Some(found("connector-map", row.path.clone(), message.to_owned()).hint(hint))
            }
        });
    }
    let is_open = |ty: &FieldType| matches!(ty, FieldType::Json | FieldType::Recursive { .. } | FieldType::Truncated);
    if !row.expanded && find(field, &is_open).is_some() {
        let message = match language {
            SchemaType::Protobuf => {
                "A message that holds itself, Struct and Value arrive as their own fields, not as the JSON that they stand for."
            }
            _ => {
                "What Kafka Connect makes of a value without a type of its own differs between versions of its converters."
            }
        };
        found.push(warning("connector-open", message, "Look at one row before you rely on the column."));
    }
    found
}

/// Values that arrive with fewer digits, or as numbers that their receiver might round.
fn rounded(row: &Row, place: &Place<'_>, language: SchemaType) -> Option<Diagnostic> {
    let (code, message, hint) = match (&place.field.ty, place.form) {
        (_, Form::Signed { bits: 64 }) => (
            "uint64",
            "Numbers above 9,223,372,036,854,775,807 are negative in the row; the load adds 2^64 to them.",
            "Use int64 in the schema if the numbers never get so large.",
        ),
        (FieldType::Instant { .. }, Form::Text) | (FieldType::Record { .. }, Form::ZonedTime)
            if language == SchemaType::Protobuf =>
        {
            (
                "connector-digits",
                "Kafka Connect keeps milliseconds of a time; the message has nine digits.",
                "Load by snowpipe or snowpipe_streaming if the finer digits matter.",
            )
        }
        (FieldType::Record { .. }, Form::IsoDate) => (
            "connector-partial-date",
            "What Kafka Connect makes of a date whose year, month or day is 0 is not known.",
            "Load by snowpipe or snowpipe_streaming if there are such dates.",
        ),
        (FieldType::Decimal { .. }, Form::Number) if language == SchemaType::Avro => (
            "connector-decimal",
            "A decimal is sent as a number of JSON, and that all of its digits arrive has not been seen on a real account.",
            "Load one value with all digits and compare it, before you rely on the last ones.",
        ),
        _ => return None,
    };
    Some(Diagnostic::warning(code, row.path.clone(), message).hint(hint))
}

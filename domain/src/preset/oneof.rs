//! A column for each oneof of Protobuf that says which of its members is set.

use std::collections::HashSet;

use super::Suggestion;
use crate::design::{ComputedColumn, MAX_COMPUTED_COLUMNS};
use crate::schema::{Field, FieldPath, Schema};
use crate::sql::{Identifier, Literal};
use crate::table::words;

/// The columns, as computed ones that can be renamed and taken away: `PAYMENT_CASE` holds `card` where the event has a card. Oneofs
/// of records that are fields are among them, those in lists and maps are not, as no column reaches there.
pub(super) fn cases(schema: &Schema) -> Suggestion {
    let mut suggestion = Suggestion::default();
    let mut taken: HashSet<String> = schema.fields.iter().map(|field| words(&field.name)).collect();
    let mut left: Vec<&[Field]> = vec![&schema.fields];
    let mut computed = Vec::new();
    while let Some(fields) = left.pop() {
        left.extend(fields.iter().rev().map(Field::fields).filter(|inner| !inner.is_empty()));
        for (oneof, members) in oneofs(fields) {
            if computed.len() == MAX_COMPUTED_COLUMNS {
                break;
            }
            let around = members.first().and_then(|member| member.path.parent()).unwrap_or_default();
            let name = free(&name_of(&around, oneof), &mut taken);
            let reason = format!("{name} says which member of the oneof {oneof} is set.");
            suggestion.reasons.extend(members.iter().map(|member| (member.path.clone(), reason.clone())));
            computed.push((format!("case:{}", around.child(oneof)), column(name, oneof, &members)));
        }
    }
    suggestion.design.computed = computed.into_iter().collect();
    suggestion.reasons.sort();
    suggestion
}

/// The oneofs of one message with their members, both in the order of the text.
fn oneofs(fields: &[Field]) -> Vec<(&str, Vec<&Field>)> {
    let mut found: Vec<(&str, Vec<&Field>)> = Vec::new();
    for field in fields {
        let Some(oneof) = field.oneof.as_deref() else { continue };
        match found.iter_mut().find(|(name, _)| *name == oneof) {
            Some((_, members)) => members.push(field),
            None => found.push((oneof, vec![field])),
        }
    }
    found
}

fn name_of(around: &FieldPath, oneof: &str) -> String {
    let parts = around.segments().iter().map(String::as_str).chain([oneof]).map(words);
    format!("{}_CASE", parts.collect::<Vec<_>>().join("__"))
}

/// The name, or the first one after it that no field of the event has.
fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let others = (2..).map(|number| format!("{name}_{number}"));
    let mut names = [name.to_owned()].into_iter().chain(others);
    names.find(|name| taken.insert(name.clone())).unwrap_or_default()
}

fn column(name: String, oneof: &str, members: &[&Field]) -> ComputedColumn {
    let case = |member: &&Field| {
        let segments = member.path.segments();
        let path = segments.iter().map(|segment| Identifier(segment).to_string()).collect::<Vec<_>>().join(".");
        // Inside a record what is not set is a null of JSON, which only a cast makes one of SQL.
        let cast = if segments.len() > 1 { "::VARCHAR" } else { "" };
        format!(" WHEN {path}{cast} IS NOT NULL THEN {}", Literal(&member.name))
    };
    ComputedColumn {
        name,
        column_type: "VARCHAR".to_owned(),
        expression: format!("CASE{} END", members.iter().map(case).collect::<String>()),
        comment: format!("which member of the oneof {oneof} is set"),
    }
}

//! Every type that the designer offers for a field can be loaded: no value of the field makes Snowpipe skip the file.

use domain::design::{ColumnEdit, Design};
use domain::platform::WriterProfile;
use domain::schema::{FieldPath, Schema};
use domain::simulate::Writing;
use domain::subject::SchemaType;

use crate::roundtrip::{load, writings};
use crate::schemas::{is_sound, of_cases};

/// The design that gives every field the type at this place among its choices; `None` where no field has so many.
fn design(choices: &[(FieldPath, Vec<String>)], place: usize) -> Option<Design> {
    let edit = |(path, types): &(FieldPath, Vec<String>)| {
        let edit = ColumnEdit { column_type: Some(types.get(place)?.clone()), ..ColumnEdit::default() };
        Some((path.clone(), edit))
    };
    let columns: std::collections::BTreeMap<_, _> = choices.iter().filter_map(edit).collect();
    (!columns.is_empty()).then(|| Design { columns, ..Design::default() })
}

fn check(name: &str, schema: &Schema, language: SchemaType, writing: (WriterProfile, Writing)) -> usize {
    // What has no model, such as a time of day with an offset as TIME, is no finding.
    let loaded = |design: &Design| match load(schema, language, design, writing, 11) {
        Err(problem) if problem.starts_with("Not simulated") => None,
        loaded => loaded.unwrap_or_else(|problem| panic!("{name}, {}: {problem}", writing.0)),
    };
    let Some(first) = loaded(&Design::default()) else { return 0 };
    let choices =
        |row: &domain::table::Row| (row.path.clone(), row.choices.iter().map(ToString::to_string).collect::<Vec<_>>());
    let choices: Vec<_> = first.rendering.table.rows.iter().map(choices).collect();
    let designs: Vec<Design> = (1..).map_while(|place| design(&choices, place)).collect();
    designs.iter().filter(|design| loaded(design).is_some()).count()
}

#[test]
fn every_type_that_is_offered_can_be_loaded() {
    let mut loads = 0;
    for (name, schema, language) in of_cases() {
        if is_sound(&schema) {
            loads +=
                writings(language).into_iter().map(|writing| check(&name, &schema, language, writing)).sum::<usize>();
        }
    }
    println!("{loads} loads");
    assert!(loads > 500, "{loads}");
}

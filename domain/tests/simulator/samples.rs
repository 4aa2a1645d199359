//! Sample events of a schema, and what the table would hold of them and of events that people paste.

use domain::design::{ColumnEdit, ComputedColumn, Design};
use domain::platform::{Platform, WriterProfile};
use domain::preset::{BuiltIn, built_in};
use domain::render::render_schema;
use domain::schema::{self, Schema, SchemaText};
use domain::simulate::{Cell, Sample, SampleRow, records, sample};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::Context;
use serde_json::{Value as Json, json};

use crate::schemas::{is_sound, of_cases, of_demonstration};

/// What the table of a schema would hold of events, unless the generator has an error about it.
fn sampled(
    schema: &Schema,
    language: SchemaType,
    design: &Design,
    profile: WriterProfile,
    events: &[Json],
) -> Option<Sample> {
    let subject = SubjectName::parse("order.placed-value").unwrap();
    let platform = Platform { writer_profile: profile, ..Platform::default() };
    let context = Context {
        subject: &subject,
        version: Version(3),
        schema_type: language,
        platform: &platform,
        design,
        live: &[],
    };
    let rendering = render_schema(schema.clone(), context);
    let sound = !rendering.table.diagnostics.iter().any(|found| found.is_error());
    sound.then(|| sample(schema, &rendering.table, context, events))
}

fn cells(sample: &Sample, row: usize) -> Vec<(&str, &Cell)> {
    match &sample.rows[row] {
        SampleRow::Cells(cells) => sample.columns.iter().map(String::as_str).zip(cells).collect(),
        SampleRow::Problem(problem) => panic!("{problem}"),
    }
}

#[test]
fn sample_events_of_every_schema_fill_its_table_under_every_writer() {
    let mut filled = 0;
    for (name, schema, language) in of_cases().into_iter().chain(of_demonstration()) {
        let events = records(&schema, language, 3, 7);
        assert_eq!(events, records(&schema, language, 3, 7), "the same for the same seed");
        let able = WriterProfile::ALL.into_iter().filter(|profile| profile.writes(language) && is_sound(&schema));
        for profile in able {
            let Some(sample) = sampled(&schema, language, &Design::default(), profile, &events) else { continue };
            for row in 0..events.len() {
                for (column, cell) in cells(&sample, row) {
                    assert!(matches!(cell, Cell::Null | Cell::Text(_)), "{name} {profile} {column}: {cell:?}");
                }
            }
            // The first event has everything, so that no column looks empty; lists of what Parquet cannot hold are.
            let empty = cells(&sample, 0).iter().filter(|(_, cell)| **cell == Cell::Null).count();
            assert!(empty * 4 <= sample.columns.len(), "{name} {profile}: {empty} empty: {sample:?}");
            filled += 1;
        }
    }
    assert!(filled > 300, "{filled}");
}

#[test]
fn a_oneofs_own_column_says_which_member_is_set_under_every_writer() {
    let text = "syntax = \"proto3\"; message E { oneof to { int32 number = 1; Inner inner = 2; string text = 3; } Inner other = 4; }
        message Inner { oneof what { bool flag = 1; Leaf leaf = 2; } } message Leaf { int32 n = 1; }";
    let schema = schema::read(&SchemaText::new(SchemaType::Protobuf, text));
    let design = built_in(BuiltIn::OneofCases, &schema, &Platform::default()).design;
    let events = [
        json!({"number": 0, "other": {"leaf": {"n": 0}}}),
        json!({"inner": {"flag": false}}),
        json!({"text": "", "other": {}}),
        json!({}),
    ];
    let expected = [["number", "NULL", "leaf"], ["inner", "flag", "NULL"], ["text", "NULL", "NULL"], ["NULL"; 3]];
    for profile in WriterProfile::ALL.into_iter().filter(|profile| profile.writes(SchemaType::Protobuf)) {
        let sample = sampled(&schema, SchemaType::Protobuf, &design, profile, &events).unwrap();
        for (row, expected) in expected.iter().enumerate() {
            let cases = cells(&sample, row).into_iter().filter(|(column, _)| column.ends_with("_CASE"));
            let mut shown: Vec<(String, String)> =
                cases.map(|(column, cell)| (column.to_owned(), text_of(cell))).collect();
            shown.sort();
            let shown: Vec<&str> = ["TO_CASE", "INNER__WHAT_CASE", "OTHER__WHAT_CASE"]
                .iter()
                .map(|wanted| shown.iter().find(|(column, _)| column == wanted).unwrap().1.as_str())
                .collect();
            assert_eq!(shown, expected, "{profile} {row}");
        }
    }
}

fn order() -> Schema {
    let text = r#"{ "type": "record", "name": "Order", "fields": [
        { "name": "orderId", "type": "string" },
        { "name": "placedAt", "type": { "type": "long", "logicalType": "timestamp-millis" } },
        { "name": "amount", "type": { "type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2 } },
        { "name": "raw", "type": ["null", "bytes"], "default": null },
        { "name": "choice", "type": ["null", "string", "long"], "default": null }
    ] }"#;
    schema::read(&SchemaText::new(SchemaType::Avro, text))
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Refused(reason) => format!("refused: {reason}"),
        Cell::NotSimulated(what) => format!("not simulated: {what}"),
    }
}

fn payload(sample: &Sample, row: usize) -> Vec<String> {
    cells(sample, row).iter().filter(|(column, _)| !column.starts_with('_')).map(|(_, cell)| text_of(cell)).collect()
}

#[test]
fn a_pasted_event_is_shown_as_the_table_would_hold_it() {
    let events = [
        json!({"orderId": "ord_1", "placedAt": "2026-11-23T12:34:56.789+01:00", "amount": 12.5, "raw": "\u{1}\u{ff}", "choice": {"long": 7}}),
        json!({"orderId": "ord_2", "placedAt": 1_795_437_296_000_i64, "amount": "0.01", "choice": "seven"}),
        json!({"orderId": "ord_3", "placedAt": null, "amount": "123456789.00"}),
    ];
    let sample = sampled(&order(), SchemaType::Avro, &Design::default(), WriterProfile::default(), &events).unwrap();
    assert_eq!(payload(&sample, 0), ["ord_1", "2026-11-23 11:34:56.789", "12.50", "01FF", "7"]);
    assert_eq!(payload(&sample, 1), ["ord_2", "2026-11-23 12:34:56", "0.01", "NULL", "\"seven\""]);
    assert_eq!(
        payload(&sample, 2),
        ["ord_3", "NULL", "refused: 123456789.00 does not fit into NUMBER(6,2).", "NULL", "NULL"]
    );
}

#[test]
fn an_event_that_is_none_of_the_schema_says_where() {
    let events = [json!({"orderId": 7}), json!([]), json!({"orderId": "a", "placedAt": "soon"})];
    let sample = sampled(&order(), SchemaType::Avro, &Design::default(), WriterProfile::default(), &events).unwrap();
    let problem = |text: &str| SampleRow::Problem(text.to_owned());
    assert_eq!(
        sample.rows,
        [
            problem("orderId should be string."),
            problem("An event is a JSON object."),
            problem("placedAt should be timestamp(3)."),
        ]
    );
}

#[test]
fn a_column_that_is_too_narrow_shows_which_value_would_skip_the_file() {
    let narrow = ColumnEdit { column_type: Some("VARCHAR(3)".into()), ..ColumnEdit::default() };
    let design = Design { columns: [("orderId".parse().unwrap(), narrow)].into(), ..Design::default() };
    let events = [json!({"orderId": "ord_1"})];
    let sample = sampled(&order(), SchemaType::Avro, &design, WriterProfile::default(), &events).unwrap();
    assert_eq!(payload(&sample, 0)[0], "refused: A text of 5 characters is too long for VARCHAR(3).");
}

#[test]
fn a_computed_column_is_shown_with_its_values() {
    let computed = ComputedColumn {
        name: "CENTS".into(),
        column_type: "NUMBER(12,0)".into(),
        expression: "amount * 100".into(),
        comment: String::new(),
    };
    let design = Design { computed: [("cents".to_owned(), computed)].into(), ..Design::default() };
    let events = [json!({"orderId": "ord_1", "amount": "12.50"})];
    let sample = sampled(&order(), SchemaType::Avro, &design, WriterProfile::default(), &events).unwrap();
    let cents = cells(&sample, 0).into_iter().find(|(column, _)| *column == "CENTS");
    assert_eq!(cents, Some(("CENTS", &Cell::Text("1250".into()))));
}

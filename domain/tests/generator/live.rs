//! A table that exists: a newer version of its event keeps the names and the order of its columns.

use domain::design::{Change, ColumnEdit, Design};
use domain::platform::Platform;
use domain::render::{Rendering, render_schema};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::{Context, LiveColumn};

use crate::listing;
use crate::tables::{avro, design, found};

fn rendered(listing: &str, design: &Design, live: &[LiveColumn]) -> Rendering {
    let subject = SubjectName::parse("order.placed-value").unwrap();
    let (platform, schema_type) = (Platform::default(), SchemaType::Avro);
    let context = Context { subject: &subject, version: Version(4), schema_type, platform: &platform, design, live };
    render_schema(listing::read(listing), context)
}

fn payload(rendering: &Rendering) -> Vec<&str> {
    rendering.table.payload().map(|row| row.column.name.as_str()).collect()
}

#[test]
fn a_new_field_never_takes_the_name_or_the_place_of_an_older_column() {
    let first = avro("orderId string\namount int", &[]);
    let live = first.table.live_columns();
    let (before, none) = ("order_id string\namount int\norderId string", Design::default());
    assert_eq!(payload(&rendered(before, &none, &[]))[0], "ORDER_ID", "without a table the first field has the name");
    let next = rendered(before, &none, &live);
    let names = payload(&next);
    assert_eq!(names[..2], ["ORDER_ID", "AMOUNT"]);
    assert!(names[2].starts_with("ORDER_ID_"), "{names:?}");
    assert_eq!(found(&next), ["name-collision order_id"]);
}

#[test]
fn the_name_of_a_column_whose_field_is_gone_stays_its_own() {
    let live = avro("note string", &[]).table.live_columns();
    let design = design(&[("text", Change::Rename("NOTE".into()))]);
    let next = rendered("text string\nNote string", &design, &live);
    let names = payload(&next);
    assert!(names[0] == "TEXT" && names[1].starts_with("NOTE_"), "{names:?}");
    assert_eq!(found(&next), ["name-taken text", "name-collision Note"]);
}

#[test]
fn columns_of_a_table_that_exists_stay_where_they_are() {
    let edits = [("b", Change::Column(Box::new(ColumnEdit { after: Some(Default::default()), ..Default::default() })))];
    let design = design(&edits);
    let live = avro("a string\nb string", &edits).table.live_columns();
    assert_eq!(payload(&avro("a string\nb string", &edits)), ["B", "A"]);
    let next = rendered("new string\na string\nb string", &design, &live);
    assert_eq!(payload(&next), ["B", "A", "NEW"]);
    assert_eq!(found(&next), Vec::<String>::new(), "a move that was made before the table is no news");
}

#[test]
fn a_list_cannot_become_rows_and_says_why() {
    let rendering = avro("tags array<string>\nn int", &[("tags", Change::Expand(true)), ("n", Change::Expand(true))]);
    let texts: Vec<String> = rendering.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(texts.len(), 2);
    assert!(texts[0].contains("may not FLATTEN") && texts[0].contains("LATERAL FLATTEN in a query"), "{texts:?}");
    assert!(texts[1].contains("Only a record with fields can be expanded"), "{texts:?}");
}

#[test]
fn designs_that_were_stored_before_still_read() {
    let stored = r#"{"columns":{"a.b":{"keep":false,"name":"X","type":"NUMBER(12,2)","nullable":false,"comment":"","expand":true}},
        "table":{"name":"T","comment":"c","retentionDays":7,"clusterByDay":true}}"#;
    let design: Design = serde_json::from_str(stored).unwrap();
    assert_eq!(design.edit_count(), 10);
    let written = serde_json::to_value(&design).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(stored).unwrap(), "and are written as they were");
}

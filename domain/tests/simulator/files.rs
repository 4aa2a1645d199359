//! A file is loaded whole or skipped whole, and what skipped it is said by row, column and reason.

use domain::design::{ColumnEdit, Design};
use domain::platform::Platform;
use domain::render::render_schema;
use domain::schema::{self, SchemaText};
use domain::simulate::{Failure, File, Loaded, Loader, Session, Skip, Value, Variant, parse_json};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::{Context, Table};

fn table(edits: &[(&str, ColumnEdit)]) -> Table {
    let text = r#"{ "type": "record", "name": "R", "fields": [
        { "name": "count", "type": "int" }, { "name": "note", "type": "string" }, { "name": "tags", "type": { "type": "map", "values": "string" } }
    ] }"#;
    let schema = schema::read(&SchemaText::new(SchemaType::Avro, text));
    let columns = edits.iter().map(|(path, edit)| (path.parse().unwrap(), edit.clone())).collect();
    let (subject, platform) = (SubjectName::parse("r-value").unwrap(), Platform::default());
    let design = Design { columns, ..Design::default() };
    let context = Context {
        subject: &subject,
        version: Version(1),
        schema_type: SchemaType::Avro,
        platform: &platform,
        design: &design,
        live: &[],
    };
    render_schema(schema, context).table
}

fn of_type(ty: &str) -> ColumnEdit {
    ColumnEdit { column_type: Some(ty.into()), ..ColumnEdit::default() }
}

fn loaded(table: &Table, rows: &[&str]) -> Result<Loaded, Failure> {
    let rows: Vec<Variant> = rows.iter().map(|row| parse_json(row).unwrap()).collect();
    Loader::of(table, false).unwrap().load(File { name: "a.parquet", rows: &rows, scanned: 0 }, Session::default())
}

fn skipped(row: u64, column: &str, reason: &str) -> Result<Loaded, Failure> {
    Ok(Loaded::Skipped(Skip { row, column: column.into(), reason: reason.into() }))
}

const GOOD: &str = r#"{"event_id": "1", "count": 7, "note": "größe", "tags": {"a": "b"}}"#;

#[test]
fn a_good_file_is_loaded_row_by_row_with_the_columns_of_the_table() {
    let table = table(&[]);
    let Ok(Loaded::Rows(rows)) = loaded(&table, &[GOOD, GOOD]) else { panic!("skipped") };
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.len() == table.columns().count()));
    assert_eq!(Loader::of(&table, false).unwrap().names().next(), Some("_EVENT_ID"));
    assert_eq!(rows[1].first(), Some(&Value::from("1".to_owned())));
}

#[test]
fn one_row_that_does_not_fit_skips_the_whole_file() {
    let bad =
        |row: &str| loaded(&table(&[("note", of_type("VARCHAR(5)")), ("count", of_type("NUMBER(3,0)"))]), &[GOOD, row]);
    for (row, column, reason) in [
        (r#"{"count": 1}"#, "_EVENT_ID", "The column does not accept NULL."),
        (r#"{"event_id": null}"#, "_EVENT_ID", "The column does not accept NULL."),
        (r#"{"event_id": "1", "note": "größer"}"#, "NOTE", "A text of 6 characters is too long for VARCHAR(5)."),
        (r#"{"event_id": "1", "count": 1000}"#, "COUNT", "1000 does not fit into NUMBER(3,0)."),
        (r#"{"event_id": "1", "count": "many"}"#, "COUNT", "many does not fit into NUMBER(3,0)."),
        (
            r#"{"event_id": "0123456789012345678901234567890123456"}"#,
            "_EVENT_ID",
            "A text of 37 characters is too long for VARCHAR(36).",
        ),
    ] {
        assert_eq!(bad(row), skipped(2, column, reason), "{row}");
    }
}

#[test]
fn a_load_that_truncates_cuts_texts_and_nothing_else() {
    let table = table(&[("note", of_type("VARCHAR(3)")), ("count", of_type("NUMBER(3,0)"))]);
    let cut = |row: &str| {
        let rows = [parse_json(row).unwrap()];
        let file = File { name: "a.parquet", rows: &rows, scanned: 0 };
        Loader::of(&table, true).unwrap().load(file, Session::default())
    };
    let Ok(Loaded::Rows(rows)) = cut(GOOD) else { panic!("skipped") };
    assert!(rows[0].contains(&Value::from("grö".to_owned())), "{rows:?}");
    assert_eq!(cut(r#"{"event_id": "1", "count": 1000}"#), skipped(1, "COUNT", "1000 does not fit into NUMBER(3,0)."));
}

#[test]
fn an_object_column_costs_the_file_where_the_value_is_no_object() {
    let table = table(&[("tags", of_type("OBJECT"))]);
    assert_eq!(
        loaded(&table, &[r#"{"event_id": "1", "tags": [1]}"#]),
        skipped(1, "TAGS", "An ARRAY cannot be cast to OBJECT.")
    );
    assert!(matches!(loaded(&table, &[r#"{"event_id": "1", "tags": null}"#]), Ok(Loaded::Rows(_))));
}

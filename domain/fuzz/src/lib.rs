//! What the targets do with the bytes that libFuzzer gives them. A panic is a finding; the checks are those of `tests/survival`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a check that fails is a finding")]

#[path = "../../tests/survival/planned.rs"]
mod planned;
#[path = "../../tests/generator/snowflake.rs"]
mod snowflake;
#[path = "../../tests/survival/verdict.rs"]
mod verdict;

use domain::design::{Change, Design, Edit, History};
use domain::evolve::Live;
use domain::platform::Platform;
use domain::render::{RenderInput, render, render_read};
use domain::schema::{Field, FieldPath, FieldType, Schema, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};

/// The most columns whose statements are parsed.
const MOST_COLUMNS: usize = 400;

/// An event whose fields have every type that a design can do something with.
const EVENT: &str = include_str!("../../tests/tables/an_avro_schema/schema.avsc");

fn input(schema_type: SchemaType, text: &str) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse("order_placed-value").unwrap(),
        version: Version(1),
        schema: SchemaText { schema_type, text: text.to_owned(), references: vec![] },
        platform: Platform::default(),
        design: Design::default(),
        live: Live::default(),
    }
}

fn check(rendering: &domain::render::Rendering, platform: &Platform) {
    if rendering.table.columns().count() <= MOST_COLUMNS {
        verdict::check(rendering, platform);
        verdict::check_files(rendering);
    }
}

/// Reads a schema, and renders it with every record expanded.
pub fn read_and_render(schema_type: SchemaType, data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let input = input(schema_type, text);
    let plain = render(&input);
    let edits = plain.schema.fields.iter().filter(|field| !field.fields().is_empty());
    let edits: Vec<Edit> =
        edits.map(|field| Edit { path: field.path.clone(), change: Change::Expand(true) }).collect();
    let design = Design::default().apply_all(&edits).unwrap_or_default();
    check(&render_read(plain.schema.clone(), &input, &design), &input.platform);
    check(&plain, &input.platform);
}

/// Takes the bytes for a design in JSON, or for a list of edits, and makes whatever they say.
pub fn edit(data: &[u8]) {
    let input = input(SchemaType::Avro, EVENT);
    if let Ok(design) = serde_json::from_slice::<Design>(data) {
        check(&render_read(domain::schema::read(&input.schema), &input, &design), &input.platform);
    }
    let Ok(edits) = serde_json::from_slice::<Vec<Edit>>(data) else { return };
    let mut history = History::new(Design::default());
    for edit in &edits {
        let _ = history.apply(edit);
    }
    let last = history.present().clone();
    check(&render_read(domain::schema::read(&input.schema), &input, &last), &input.platform);
    while history.undo() {}
    while history.redo() {}
    assert_eq!(*history.present(), last);
}

/// Lines of any text as the subject, the names and documentation of fields, and the comment of the table.
pub fn render_texts(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.split('\u{1}');
    let mut next = || lines.next().unwrap_or_default().to_owned();
    let Ok(subject) = SubjectName::parse(next()) else { return };
    let comment = next();
    let mut fields: Vec<Field> = vec![];
    while fields.len() < 20 {
        let (name, doc) = (next(), next());
        if name.is_empty() {
            break;
        }
        if fields.iter().all(|field| field.name != name) {
            let kind = if doc.len() % 2 == 0 { FieldType::Json } else { FieldType::Enum { symbols: vec![doc.clone()] } };
            fields.push(Field { doc: Some(doc), ..Field::required(&FieldPath::root(), &name, kind) });
        }
    }
    let inner = Field::required(&FieldPath::root(), "inner", FieldType::Boolean);
    let input = RenderInput { subject, ..input(SchemaType::Avro, EVENT) };
    let schema = Schema { fields: fields.into_iter().chain([inner]).collect(), ..Schema::default() };
    let design = Design::default().apply(&Edit { path: FieldPath::root(), change: Change::Comment(comment) });
    let rendering = render_read(schema, &input, &design.unwrap_or_default());
    check(&rendering, &input.platform);
}

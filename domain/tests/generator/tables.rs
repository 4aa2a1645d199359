//! What a test wants of a rendering, made from a listing or a schema and the edits to it.

use domain::design::{Change, Design, Edit};
use domain::platform::Platform;
use domain::render::{Rendering, render_schema};
use domain::schema::Schema;
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::{Context, Row};

use crate::listing;

pub fn rendered(schema: Schema, schema_type: SchemaType, design: &Design) -> Rendering {
    let subject = SubjectName::parse("order.placed-value").unwrap();
    let platform = Platform { bucket_url: "s3://bucket/events/".into(), ..Platform::default() };
    let context =
        Context { subject: &subject, version: Version(3), schema_type, platform: &platform, design, live: &[] };
    render_schema(schema, context)
}

/// The rendering of an Avro listing with edits, each a path and a change.
pub fn avro(listing: &str, edits: &[(&str, Change)]) -> Rendering {
    rendered(listing::read(listing), SchemaType::Avro, &design(edits))
}

pub fn design(edits: &[(&str, Change)]) -> Design {
    let edit = |(path, change): &(&str, Change)| Edit { path: path.parse().unwrap(), change: change.clone() };
    edits.iter().fold(Design::default(), |design, next| design.apply(&edit(next)).unwrap())
}

pub fn row<'a>(rendering: &'a Rendering, path: &str) -> &'a Row {
    let path = path.parse().unwrap();
    rendering.table.rows.iter().find(|row| row.path == path).expect("the row is there")
}

/// Codes and paths of the diagnostics, `code path`.
pub fn found(rendering: &Rendering) -> Vec<String> {
    rendering.diagnostics.iter().map(|d| format!("{} {}", d.code, d.path).trim_end().to_owned()).collect()
}

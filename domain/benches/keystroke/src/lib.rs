//! What the designer does at a keystroke in a column's name: the design with one edit more, and everything rendered anew.

use std::sync::Arc;

use domain::design::{Change, Design, Edit};
use domain::platform::Platform;
use domain::render::{RenderInput, render_read};
use domain::schema::{FieldPath, Schema, SchemaText, read};
use domain::subject::{SchemaType, SubjectName, Version};
use wasm_bindgen::prelude::wasm_bindgen;

/// A design over an event with so many fields.
#[wasm_bindgen]
pub struct Designer {
    schema: Arc<Schema>,
    input: RenderInput,
    fields: usize,
    pressed: usize,
}

#[wasm_bindgen]
impl Designer {
    /// An event with so many fields of common types; nothing if their schema cannot be read.
    pub fn of(fields: usize) -> Option<Self> {
        let schema = schema(fields);
        let input = RenderInput {
            subject: SubjectName::parse("wide-value").ok()?,
            version: Version(1),
            schema,
            platform: Platform::default(),
            design: Design::default(),
            live: domain::evolve::Live::default(),
        };
        Some(Self { schema: Arc::new(read(&input.schema)), input, fields, pressed: 0 })
    }

    /// One more letter in the name of some column. Gives the bytes that are rendered, 0 if the edit was refused.
    pub fn press(&mut self) -> usize {
        self.pressed += 1;
        let path = FieldPath::of([format!("someField{}", self.pressed * 7 % self.fields.max(1))]);
        let change = Change::Rename(format!("RENAMED_{}", self.pressed));
        let Ok(design) = Design::default().apply(&Edit { path, change }) else { return 0 };
        let rendering = render_read(Arc::clone(&self.schema), &self.input, &design);
        rendering.artifacts.iter().map(|artifact| artifact.content.len()).sum()
    }
}

fn schema(fields: usize) -> SchemaText {
    const TYPES: [&str; 5] = [
        r#""string""#,
        r#"["null","long"]"#,
        r#"{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}"#,
        r#"{"type":"long","logicalType":"timestamp-micros"}"#,
        r#"{"type":"array","items":"string"}"#,
    ];
    let list = (0..fields)
        .zip(TYPES.iter().cycle())
        .map(|(i, ty)| format!(r#"{{"name":"someField{i}","type":{ty},"doc":"Field number {i}."}}"#));
    let list = list.collect::<Vec<_>>().join(",");
    let text = format!(r#"{{"type":"record","name":"Wide","namespace":"bench","fields":[{list}]}}"#);
    SchemaText { schema_type: SchemaType::Avro, text, references: vec![] }
}

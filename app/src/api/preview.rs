//! A subject in short, for beside a list: its fields read and its text laid out on the server, so that the list needs no reader.

use domain::registry::{Onboarding, SubjectView};
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;
use crate::components::field_node::{FieldNode, field_nodes};
use crate::components::raw_schema::readable;

/// The most fields of a preview.
const MAX_FIELDS: usize = 300;
/// The most text of a preview, in bytes.
const MAX_TEXT: usize = 20_000;

/// A subject in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The subject.
    pub subject: SubjectName,
    /// The newest version, which is the one that is shown.
    pub version: Version,
    /// Its schema id.
    pub id: Option<SchemaId>,
    /// Its language.
    pub schema_type: SchemaType,
    /// What became of the subject here.
    pub onboarding: Onboarding,
    /// The version that is live, if one is.
    pub live: Option<Version>,
    /// Its documentation.
    pub doc: Option<String>,
    /// The first of its fields, depth first.
    pub fields: Vec<PreviewField>,
    /// How many fields there are.
    pub field_count: usize,
    /// Its text, cut when it is long.
    pub text: String,
    /// Whether the text was cut.
    pub cut: bool,
    /// All versions with their ids, newest first.
    pub versions: Vec<(Version, SchemaId)>,
    /// What it refers to.
    pub references: Vec<(SubjectName, Version)>,
}

/// A field of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewField {
    /// How deep it lies.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// Its type in a few words, with `?` where it may be absent.
    pub label: String,
    /// Its documentation; empty when there is none.
    pub doc: String,
}

impl Preview {
    /// The short of a subject with a version opened.
    pub fn of(view: SubjectView) -> Self {
        let schema = domain::schema::read(&view.schema);
        let (nodes, _) = field_nodes(&schema);
        let mut rows = Vec::new();
        nodes.iter().for_each(|node| node.flatten(0, &mut rows));
        let field = |(depth, node): &(usize, &FieldNode)| PreviewField {
            depth: *depth,
            name: node.name.clone(),
            label: format!("{}{}", node.label, if node.nullable { "?" } else { "" }),
            doc: node.doc.clone(),
        };
        let (text, _) = readable(&view.schema);
        let end = text.floor_char_boundary(MAX_TEXT);
        Self {
            id: view.versions.iter().find(|known| known.version == view.version).map(|known| known.id),
            version: view.version,
            schema_type: view.schema.schema_type,
            onboarding: view.onboarding,
            live: view.live,
            doc: schema.doc,
            field_count: rows.len(),
            fields: rows.iter().take(MAX_FIELDS).map(field).collect(),
            cut: end < text.len(),
            text: text.get(..end).unwrap_or_default().to_owned(),
            versions: view.versions.iter().rev().map(|known| (known.version, known.id)).collect(),
            references: view.schema.references.into_iter().map(|to| (to.subject, to.version)).collect(),
            subject: view.subject,
        }
    }
}

/// One subject in short, its newest version.
#[server(prefix = "/api/ui", endpoint = "preview", input = leptos::server_fn::codec::GetUrl)]
pub async fn read_preview(#[server(default)] name: String) -> Result<Preview, ApiError> {
    let (console, actor) = super::ctx::console()?;
    let name = SubjectName::parse(name).map_err(|e| ApiError::Invalid(e.to_string()))?;
    Ok(Preview::of(console.subject(&actor, &name, None).await?))
}

#[cfg(test)]
mod tests {
    use domain::registry::Freshness;
    use domain::schema::SchemaText;

    use super::*;

    #[test]
    fn a_huge_schema_is_cut_and_says_how_much_there_is() {
        let fields: Vec<String> =
            (0..2_000).map(|n| format!(r#"{{"name":"f{n}","type":["null","string"],"doc":"ü"}}"#)).collect();
        let text = format!(r#"{{"type":"record","name":"R","fields":[{}]}}"#, fields.join(","));
        let schema = SchemaText::new(SchemaType::Avro, text);
        let preview = Preview::of(SubjectView {
            subject: SubjectName::parse("big-value").unwrap(),
            versions: Vec::new(),
            version: Version(1),
            schema,
            onboarding: Onboarding::None,
            live: None,
            freshness: Freshness::default(),
        });
        assert_eq!((preview.fields.len(), preview.field_count, preview.cut), (MAX_FIELDS, 2_000, true));
        assert_eq!(preview.fields[0].label, "string?");
        assert!(preview.text.len() <= MAX_TEXT);
    }
}

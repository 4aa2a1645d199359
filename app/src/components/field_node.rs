//! A schema as the tree that people read: array items, map values and union branches are seen through, documentation is at its field.

use std::collections::BTreeMap;

use domain::diagnostic::Diagnostic;
use domain::schema::{Field, FieldPath, FieldType, Schema};

/// One row of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldNode {
    /// Where it is.
    pub path: FieldPath,
    /// What the row is called.
    pub name: String,
    /// Its type in a few words.
    pub label: String,
    /// More about the type, for a closer look; empty when there is none.
    pub detail: String,
    /// Whether it may be absent or null.
    pub nullable: bool,
    /// Its documentation.
    pub doc: String,
    /// What the registry's users call it, such as `PII`.
    pub tags: Vec<String>,
    /// Whether it is to be used no more.
    pub deprecated: bool,
    /// What was found about it.
    pub diagnostics: Vec<Diagnostic>,
    /// What it holds.
    pub children: Vec<FieldNode>,
}

impl FieldNode {
    /// This row and all below it.
    pub fn count(&self) -> usize {
        1 + self.children.iter().map(Self::count).sum::<usize>()
    }

    /// This row and all below it, in order, with their depth.
    pub fn flatten<'a>(&'a self, depth: usize, rows: &mut Vec<(usize, &'a Self)>) {
        rows.push((depth, self));
        for child in &self.children {
            child.flatten(depth + 1, rows);
        }
    }

    /// Whether its path, documentation or a tag holds this text, which is in lower case.
    pub fn mentions(&self, text: &str) -> bool {
        self.tags.iter().any(|tag| tag.to_lowercase().contains(text))
            || self.path.to_string().to_lowercase().contains(text)
            || self.doc.to_lowercase().contains(text)
    }
}

/// The rows of a schema, and the findings that belong to none of them.
pub fn field_nodes(schema: &Schema) -> (Vec<FieldNode>, Vec<Diagnostic>) {
    let mut nodes: Vec<FieldNode> = schema.fields.iter().map(node).collect();
    let mut by_path: BTreeMap<&FieldPath, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in &schema.diagnostics {
        by_path.entry(&diagnostic.path).or_default().push(diagnostic);
    }
    let homeless = by_path
        .into_iter()
        .flat_map(|(path, found)| {
            let home = home_of(&mut nodes, path);
            match home {
                Some(home) => {
                    home.diagnostics.extend(found.into_iter().cloned());
                    Vec::new()
                }
                None => found.into_iter().cloned().collect(),
            }
        })
        .collect();
    (nodes, homeless)
}

/// The row of this path, or the nearest one around it.
fn home_of<'a>(nodes: &'a mut [FieldNode], path: &FieldPath) -> Option<&'a mut FieldNode> {
    let node = nodes.iter_mut().find(|node| node.path == *path || node.path.contains(path))?;
    let deeper = node.children.iter().any(|child| child.path == *path || child.path.contains(path));
    if deeper { home_of(&mut node.children, path) } else { Some(node) }
}

fn node(field: &Field) -> FieldNode {
    FieldNode {
        path: field.path.clone(),
        name: field.name.clone(),
        label: field.ty.label().into_owned(),
        detail: detail(&field.ty),
        nullable: field.nullable,
        doc: field.doc.clone().unwrap_or_default(),
        tags: field.tags.clone(),
        deprecated: field.deprecated,
        diagnostics: Vec::new(),
        children: children(&field.path, &field.ty),
    }
}

fn children(path: &FieldPath, ty: &FieldType) -> Vec<FieldNode> {
    match ty {
        FieldType::Record { fields, .. } => fields.iter().map(node).collect(),
        FieldType::Array { item } => children(&item.path, &item.ty),
        FieldType::Map { value, .. } => children(&value.path, &value.ty),
        FieldType::Union { branches } => {
            let inside = branches.iter().map(|branch| (branch, children(path, &branch.ty)));
            inside
                .filter(|(_, fields)| !fields.is_empty())
                .map(|(branch, fields)| branch_node(path, branch, fields))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn branch_node(path: &FieldPath, branch: &domain::schema::Branch, children: Vec<FieldNode>) -> FieldNode {
    FieldNode {
        path: children.first().and_then(|child| child.path.parent()).unwrap_or_else(|| path.clone()),
        name: format!("‹{}›", branch.name),
        label: branch.ty.label().into_owned(),
        detail: detail(&branch.ty),
        nullable: false,
        doc: String::new(),
        tags: Vec::new(),
        deprecated: false,
        diagnostics: Vec::new(),
        children,
    }
}

/// Symbols of an enum, the name of a record, the longest text.
fn detail(ty: &FieldType) -> String {
    match ty {
        FieldType::Enum { symbols } => symbols.join(", "),
        FieldType::Record { name, .. } => name.clone(),
        FieldType::String { max_length: Some(length) } => format!("at most {length} characters"),
        FieldType::Array { item } => detail(&item.ty),
        FieldType::Map { value, .. } => detail(&value.ty),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use domain::schema::{SchemaText, read};
    use domain::subject::SchemaType;

    use super::*;

    fn avro(text: &str) -> (Vec<FieldNode>, Vec<Diagnostic>) {
        let source = SchemaText::new(SchemaType::Avro, text);
        field_nodes(&read(&source))
    }

    #[test]
    fn the_fields_of_an_array_of_records_stand_below_the_array() {
        let (nodes, _) = avro(
            r#"{"type":"record","name":"O","fields":[{"name":"items","type":{"type":"array","items":
            {"type":"record","name":"Item","fields":[{"name":"sku","type":"string"}]}}}]}"#,
        );
        let names: Vec<_> = nodes[0].children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["sku"]);
        assert_eq!(nodes[0].count(), 2);
    }

    #[test]
    fn records_in_a_union_stand_below_the_name_of_their_branch() {
        let (nodes, _) = avro(
            r#"{"type":"record","name":"O","fields":[{"name":"pay","type":[
            {"type":"record","name":"Card","fields":[{"name":"last4","type":"string"}]},
            {"type":"record","name":"Cash","fields":[{"name":"drawer","type":"int"}]}]}]}"#,
        );
        let names: Vec<_> = nodes[0].children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["‹Card›", "‹Cash›"]);
    }

    #[test]
    fn a_finding_stands_at_its_field_and_one_of_the_whole_schema_at_the_top() {
        let (_, homeless) = avro("{");
        assert!(homeless.iter().any(Diagnostic::is_error));
        let mut schema = read(&SchemaText::new(
            SchemaType::Avro,
            r#"{"type":"record","name":"O","fields":[{"name":"a","type":"string"}]}"#.to_owned(),
        ));
        schema.diagnostics = vec![Diagnostic::warning("x", FieldPath::of(["a", "[]"]), "Look.")];
        let (nodes, homeless) = field_nodes(&schema);
        assert_eq!((nodes[0].diagnostics.len(), homeless.len()), (1, 0));
    }
}

//! What a column has besides its type: the masking policy that guards it, its tags, its collation.

use serde::{Deserialize, Serialize};

use super::Row;
use crate::design::{ColumnEdit, Tags};
use crate::diagnostic::Diagnostic;
use crate::platform::Platform;
use crate::schema::FieldPath;
use crate::sql::ObjectName;

/// The longest value of a tag, in characters.
pub const MAX_TAG_VALUE_CHARS: usize = 256;

/// What a column has besides its type; a generated one has none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Attributes {
    /// The masking policy, with its database and schema.
    pub masking_policy: Option<ObjectName>,
    /// Tags in the order of their names as typed.
    pub tags: Vec<Tag>,
    /// The collation, such as `en-ci`.
    pub collation: Option<String>,
}

/// A tag with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// The tag, with its database and schema.
    pub name: ObjectName,
    /// The value.
    pub value: String,
}

/// Gives the row's column what the edit says, as far as it can be said.
pub(super) fn apply(row: &mut Row, edit: &ColumnEdit, platform: &Platform) -> Vec<Diagnostic> {
    let mut found = vec![];
    if let Some(text) = &edit.masking_policy {
        match named(text, platform) {
            Ok(policy) => row.column_mut().attributes.masking_policy = Some(policy),
            Err(problem) => found.push(
                Diagnostic::error("masking-policy-invalid", row.path.clone(), problem)
                    .hint("Name a masking policy that exists, such as POLICIES.MASK_EMAIL, or take the edit back."),
            ),
        }
    }
    if let Some(wanted) = &edit.tags {
        let (tags, wrong) = tags(wanted, &row.path, platform);
        row.column_mut().attributes.tags = tags;
        found.extend(wrong);
    }
    if let Some(text) = &edit.collation {
        match collation(text, row) {
            Ok(collation) => row.column_mut().attributes.collation = collation,
            Err(wrong) => found.push(wrong),
        }
    }
    found
}

/// An object of the warehouse; its database and schema are those of the table where the name leaves them out.
pub(super) fn named(text: &str, platform: &Platform) -> Result<ObjectName, String> {
    let name = ObjectName::parse(text).map_err(|problem| problem.to_string())?;
    Ok(name.within(&platform.database, &platform.schema))
}

/// The tags that can be set, and what is wrong with the others.
pub(super) fn tags(wanted: &Tags, path: &FieldPath, platform: &Platform) -> (Vec<Tag>, Vec<Diagnostic>) {
    let (mut tags, mut found) = (Vec::<Tag>::new(), vec![]);
    let mut wrong =
        |message: String, hint: &str| found.push(Diagnostic::error("tag-invalid", path.clone(), message).hint(hint));
    for (text, value) in wanted {
        let length = value.chars().count();
        match named(text, platform) {
            Err(problem) => wrong(problem, "Name a tag that exists, such as GOVERNANCE.PII, or remove it."),
            Ok(name) if tags.iter().any(|tag| tag.name == name) => {
                wrong(format!("The tag {name} is there twice."), "Remove one of the two.");
            }
            Ok(_) if length > MAX_TAG_VALUE_CHARS => wrong(
                format!("The value of a tag has at most {MAX_TAG_VALUE_CHARS} characters; this one has {length}."),
                "Shorten it.",
            ),
            Ok(name) => tags.push(Tag { name, value: value.clone() }),
        }
    }
    (tags, found)
}

fn collation(text: &str, row: &Row) -> Result<Option<String>, Diagnostic> {
    let text = text.trim();
    let wrong =
        |message: String, hint: &str| Diagnostic::error("collation-invalid", row.path.clone(), message).hint(hint);
    if text.is_empty() {
        return Ok(None);
    }
    if !row.column.ty.is_text() {
        let message = format!("Only text has a collation, and this column is {}.", row.column.ty);
        return Err(wrong(message, "Take the edit back, or make the column VARCHAR."));
    }
    let is_collation = text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if !is_collation {
        let message = "A collation is a language and its options, joined by hyphens.".to_owned();
        return Err(wrong(message, "Write it as in en-ci or de-ci-pi."));
    }
    Ok(Some(text.to_owned()))
}

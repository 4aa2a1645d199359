//! What is known about a subject besides its schema: how it may change, who refers to it, and what was made of it here.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Mode, RegistryName, VersionSummary};
use crate::compare::Level;
use crate::draft::DraftId;
use crate::request::{RequestId, RequestState};
use crate::run::RunId;
use crate::subject::{SubjectName, Version};
use crate::time::Timestamp;

/// What is known about a subject, with one version opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// Its registry.
    pub registry: RegistryName,
    /// Where that is, without credentials.
    pub place: String,
    /// Whether it is soft-deleted.
    pub deleted: bool,
    /// All versions, oldest first, soft-deleted ones included.
    pub versions: Vec<VersionSummary>,
    /// Its own or inherited compatibility level; `None` while that is not known.
    pub level: Option<Level>,
    /// Its own or inherited mode; `None` while that is not known.
    pub mode: Option<Mode>,
    /// What the opened version refers to directly.
    pub references: Vec<Referred>,
    /// The versions that refer to this subject, by name, each subject's newest.
    pub referring: Vec<Referring>,
    /// How many subjects more refer to it.
    pub more_referring: usize,
    /// What was made of it here.
    pub uses: Uses,
    /// What the registry says about the opened version besides its schema.
    pub metadata: Metadata,
    /// When this was looked up.
    pub now: Timestamp,
}

/// Something that a version refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Referred {
    /// As the schema spells it.
    pub name: String,
    /// Where it is.
    pub subject: SubjectName,
    /// Which version.
    pub version: Version,
    /// Whether the registry has it, as far as is known.
    pub found: bool,
}

/// A version that refers to a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Referring {
    /// Who refers.
    pub subject: SubjectName,
    /// In which of its versions, the newest that does.
    pub version: Version,
    /// To which version of the subject.
    pub to: Version,
}

/// What was made of a subject here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Uses {
    /// Drafts that are not submitted.
    pub drafts: Vec<(DraftId, Version)>,
    /// Requests, newest first.
    pub requests: Vec<(RequestId, Version, RequestState)>,
    /// The event in the catalogue: its name, its version and the run that made it.
    pub event: Option<(String, Version, RunId)>,
}

impl Uses {
    /// Whether nothing was made of it yet.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a registry says about a version besides its schema.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    /// Names and values.
    pub properties: Vec<(String, String)>,
    /// Which fields have which tags; `**` and `*` stand for any.
    pub tags: Vec<(String, String)>,
    /// Rules by name, with what each is for.
    pub rules: Vec<(String, String)>,
}

/// The most entries of one kind that are told.
const MOST: usize = 200;

impl Metadata {
    /// Reads what a registry gives as `metadata` and `ruleSet`; what is not of that shape is left out.
    pub fn read(extra: &Value) -> Self {
        let entries = |at: &str| extra.pointer(at).and_then(Value::as_object).into_iter().flatten().take(MOST);
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let tags = |value: &Value| {
            let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
            list.iter().map(&text).collect::<Vec<_>>().join(", ")
        };
        let rules = ["/ruleSet/domainRules", "/ruleSet/migrationRules", "/ruleSet/encodingRules"];
        let rules = rules.iter().filter_map(|at| extra.pointer(at)?.as_array()).flatten().take(MOST);
        let rule = |rule: &Value| {
            let word = |key: &str| rule.get(key).map(&text).unwrap_or_default();
            let about = [word("kind"), word("type"), word("mode"), word("doc")];
            (word("name"), about.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(", "))
        };
        Self {
            properties: entries("/metadata/properties").map(|(key, value)| (key.clone(), text(value))).collect(),
            tags: entries("/metadata/tags").map(|(path, value)| (path.clone(), tags(value))).collect(),
            rules: rules.map(rule).collect(),
        }
    }

    /// Whether the registry says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn metadata_tags_and_rules_are_read_as_the_registry_gives_them() {
        let read = Metadata::read(&json!({
            "metadata": { "properties": { "owner": "payments", "slo": 3 }, "tags": { "**.ssn": ["PII", "GDPR"] } },
            "ruleSet": { "domainRules": [{ "name": "checkLen", "kind": "CONDITION", "type": "CEL", "mode": "WRITE" }] },
        }));
        assert_eq!(read.properties, [("owner".into(), "payments".into()), ("slo".into(), "3".into())]);
        assert_eq!(read.tags, [("**.ssn".to_owned(), "PII, GDPR".to_owned())]);
        assert_eq!(read.rules, [("checkLen".to_owned(), "CONDITION, CEL, WRITE".to_owned())]);
    }

    #[test]
    fn anything_else_is_no_metadata_and_does_no_harm() {
        for extra in [Value::Null, json!([1]), json!({ "metadata": [1], "ruleSet": { "domainRules": { "a": 1 } } })] {
            assert!(Metadata::read(&extra).is_empty(), "{extra}");
        }
    }
}

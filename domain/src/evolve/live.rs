//! What exists of an event in the warehouse: its table as it stands, and the versions whose pipes load it.

use serde::{Deserialize, Serialize};

use super::standing::Standing;
use crate::artifact::{Artifact, ArtifactKind};
use crate::render::Rendering;
use crate::schema::FieldPath;
use crate::subject::Version;
use crate::table::{Attributes, Column, LiveColumn};

/// An event as it is live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Live {
    /// The table's name, unquoted.
    pub table: String,
    /// The table's columns in their order, those that nothing fills any more included.
    pub columns: Vec<StandingColumn>,
    /// The versions that have a pipe, oldest first.
    pub versions: Vec<Version>,
    /// What stands besides; unknown of events that went live before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

/// One column of a table that exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StandingColumn {
    /// Its name, unquoted.
    pub name: String,
    /// Its type, as Snowflake writes it.
    #[serde(rename = "type")]
    pub column_type: String,
    /// Whether it accepts NULL.
    pub nullable: bool,
    /// Its comment; empty for none.
    pub comment: String,
    /// The field that it is for; none for the envelope, the load's columns, and those that another column stands beside.
    pub path: Option<FieldPath>,
    /// Whether the newest pipe fills it.
    pub filled: bool,
    /// Its policy, tags and collation; unknown of events that went live before they were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
}

impl StandingColumn {
    /// A column as it was rendered.
    pub fn of(column: &Column) -> Self {
        Self {
            name: column.name.clone(),
            column_type: column.ty.to_string(),
            nullable: column.nullable,
            comment: column.comment.clone(),
            path: column.source.clone(),
            filled: true,
            attributes: Some(column.attributes.clone()),
        }
    }
}

impl Live {
    /// Whether nothing is live.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// An event that was rendered and made, and not changed since.
    pub fn of(rendering: &Rendering) -> Self {
        let Rendering { table, load, artifacts, home, .. } = rendering;
        let is_copy =
            |artifact: &&Artifact| artifact.kind == ArtifactKind::Warehouse && artifact.path.ends_with(".copy.sql");
        let copy = artifacts.iter().find(is_copy).map(|copy| copy.content.as_str()).unwrap_or_default();
        Self {
            table: table.name.clone(),
            columns: table.columns().map(StandingColumn::of).collect(),
            versions: vec![load.version],
            standing: Some(Standing::of(home, table, load, copy)),
        }
    }

    /// The columns as a newer version of the table has to name them.
    pub fn named_columns(&self) -> Vec<LiveColumn> {
        let named = |column: &StandingColumn| {
            column.path.as_ref().map(|path| LiveColumn { path: path.clone(), name: column.name.clone() })
        };
        self.columns.iter().filter_map(named).collect()
    }

    /// The versions that have a pipe once this one has.
    pub(super) fn versions_with(&self, version: Version) -> Vec<Version> {
        let mut versions = self.versions.clone();
        versions.push(version);
        versions.sort_unstable();
        versions.dedup();
        versions
    }
}

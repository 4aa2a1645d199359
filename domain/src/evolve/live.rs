//! What exists of an event in the warehouse: its table as it stands, and the versions whose pipes load it.

use serde::{Deserialize, Serialize};

use super::drift::Drift;
use super::standing::Standing;
use crate::artifact::copy_statement;
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
    /// How often it was changed since it went live, as far as it was counted: the steps of each change have a file of their own.
    #[serde(default, skip_serializing_if = "is_none")]
    pub changes: u32,
    /// What this console would write otherwise than the one that made it; no part of what is live.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drift: Vec<Drift>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_none(changes: &u32) -> bool {
    *changes == 0
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
        Self {
            table: table.name.clone(),
            columns: table.columns().map(StandingColumn::of).collect(),
            versions: vec![load.version],
            standing: Some(Standing::of(home, table, load, copy_statement(artifacts))),
            changes: 0,
            drift: Vec::new(),
        }
    }

    /// Whether the same is live, whichever console says so: what one of them does not keep is no difference.
    pub fn is_same(&self, other: &Self) -> bool {
        let known = |stands: &Standing| Standing { comment: None, event_class: None, ..stands.clone() };
        let bare = |live: &Self| Self {
            drift: Vec::new(),
            changes: 0,
            standing: live.standing.as_ref().map(known),
            ..live.clone()
        };
        bare(self) == bare(other)
    }

    /// The same with the class of its rows, where an older console did not keep it.
    pub fn with_class(mut self, class: &str) -> Self {
        if let Some(stands) = self.standing.as_mut().filter(|stands| stands.event_class.is_none()) {
            stands.event_class = Some(class.to_owned()).filter(|class| !class.is_empty());
        }
        self
    }

    /// The version that the sink job writes; none where nothing is live.
    pub fn newest(&self) -> Option<Version> {
        self.versions.last().copied()
    }

    /// The columns as a newer version of the table has to name them.
    pub fn named_columns(&self) -> Vec<LiveColumn> {
        let named = |column: &StandingColumn| {
            column.path.as_ref().map(|path| LiveColumn { path: path.clone(), name: column.name.clone() })
        };
        self.columns.iter().filter_map(named).collect()
    }

    /// The versions that have a pipe once this one has, and these have none any more.
    pub(super) fn versions_with(&self, version: Version, retired: &[Version]) -> Vec<Version> {
        let mut versions = self.versions.clone();
        versions.push(version);
        versions.retain(|version| !retired.contains(version));
        versions.sort_unstable();
        versions.dedup();
        versions
    }
}

//! A design: the generated default plus the user's edits, as data keyed by field path, so that they survive a newer version.

mod bounds;
mod change;
mod column;
mod computed;
mod edit;
mod event;
mod history;
mod load;
mod overlay;
mod part;
mod rebase;
mod sink_job;
mod sql_application;
mod table;
mod topic;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use bounds::{MAX_DESIGN_BYTES, MAX_EDITED_COLUMNS, MAX_LISTED_COLUMNS, MAX_RETIRED_PIPES};
pub use change::Change;
pub use column::{ColumnEdit, MAX_TAGS, Tags};
pub use computed::{ComputedColumn, MAX_COMPUTED_COLUMNS};
pub use edit::{Edit, EditError, MAX_COMMENT_CHARS};
pub use event::EventEdit;
pub use history::History;
pub use load::{LoadEdit, OnError, OnErrorError};
pub use part::Part;
pub use rebase::{Account, Fate, Rebased, rebase};
pub use sink_job::{Bucketing, SinkJobEdit};
pub use sql_application::SqlApplicationEdit;
pub use table::{ClusterBy, ClusterKey, RowAccess, TableEdit, TableKind};
pub use topic::TopicEdit;

use crate::schema::FieldPath;

/// The user's edits to one event's table and load definition. The empty design is the generated default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Design {
    /// What of the schema the event is.
    #[serde(skip_serializing_if = "EventEdit::is_empty")]
    pub event: EventEdit,
    /// Edits of columns, by the field that they come from.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<FieldPath, ColumnEdit>,
    /// Columns of the analyst's own, by ids that stay the same when they are renamed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub computed: BTreeMap<String, ComputedColumn>,
    /// Edits of the table itself.
    #[serde(skip_serializing_if = "TableEdit::is_empty")]
    pub table: TableEdit,
    /// Edits of how the table is loaded.
    #[serde(skip_serializing_if = "LoadEdit::is_empty")]
    pub load: LoadEdit,
    /// Edits of the topic.
    #[serde(skip_serializing_if = "TopicEdit::is_empty")]
    pub topic: TopicEdit,
    /// Edits of the sink job.
    #[serde(skip_serializing_if = "SinkJobEdit::is_empty")]
    pub sink_job: SinkJobEdit,
    /// A continuous query over the topic.
    #[serde(skip_serializing_if = "SqlApplicationEdit::is_empty")]
    pub sql_application: SqlApplicationEdit,
}

impl Design {
    /// The design without what is done once: the design of what is live, which the next change builds on.
    #[must_use]
    pub fn kept(&self) -> Self {
        let mut kept = self.clone();
        kept.table.rebuild = None;
        kept.load.retire = None;
        kept
    }

    /// How many single changes the design holds.
    pub fn edit_count(&self) -> usize {
        let of_columns = self.columns.values().map(ColumnEdit::parts);
        let around = [self.table.parts(), self.load.parts(), self.topic.parts(), self.sink_job.parts()];
        of_columns
            .chain(around)
            .chain([self.sql_application.parts(), self.event.parts()])
            .map(|parts| parts.len())
            .sum::<usize>()
            + self.computed.len()
    }
}

//! Field model and design to table: every field becomes a row of the designer's grid, and the kept ones become columns.

mod attributes;
mod carrier;
mod clustering;
mod columns;
mod comment;
mod computed;
mod convert;
mod create_or_alter;
mod default;
mod edits;
mod envelope;
mod findings;
mod form;
mod iceberg;
mod json_text;
mod keys;
mod live;
mod masked;
mod money;
mod naming;
mod narrow;
mod options;
mod order;
mod places;
mod rename;
mod types;
mod unsigned;
mod writer;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::design::{Design, TableKind};
use crate::diagnostic::Diagnostic;
use crate::platform::{LoadKind, Platform, WriterProfile};
use crate::schema::{FieldPath, Schema};
use crate::sql::{ColumnType, Expression};
use crate::subject::{SchemaType, SubjectName, Version};

pub use attributes::{Attributes, MAX_TAG_VALUE_CHARS, Tag};
pub use carrier::Carrier;
pub use clustering::{Clustering, MAX_CLUSTER_KEYS};
pub use columns::lay_out;
pub(crate) use computed::names_in;
pub(crate) use edits::fields_of;
pub use iceberg::Iceberg;
pub use live::LiveColumn;
pub(crate) use naming::snake_upper as words;
pub use naming::{MAX_IDENTIFIER_CHARS, Naming, fit, is_reserved};
pub use options::{MAX_RETENTION_DAYS, TableOptions};

/// Everything the generator needs besides the schema itself.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The event's subject.
    pub subject: &'a SubjectName,
    /// The version that is onboarded.
    pub version: Version,
    /// The language of its schema: the sink job writes the same field model differently for each.
    pub schema_type: SchemaType,
    /// The deployment.
    pub platform: &'a Platform,
    /// The user's edits.
    pub design: &'a Design,
    /// The columns of the table as it exists already; none for a new event.
    pub live: &'a [LiveColumn],
}

impl Context<'_> {
    /// Whether the table is one of Iceberg.
    pub fn is_iceberg(&self) -> bool {
        self.design.table.kind == Some(TableKind::Iceberg)
    }

    /// How names of columns are made of names of fields.
    pub fn naming(&self) -> Naming {
        self.design.table.naming.unwrap_or(self.platform.naming)
    }

    /// The event's name for people, with its context if it has one (`eu:order_placed`).
    pub fn event_name(&self) -> String {
        let event = self.subject.event_name();
        match self.subject.context() {
            Some(context) => format!("{}:{event}", context.trim_start_matches('.')),
            None => event.to_owned(),
        }
    }

    /// What loads the event: what the design asks for, or else the platform.
    pub fn load_kind(&self) -> LoadKind {
        self.design.load.kind.unwrap_or(self.platform.load_kind)
    }

    /// What brings the rows.
    pub fn carrier(&self) -> Carrier {
        Carrier::of(self.load_kind(), self.writer_profile())
    }

    /// The profile that the design asks for, or else the platform.
    pub fn wanted_profile(&self) -> WriterProfile {
        self.design.load.writer_profile.unwrap_or(self.platform.writer_profile)
    }

    /// The profile that everything is rendered for: the wanted one, or the recommended one where that cannot write the schema's
    /// language, which is an error.
    pub fn writer_profile(&self) -> WriterProfile {
        let wanted = self.wanted_profile();
        if wanted.writes(self.schema_type) { wanted } else { WriterProfile::default() }
    }
}

/// The table of one event, and all that the designer's grid shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name of the table, unquoted.
    pub name: String,
    /// The table's comment.
    pub comment: String,
    /// The full name of the event's record, message or schema; empty if it has none.
    pub event_class: String,
    /// Whether the schema's file has further messages at its top, which records of the topic may hold as well.
    pub has_other_events: bool,
    /// How it is made, besides its columns.
    pub options: TableOptions,
    /// Envelope columns, first in the table.
    pub envelope: Vec<Column>,
    /// One row a field, in the schema's order, records before their fields; dropped and unexpanded ones included.
    pub rows: Vec<Row>,
    /// The rows in the order of their columns, each once.
    pub order: Vec<usize>,
    /// Columns that expressions of the analyst's own fill, behind the payload's.
    pub computed: Vec<Column>,
    /// Load-metadata columns, last in the table.
    pub load_metadata: Vec<Column>,
    /// The fields of the event that have another key in the file, because the envelope has theirs; by name.
    pub file_keys: BTreeMap<String, String>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Table {
    /// The columns of the table in order: envelope, kept payload columns, computed ones, load metadata.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        let payload = self.payload().map(|row| row.column.as_ref());
        self.envelope.iter().chain(payload).chain(&self.computed).chain(&self.load_metadata)
    }

    /// The column of a field, or the computed, envelope or load column of that name.
    pub fn column_of(&self, path: &FieldPath) -> Option<&Column> {
        let own = self.payload().map(|row| row.column.as_ref()).find(|column| column.source.as_ref() == Some(path));
        let [name] = path.segments() else { return own };
        own.or_else(|| {
            self.envelope.iter().chain(&self.computed).chain(&self.load_metadata).find(|column| column.name == *name)
        })
    }

    /// The rows that are columns, in the order of the table.
    pub fn payload(&self) -> impl Iterator<Item = &Row> {
        self.order.iter().filter_map(|i| self.rows.get(*i)).filter(|row| row.kept)
    }
}

/// One column with the expression that fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Name, unquoted, as it is stored (upper case unless edited otherwise).
    pub name: String,
    /// Type.
    pub ty: ColumnType,
    /// Whether it accepts NULL.
    pub nullable: bool,
    /// Comment; empty for none.
    pub comment: String,
    /// Policy, tags and collation.
    pub attributes: Attributes,
    /// What the COPY selects for it.
    pub expression: Expression,
    /// The field that it comes from; `None` for envelope and load metadata.
    pub source: Option<FieldPath>,
}

/// One row of the designer's grid: a field, the column it is or would be, and what the generator would have made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The field.
    pub path: FieldPath,
    /// Its name in the schema.
    pub field_name: String,
    /// Its type in the schema's words.
    pub field_type: Cow<'static, str>,
    /// Whether the schema lets it be absent or null.
    pub field_nullable: bool,
    /// Nesting: 0 for the event's own fields.
    pub depth: usize,
    /// The column, with edits applied.
    pub column: Arc<Column>,
    /// The column without edits; the same one where there are none.
    pub default: Arc<Column>,
    /// Whether it is in the table.
    pub kept: bool,
    /// Whether it is in the table without edits.
    pub kept_by_default: bool,
    /// Whether its fields can become columns of their own.
    pub expandable: bool,
    /// Whether they do; their rows follow.
    pub expanded: bool,
    /// The types that the field can become, the generated one first; lengths and digits can be chosen freely.
    pub choices: Arc<[ColumnType]>,
    /// Why the column has its type, one sentence.
    pub reason: Cow<'static, str>,
    /// What the file or the row holds of the field, in Parquet's words or JSON's.
    pub in_file: Cow<'static, str>,
    /// Whether the sink job writes the field as JSON text, which the column's expression parses.
    pub json_text: bool,
}

impl Row {
    /// The column, to be edited.
    pub(crate) fn column_mut(&mut self) -> &mut Column {
        Arc::make_mut(&mut self.column)
    }

    /// Whether the user's edits changed anything here.
    pub fn is_edited(&self) -> bool {
        self.kept != self.kept_by_default || self.expanded || self.column != self.default
    }
}

/// Lays out the table of a schema; see [`lay_out`].
pub fn table_of(schema: &Schema, context: Context<'_>) -> Table {
    lay_out(schema, context)
}

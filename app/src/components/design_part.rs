//! The single edits of a design in words, and a list of them from which each can be taken back.

use domain::design::{Change, Design, Part};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_state::Designer;
use crate::ui::{Glyph, Icon, IconSize};

/// What an edit is called.
const fn part_label(part: Part) -> &'static str {
    match part {
        Part::Keep => "kept or dropped",
        Part::Name => "name",
        Part::Type => "type",
        Part::Nullable => "NULL",
        Part::Comment => "comment",
        Part::Expand => "expanded",
        Part::Default => "default",
        Part::MaskingPolicy => "masking policy",
        Part::Tags => "tags",
        Part::Collation => "collation",
        Part::After => "place",
        Part::RetentionDays => "Time Travel",
        Part::ClusterByDay => "clustering by day",
        Part::ClusterBy => "clustering",
        Part::Transient => "transient",
        Part::ChangeTracking => "change tracking",
        Part::MaxDataExtensionDays => "data extension",
        Part::SchemaEvolution => "schema evolution",
        Part::RowAccess => "row access policy",
        Part::Replace => "replace",
        Part::CreateOrAlter => "create or alter",
        Part::Rebuild => "table made anew",
        Part::Naming => "naming",
        Part::LoadKind => "kind of load",
        Part::WriterProfile => "writer profile",
        Part::OnError => "errors",
        Part::ErrorIntegration => "notification integration",
        Part::Pattern => "pattern",
        Part::AwsSnsTopic => "SNS topic",
        Part::StagePrefix => "prefix",
        Part::TruncateColumns => "cutting texts",
        Part::FileContentKey => "content key",
        Part::FileLastModified => "file time",
        Part::Retire => "pipes taken out",
        Part::TopicCluster => "Kafka cluster",
        Part::Partitions => "partitions",
        Part::Replication => "copies",
        Part::RetentionHours => "topic retention",
        Part::Parallelism => "parallelism",
        Part::TaskManagers => "task managers",
        Part::MemoryMib => "memory",
        Part::CpuMillis => "processor",
        Part::CheckpointSeconds => "checkpoints",
        Part::Bucketing => "folders",
        Part::TableKind => "kind of table",
        Part::EventMessage => "event message",
        Part::Sql => "query",
        Part::SinkTopic => "topic of the query",
        Part::SqlParallelism => "parallelism of the query",
        Part::SqlMemoryMib => "memory of the query",
        Part::SqlCpuMillis => "processor of the query",
    }
}

/// One edit of a design, as the list has it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedEdit {
    /// The field; the root for the table and what is around it.
    pub path: FieldPath,
    /// What is edited, in words.
    pub what: String,
    /// The change that takes it back.
    pub back: Change,
}

/// One edit at a path.
pub fn listed(path: &FieldPath, part: Part) -> ListedEdit {
    ListedEdit { path: path.clone(), what: part_label(part).to_owned(), back: Change::TakeBack(part) }
}

/// Every edit of a design, those around the table first, then by field.
pub fn edits_of(design: &Design) -> Vec<ListedEdit> {
    let root = FieldPath::root();
    let around = [
        design.event.parts(),
        design.table.parts(),
        design.load.parts(),
        design.topic.parts(),
        design.sink_job.parts(),
        design.sql_application.parts(),
    ];
    let around = around.into_iter().flatten().map(|part| listed(&root, part));
    let computed = design.computed.iter().map(|(id, column)| ListedEdit {
        path: root.clone(),
        what: format!("computed column {}", column.name),
        back: Change::Computed { id: id.clone(), column: None },
    });
    let columns =
        design.columns.iter().flat_map(|(path, edit)| edit.parts().into_iter().map(|part| listed(path, part)));
    around.chain(computed).chain(columns).collect()
}

/// The button that takes an edit back.
#[component]
pub fn TakeBack(designer: Designer, edit: ListedEdit) -> impl IntoView {
    let label = match edit.path.is_root() {
        true => format!("Take back: {}", edit.what),
        false => format!("Take back: {} of {}", edit.what, edit.path),
    };
    let change = move |_| designer.change(&edit.path, edit.back.clone(), false);
    view! {
        <button type="button" class="btn btn-ghost btn-icon btn-sm" aria-label=label.clone() title=label on:click=change>
            <Icon glyph=Glyph::Undo size=IconSize::Small />
        </button>
    }
}

#[cfg(test)]
mod tests {
    use domain::design::{ColumnEdit, ComputedColumn, Edit, TableEdit};

    use super::*;

    #[test]
    fn every_edit_is_listed_once() {
        let column = ColumnEdit { keep: Some(false), default: Some("0".into()), ..ColumnEdit::default() };
        let table = TableEdit { transient: Some(true), ..TableEdit::default() };
        let columns = [(FieldPath::of(["a"]), column)].into();
        let computed = [("c1".to_owned(), ComputedColumn::default())].into();
        let design = Design { columns, computed, table, ..Design::default() };
        let listed = edits_of(&design);
        assert_eq!(listed.len(), design.edit_count());
        let back = listed
            .into_iter()
            .try_fold(design, |design, edit| design.apply(&Edit { path: edit.path, change: edit.back }));
        assert_eq!(back, Ok(Design::default()), "and all of them taken back leave nothing");
    }
}

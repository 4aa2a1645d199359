//! The fields of a schema: a tree that opens and closes without JavaScript, or a list of windows when it is very large.

use domain::diagnostic::Diagnostic;
use leptos::prelude::*;

use super::diagnostics::DiagnosticNotice;
use super::field_node::FieldNode;
use crate::ui::{EmptyState, Glyph, Icon, IconSize, Tag, VirtualTable, grouped};

/// Past so many rows the tree becomes a list, of which only a window is in the document.
const TREE_ROWS: usize = 600;
/// Past so many rows the records of a tree begin closed.
const OPEN_ROWS: usize = 150;

/// The fields with what was found about them.
#[component]
pub fn FieldTree(nodes: Vec<FieldNode>, homeless: Vec<Diagnostic>) -> impl IntoView {
    let rows: usize = nodes.iter().map(FieldNode::count).sum();
    let notices = homeless.into_iter().map(|diagnostic| view! { <DiagnosticNotice diagnostic /> }).collect_view();
    if rows == 0 {
        return view! {
            {notices}
            <EmptyState
                title="No fields can be shown"
                text="The raw schema shows the text as it is registered. Nothing can be onboarded from it until it has fields."
            />
        }
        .into_any();
    }
    let filter = RwSignal::new(String::new());
    let nodes = StoredValue::new(nodes);
    let filtered = Memo::new(move |_| rows > TREE_ROWS || filter.with(|filter| !filter.trim().is_empty()));
    view! {
        {notices}
        <FieldFilter filter rows />
        {move || {
            if filtered.get() {
                view! { <FieldList nodes filter /> }.into_any()
            } else {
                let open = rows <= OPEN_ROWS;
                view! { <div class="tree">{nodes.with_value(|nodes| branches(nodes, 0, open))}</div> }.into_any()
            }
        }}
    }
    .into_any()
}

/// The box that narrows the fields; of no use without JavaScript, so it is not shown there.
#[component]
fn FieldFilter(filter: RwSignal<String>, rows: usize) -> impl IntoView {
    view! {
        <div class="bar needs-script">
            <label class="search-box search-box-sm grow">
                <Icon glyph=Glyph::Search size=IconSize::Small />
                <input
                    type="search"
                    placeholder="Filter fields"
                    aria-label="Filter fields by path, documentation or tag"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || filter.get()
                    on:input:target=move |event| filter.set(event.target().value())
                />
            </label>
            <span class="text-xs text-faint num">{format!("{} fields", grouped(rows as u64))}</span>
        </div>
    }
}

fn branches(nodes: &[FieldNode], depth: usize, open: bool) -> AnyView {
    nodes.iter().map(|node| branch(node, depth, open)).collect_view().into_any()
}

fn branch(node: &FieldNode, depth: usize, open: bool) -> AnyView {
    let notices =
        node.diagnostics.iter().cloned().map(|diagnostic| view! { <DiagnosticNotice diagnostic /> }).collect_view();
    if node.children.is_empty() {
        return view! { <div class="tree-row">{row(node, depth)}</div>{notices} }.into_any();
    }
    view! {
        <details open=open>
            <summary class="tree-row">{row(node, depth)}</summary>
            {notices}
            {branches(&node.children, depth + 1, open)}
        </details>
    }
    .into_any()
}

/// The cells of one row.
fn row(node: &FieldNode, depth: usize) -> impl IntoView + use<> {
    let twist = (!node.children.is_empty()).then(|| view! { <Icon glyph=Glyph::ChevronRight size=IconSize::Tiny /> });
    let doc = (!node.doc.is_empty()).then(|| node.doc.clone());
    let detail = (!node.detail.is_empty()).then(|| node.detail.clone());
    view! {
        {(0..depth).map(|_| view! { <span class="guide"></span> }).collect_view()}
        <span class="tree-twist">{twist}</span>
        <span class="tree-name">{node.name.clone()}</span>
        {node.deprecated.then(|| view! { <Tag text="deprecated" /> })}
        {node.tags.iter().map(|tag| view! { <Tag text=tag.clone() /> }).collect_view()}
        <span class="tree-doc" title=doc.clone()>
            {doc.clone()}
        </span>
        <span class="tree-type" title=detail>
            {node.label.clone()}
            {node.nullable.then(|| view! { <span title="may be absent or null">"?"</span> })}
        </span>
    }
}

/// One row of the list: its depth-first place, path, type and documentation.
#[derive(Clone)]
struct Listed {
    path: String,
    label: String,
    doc: String,
    finding: Option<String>,
}

impl Listed {
    fn of(node: &FieldNode) -> Self {
        let finding = node.diagnostics.first().map(|diagnostic| diagnostic.message.clone());
        let mark = if node.nullable { "?" } else { "" };
        Self { path: node.path.to_string(), label: format!("{}{mark}", node.label), doc: node.doc.clone(), finding }
    }
}

/// All fields, or those that the filter leaves, by path.
#[component]
fn FieldList(nodes: StoredValue<Vec<FieldNode>>, filter: RwSignal<String>) -> impl IntoView {
    let listed = Memo::new_with_compare(
        move |_| {
            let text = filter.with(|filter| filter.trim().to_lowercase());
            nodes.with_value(|nodes| {
                let mut rows = Vec::new();
                nodes.iter().for_each(|node| node.flatten(0, &mut rows));
                rows.into_iter()
                    .filter(|(_, node)| text.is_empty() || node.mentions(&text))
                    .map(|(_, node)| Listed::of(node))
                    .collect()
            })
        },
        |_: Option<&Vec<Listed>>, _| true,
    );
    let none = Memo::new(move |_| listed.with(Vec::is_empty));
    let row = |_: usize, row: Listed| {
        let doc = row.finding.unwrap_or(row.doc);
        view! {
            <tr>
                <td class="c-name mono" title=row.path.clone()>
                    {row.path.clone()}
                </td>
                <td class="c-meta text-muted" title=doc.clone()>
                    {doc.clone()}
                </td>
                <td class="c-state mono text-muted">{row.label}</td>
            </tr>
        }
    };
    view! {
        <p class="empty-text px-4 py-3" role="status" class:hidden=move || !none.get()>
            "No field has this in its path or documentation."
        </p>
        <div class="field-list">
            <VirtualTable label="Fields" items=listed key=|row: &Listed| row.path.clone() row columns=3 head=list_head />
        </div>
    }
}

fn list_head() -> impl IntoView {
    view! {
        <colgroup>
            <col class="w-[45%]" />
            <col />
            <col class="cw-lg" />
        </colgroup>
        <thead>
            <tr>
                <th scope="col">"Field"</th>
                <th scope="col">"Documentation"</th>
                <th scope="col">"Type"</th>
            </tr>
        </thead>
    }
}

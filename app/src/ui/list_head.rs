//! The head of a list table: what each column is called, how wide it is, and whether it holds numbers.

use leptos::prelude::*;

/// One column of a list.
#[derive(Clone, Copy, Debug)]
pub struct ListColumn {
    label: &'static str,
    width: &'static str,
    numeric: bool,
}

impl ListColumn {
    /// A column of texts; `width` is a class, empty for what the others leave.
    pub const fn text(label: &'static str, width: &'static str) -> Self {
        Self { label, width, numeric: false }
    }

    /// A column of numbers and times, flush right.
    pub const fn number(label: &'static str, width: &'static str) -> Self {
        Self { label, width, numeric: true }
    }
}

/// The colgroup and the thead of a list table.
#[component]
pub fn ListHead(columns: &'static [ListColumn]) -> impl IntoView {
    let width = |column: &ListColumn| view! { <col class=column.width /> };
    let label = |column: &ListColumn| {
        view! {
            <th scope="col" class=if column.numeric { "c-num" } else { "" }>
                {column.label}
            </th>
        }
    };
    view! {
        <colgroup>{columns.iter().map(width).collect_view()}</colgroup>
        <thead>
            <tr>{columns.iter().map(label).collect_view()}</tr>
        </thead>
    }
    .into_any()
}

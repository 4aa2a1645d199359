//! Which rows who may see: a row access policy, and the columns that it is given.

use domain::design::{Change, RowAccess, TableEdit};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_option::{TextOption, said_of};
use super::design_state::Designer;

/// The columns that a text names, separated by commas. What is no path is taken as one name, so that the finding can show it.
fn columns(text: &str) -> Vec<FieldPath> {
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| name.parse().unwrap_or_else(|_| FieldPath::of([name]))).collect()
}

fn written(columns: &[FieldPath]) -> String {
    columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The two fields.
#[component]
pub fn RowAccessOption(designer: Designer) -> impl IntoView {
    let access = Memo::new(move |_| designer.design.with(|design| design.table.row_access.clone()));
    let set = move |access: RowAccess| {
        let is_default = access.policy.trim().is_empty() && access.columns.is_empty();
        let patch = TableEdit { row_access: Some(access), ..TableEdit::default() };
        designer.type_in(&FieldPath::root(), Change::Table(Box::new(patch)), is_default);
    };
    let now =
        move || access.get_untracked().unwrap_or_else(|| RowAccess { policy: String::new(), columns: Vec::new() });
    let on_policy = Callback::new(move |policy: String| set(RowAccess { policy, ..now() }));
    let on_columns = Callback::new(move |text: String| set(RowAccess { columns: columns(&text), ..now() }));
    let error = MaybeProp::derive(move || said_of(designer, "row-access-invalid"));
    view! {
        <TextOption
            designer
            id="row-access-policy"
            label="Row access policy"
            hint="The name of a policy that exists, such as POLICIES.OWN_MARKET."
            class="input mono"
            value=Signal::derive(move || access.get().map(|access| access.policy).unwrap_or_default())
            error
            on_text=on_policy
        />
        <TextOption
            designer
            id="row-access-columns"
            label="Its columns"
            hint="The fields that the policy is given, in its order, separated by commas."
            class="input mono"
            value=Signal::derive(move || access.get().map(|access| written(&access.columns)).unwrap_or_default())
            on_text=on_columns
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_and_written_with_commas() {
        let read = columns(" a.b , c,, d..e ");
        assert_eq!(read, [FieldPath::of(["a", "b"]), FieldPath::of(["c"]), FieldPath::of(["d..e"])]);
        assert_eq!(columns(&written(&read)), read);
    }
}

//! The subjects that were found, with the match marked in each name.

use domain::registry::{Onboarding, SubjectSummary};
use leptos::prelude::*;

use super::onboarding::OnboardingState;
use crate::paths;
use crate::ui::{ListColumn, ListHead, VirtualTable};

/// How many rows the server renders at once, and a page without JavaScript holds.
pub const PAGE_ROWS: usize = 100;

const COLUMNS: &[ListColumn] = &[
    ListColumn::text("Subject", ""),
    ListColumn::text("Type", "cw-md"),
    ListColumn::number("Version", "cw-sm"),
    ListColumn::text("Onboarded", "cw-md"),
];

/// A name in three pieces: before, in and after the match. Bytes that do not fit the name mark nothing.
fn pieces(name: &str, matched: Option<(usize, usize)>) -> (String, String, String) {
    let split = matched.and_then(|(start, end)| Some((name.get(..start)?, name.get(start..end)?, name.get(end..)?)));
    let (before, hit, after) = split.unwrap_or((name, "", ""));
    (before.to_owned(), hit.to_owned(), after.to_owned())
}

/// Nothing in place of an empty text, which would be drawn as a blank.
fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// All of a row that can change while its subject stays.
type Key = (String, Option<(usize, usize)>, u32, Onboarding);

fn key(row: &SubjectSummary) -> Key {
    (row.subject.as_str().to_owned(), row.matched, row.version.0, row.onboarding)
}

/// The list; `active` is the subject whose link has the focus.
#[component]
pub fn SubjectList(#[prop(into)] rows: Signal<Vec<SubjectSummary>>) -> impl IntoView {
    let active = RwSignal::new(None::<String>);
    let row = move |_: usize, row: SubjectSummary| {
        let name = row.subject.as_str().to_owned();
        let (focused, here) = (name.clone(), name.clone());
        let (before, hit, after) = pieces(&name, row.matched);
        view! {
            <tr data-active=move || active.with(|active| active.as_deref() == Some(here.as_str())).then_some("true")>
                <td class="c-name mono" title=name>
                    <a
                        href=paths::subject(&row.subject)
                        on:focus=move |_| active.set(Some(focused.clone()))
                        on:blur=move |_| active.set(None)
                    >
                        {filled(before)}
                        {filled(hit).map(|hit| view! { <mark>{hit}</mark> })}
                        {filled(after)}
                    </a>
                </td>
                <td class="c-meta text-muted">{row.schema_type.label()}</td>
                <td class="c-meta c-num text-muted">{format!("v{}", row.version)}</td>
                <td class="c-state">
                    <OnboardingState onboarding=row.onboarding />
                </td>
            </tr>
        }
    };
    view! { <VirtualTable label="Subjects" items=rows key row columns=COLUMNS.len() first_rows=PAGE_ROWS head=|| view! { <ListHead columns=COLUMNS /> } /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_is_cut_out_at_its_bytes_and_never_inside_a_character() {
        let cut = |matched| pieces("für_order", matched);
        assert_eq!(cut(Some((5, 10))), ("für_".into(), "order".into(), String::new()));
        assert_eq!(cut(Some((2, 4))), ("für_order".into(), String::new(), String::new()));
        assert_eq!(cut(Some((5, 99))), ("für_order".into(), String::new(), String::new()));
        assert_eq!(cut(None).0, "für_order");
    }
}

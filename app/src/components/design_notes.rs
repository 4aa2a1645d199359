//! Findings of the designer: under the row that they are about, or above the grid when they are about no row.

use domain::design::{Change, Part};
use domain::diagnostic::{Diagnostic, Severity};
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_state::Designer;
use super::diagnostics::{DiagnosticNotice, sign_of};
use crate::ui::{Button, ButtonSize, Icon, IconSize, Notice, NoticeTone};

/// How many columns the grid has; a note spans them all.
pub const COLUMNS: usize = 8;

const fn tone(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::Note => Some("info"),
        Severity::Warning => None,
        Severity::Error => Some("bad"),
    }
}

/// Whether a finding is about an edit, which taking the edit back would mend.
fn is_of_edit(finding: &Diagnostic) -> bool {
    [
        "name-invalid",
        "name-taken",
        "type-",
        "comment-",
        "edit-",
        "expand-",
        "default-",
        "masking-",
        "tag-",
        "collation-",
        "position-",
    ]
    .iter()
    .any(|rule| finding.code.starts_with(rule))
}

/// The edit that a rule is about; none where it may be several.
fn part_of(code: &str) -> Option<Part> {
    let rules = [
        ("name-", Part::Name),
        ("type-", Part::Type),
        ("comment-", Part::Comment),
        ("expand-", Part::Expand),
        ("default-", Part::Default),
        ("masking-", Part::MaskingPolicy),
        ("tag-", Part::Tags),
        ("collation-", Part::Collation),
        ("position-", Part::After),
    ];
    rules.into_iter().find(|(rule, _)| code.starts_with(rule)).map(|(_, part)| part)
}

/// The notes under one row.
#[component]
pub fn RowNotes(
    designer: Designer,
    path: StoredValue<FieldPath>,
    #[prop(into)] findings: Signal<Vec<Diagnostic>>,
) -> impl IntoView {
    let findings = Memo::new(move |_| findings.get());
    let edited = move || path.with_value(|path| designer.design.with(|design| design.columns.contains_key(path)));
    let note = move |finding: Diagnostic| {
        let (glyph, class, word) = sign_of(finding.severity);
        let repair = (is_of_edit(&finding) && edited()).then(|| {
            let change = part_of(&finding.code).map_or(Change::Reset, Change::TakeBack);
            let reset = Callback::new(move |_| designer.change(&path.get_value(), change.clone(), false));
            view! { <Button label="Take the edit back" size=ButtonSize::Small on_click=reset /> }
        });
        view! {
            <tr class="design-note" data-tone=tone(finding.severity)>
                <td colspan=COLUMNS.to_string()>
                    <div class="design-message">
                        <Icon glyph size=IconSize::Small class label=word />
                        <span>
                            {finding.message}
                            {finding.hint.map(|hint| view! { <span class="text-muted">" "{hint}</span> })}
                        </span>
                        {repair}
                    </div>
                </td>
            </tr>
        }
    };
    move || findings.get().into_iter().map(note).collect_view()
}

/// The bands above the grid.
#[component]
pub fn TableNotes(designer: Designer) -> impl IntoView {
    let homeless = Memo::new(move |_| {
        designer.places.with(|places| {
            designer.rendering.with(|made| {
                made.diagnostics.iter().filter(|found| !places.contains_key(&found.path)).cloned().collect::<Vec<_>>()
            })
        })
    });
    let note = move |diagnostic: Diagnostic| {
        let path = diagnostic.path.clone();
        let repair = (diagnostic.code.starts_with("edit-") && !path.is_root()).then(|| {
            let remove = Callback::new(move |_| designer.change(&path, Change::Reset, false));
            view! { <Button label="Remove the edit" size=ButtonSize::Small on_click=remove /> }
        });
        view! { <DiagnosticNotice diagnostic>{repair}</DiagnosticNotice> }
    };
    view! {
        {move || designer.refusal.get().map(|text| view! { <Notice tone=NoticeTone::Warn text /> })}
        {move || homeless.get().into_iter().map(note).collect_view()}
    }
}

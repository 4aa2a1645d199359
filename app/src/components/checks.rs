//! What the generator found, as the reviewer has to see it.

use domain::diagnostic::{Diagnostic, Severity};
use leptos::prelude::*;

use super::state::counted;
use crate::ui::{Glyph, Icon, IconSize};

/// The heading with its count, and one item for every finding; the worst first.
#[component]
pub fn Checks(diagnostics: Vec<Diagnostic>) -> impl IntoView {
    let mut sorted = diagnostics;
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let summary = summary(&sorted);
    let clean = sorted.is_empty().then(|| {
        view! {
            <li>
                <Icon glyph=Glyph::Check size=IconSize::Small class="text-ok" />
                <span>"Schema, table and edits"</span>
                <span class="check-note">"no finding"</span>
            </li>
        }
    });
    view! {
        <div class="pane-head">
            <h2>"Policy checks"</h2>
            <span class="grow"></span>
            <span class="text-muted">{summary}</span>
        </div>
        <ul class="checks">{clean} {sorted.into_iter().map(|finding| view! { <Finding finding /> }).collect_view()}</ul>
    }
    .into_any()
}

#[component]
fn Finding(finding: Diagnostic) -> impl IntoView {
    let (tone, glyph, class, word) = match finding.severity {
        Severity::Error => (Some("bad"), Glyph::CircleAlert, "text-bad", "Error: "),
        Severity::Warning => (Some("warn"), Glyph::AlertTriangle, "text-warn", "Warning: "),
        Severity::Note => (None, Glyph::Info, "text-faint", "Note: "),
    };
    let path = (!finding.path.is_root()).then(|| finding.path.to_string());
    view! {
        <li data-tone=tone>
            <Icon glyph size=IconSize::Small class />
            <div class="min-w-0 break-words">
                <p class=if tone.is_some() { "font-medium" } else { "" }>
                    <span class="sr-only">{word}</span>
                    {finding.message}
                </p>
                {path.map(|path| view! { <p class="mono text-xs text-muted">{path}</p> })}
                {finding.hint.map(|hint| view! { <p class="text-xs text-muted">{hint}</p> })}
            </div>
        </li>
    }
    .into_any()
}

fn summary(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let parts = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Note), "note", "notes"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| counted(*count, one, many)).collect();
    if said.is_empty() { "all pass".to_owned() } else { said.join(", ") }
}

#[cfg(test)]
mod tests {
    use domain::schema::FieldPath;

    use super::*;

    #[test]
    fn the_summary_counts_every_severity_that_occurs() {
        let root = FieldPath::default;
        assert_eq!(summary(&[]), "all pass");
        let mixed = [
            Diagnostic::note("a", root(), "x"),
            Diagnostic::warning("b", root(), "x"),
            Diagnostic::warning("c", root(), "x"),
        ];
        assert_eq!(summary(&mixed), "2 warnings, 1 note");
    }
}

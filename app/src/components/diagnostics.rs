//! Findings as bands where they belong, and as counts; a reviewer's list of them is in `checks`.

use domain::diagnostic::{Diagnostic, Severity};
use leptos::prelude::*;

use super::state::counted;
use crate::ui::{Glyph, Icon, IconSize, Notice, NoticeTone};

/// How many findings there are of each kind that matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that stop a request.
    pub errors: usize,
    /// Those that a reviewer should look at.
    pub warnings: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }

    /// `1 error`, `2 errors`.
    pub fn errors_text(self) -> String {
        counted(self.errors, "error", "errors")
    }

    /// `1 warning`, `2 warnings`.
    pub fn warnings_text(self) -> String {
        counted(self.warnings, "warning", "warnings")
    }
}

/// The band's tone for a severity.
pub const fn tone_of(severity: Severity) -> NoticeTone {
    match severity {
        Severity::Note => NoticeTone::Info,
        Severity::Warning => NoticeTone::Warn,
        Severity::Error => NoticeTone::Bad,
    }
}

/// Icon, its colour and its word.
pub const fn sign_of(severity: Severity) -> (Glyph, &'static str, &'static str) {
    match severity {
        Severity::Note => (Glyph::Info, "text-muted", "note"),
        Severity::Warning => (Glyph::AlertTriangle, "text-warn", "warning"),
        Severity::Error => (Glyph::CircleX, "text-bad", "error"),
    }
}

/// The field in front of a message, where the place does not say it already.
fn place(diagnostic: &Diagnostic) -> Option<String> {
    (!diagnostic.path.is_root()).then(|| diagnostic.path.to_string())
}

/// One finding as a band.
#[component]
pub fn DiagnosticNotice(diagnostic: Diagnostic, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let tone = tone_of(diagnostic.severity);
    let text = match place(&diagnostic) {
        Some(path) => format!("{path}: {}", diagnostic.message),
        None => diagnostic.message,
    };
    let children = children.map(|children| children());
    match diagnostic.hint {
        Some(detail) => view! { <Notice tone text detail>{children}</Notice> }.into_any(),
        None => view! { <Notice tone text>{children}</Notice> }.into_any(),
    }
}

/// Errors and warnings in words, or that there are none.
#[component]
pub fn TallyLine(#[prop(into)] tally: Signal<Tally>) -> impl IntoView {
    let errors = move || {
        (tally.get().errors > 0).then(|| {
            view! {
                <span class="state text-bad">
                    <Icon glyph=Glyph::CircleX size=IconSize::Small />
                    {tally.get().errors_text()}
                </span>
            }
        })
    };
    let warnings = move || {
        (tally.get().warnings > 0).then(|| {
            view! {
                <span class="state text-warn">
                    <Icon glyph=Glyph::AlertTriangle size=IconSize::Small />
                    {tally.get().warnings_text()}
                </span>
            }
        })
    };
    let clean = move || {
        (tally.get() == Tally::default()).then(|| {
            view! {
                <span class="state">
                    <Icon glyph=Glyph::Check size=IconSize::Small class="text-ok" />
                    "no findings"
                </span>
            }
        })
    };
    view! { <span class="state" role="status">{errors}{warnings}{clean}</span> }
}

#[cfg(test)]
mod tests {
    use domain::schema::FieldPath;

    use super::*;

    #[test]
    fn notes_are_not_counted_and_words_follow_the_number() {
        let at = FieldPath::root;
        let found = [
            Diagnostic::error("a", at(), "A."),
            Diagnostic::warning("b", at(), "B."),
            Diagnostic::warning("c", at(), "C."),
            Diagnostic::note("d", at(), "D."),
        ];
        let tally = Tally::of(&found);
        assert_eq!((tally.errors_text().as_str(), tally.warnings_text().as_str()), ("1 error", "2 warnings"));
    }
}

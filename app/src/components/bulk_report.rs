//! What would become of each event of a selection, and the form that asks for those that can be.

use domain::bulk::{BulkOutcome, BulkReport, BulkRow, Outlook};
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::explore_state::Search;
use super::outcome::{Refusal, problem};
use super::state::counted;
use crate::api::bulk::{BulkSubmit, BulkView};
use crate::paths;
use crate::ui::{
    Button, ButtonVariant, Dot, DotTone, EmptyState, Glyph, Icon, IconSize, ListColumn, ListHead, Notice, NoticeTone,
    SelectField, SelectOption, grouped,
};

const COLUMNS: &[ListColumn] = &[
    ListColumn::text("Subject", "w-[28%]"),
    ListColumn::number("Version", "cw-sm"),
    ListColumn::text("Table", "w-[22%]"),
    ListColumn::text("Outlook", ""),
    ListColumn::text("", "cw-xs"),
];

/// Which events an address means, and the preset that they get.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meant {
    /// These subjects, where no search is meant.
    pub subjects: Vec<String>,
    /// Every match of this search.
    pub search: Option<Search>,
    /// What is left out of the matches.
    pub but: Vec<String>,
    /// The word of the preset; empty for the default.
    pub preset: String,
}

impl Meant {
    /// What the values of an address stand for.
    pub fn of(value: impl Fn(&str) -> Option<String>, values: impl Fn(&str) -> Vec<String>) -> Self {
        let all = value("all").as_deref() == Some("1");
        Self {
            subjects: values("subject"),
            but: values("but"),
            preset: value("preset").unwrap_or_default(),
            search: all.then(|| Search::of(value)),
        }
    }

    /// The values of its address.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.search.as_ref().map(Search::pairs).unwrap_or_default();
        match self.search {
            Some(_) => {
                pairs.push(("all", "1".to_owned()));
                pairs.extend(self.but.iter().map(|name| ("but", name.clone())));
            }
            None => pairs.extend(self.subjects.iter().map(|name| ("subject", name.clone()))),
        }
        if !self.preset.is_empty() {
            pairs.push(("preset", self.preset.clone()));
        }
        pairs
    }

    /// Its address.
    pub fn path(&self) -> String {
        paths::with_query(paths::BULK, &self.pairs())
    }

    /// The same without one subject.
    fn without(&self, name: &str) -> Self {
        let mut next = self.clone();
        match next.search {
            Some(_) => next.but.push(name.to_owned()),
            None => next.subjects.retain(|other| other != name),
        }
        next
    }
}

fn is_ready(row: &BulkRow) -> bool {
    !matches!(row.verdict, Outlook::Blocked(_))
}

/// How many are what, in one line.
fn summary(report: &BulkReport) -> (usize, usize, usize) {
    let count = |wanted: fn(&Outlook) -> bool| report.rows.iter().filter(|row| wanted(&row.verdict)).count();
    (
        count(|verdict| *verdict == Outlook::Ready),
        count(|verdict| matches!(verdict, Outlook::Warned(_))),
        count(|verdict| matches!(verdict, Outlook::Blocked(_))),
    )
}

/// The page's content.
#[component]
pub fn BulkReportView(meant: Meant, view: BulkView, submit: ServerAction<BulkSubmit>) -> impl IntoView {
    let BulkView { report, presets } = view;
    if report.rows.is_empty() {
        return view! {
            <header class="page-head"><h1 class="page-title">"Onboard many"</h1></header>
            <EmptyState title="No subject is selected" text="Select subjects in Explore, or all matches of a search, and come back with them.">
                <a class="btn" href=paths::EXPLORE>"Explore subjects"</a>
            </EmptyState>
        }
        .into_any();
    }
    let (ready, warned, blocked) = summary(&report);
    let names: Vec<String> =
        report.rows.iter().filter(|row| is_ready(row)).map(|row| row.subject.to_string()).collect();
    let beyond = (report.beyond > 0).then(|| {
        let text = format!(
            "{} more are not in this report. Ask for these first, or narrow the search.",
            counted(report.beyond, "subject", "subjects")
        );
        view! { <Notice tone=NoticeTone::Warn text /> }
    });
    let rows = report.rows.iter().map(|row| row_view(row, &meant)).collect_view();
    view! {
        <header class="page-head">
            <div class="page-row">
                <h1 class="page-title">{format!("Onboard {}", counted(report.rows.len(), "event", "events"))}</h1>
                <span class="grow"></span>
                <PresetForm meant=meant.clone() presets />
                <SubmitForm names preset=meant.preset.clone() submit />
            </div>
            <p class="page-note dots" role="status">
                <span>{format!("{} ready", grouped(ready as u64))}</span>
                <span>{format!("{} with warnings", grouped(warned as u64))}</span>
                <span>{format!("{} blocked", grouped(blocked as u64))}</span>
                <span>"A request is made for each event, and each is approved by itself."</span>
            </p>
            <Refusal problem=problem(submit) />
        </header>
        {beyond}
        <Outcomes submit />
        <table class="list-table wrapped" aria-label="What would become of each event">
            <ListHead columns=COLUMNS />
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The preset, as a form that asks for this page again.
#[component]
fn PresetForm(meant: Meant, presets: Vec<(String, String)>) -> impl IntoView {
    let value = meant.preset.clone();
    let kept = Meant { preset: String::new(), ..meant.clone() }.pairs();
    let hidden = |(name, value): (&'static str, String)| view! { <input type="hidden" name=name value=value /> };
    let options = presets.into_iter().map(|(word, label)| SelectOption::new(word, label)).collect::<Vec<_>>();
    let navigate = leptos_router::hooks::use_navigate();
    let on_change = Callback::new(move |preset: String| {
        let options = leptos_router::NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&Meant { preset, ..meant.clone() }.path(), options);
    });
    view! {
        <form method="get" action=paths::BULK class="flex items-center gap-2">
            {kept.into_iter().map(hidden).collect_view()}
            <span class="text-muted">"Preset"</span>
            <SelectField id="preset" label="Preset" label_hidden=true name="preset" options value on_change />
            <noscript>
                <Button label="Apply" submit=true />
            </noscript>
        </form>
    }
}

#[component]
fn SubmitForm(names: Vec<String>, preset: String, submit: ServerAction<BulkSubmit>) -> impl IntoView {
    let number = names.len();
    let label = Signal::derive(move || {
        if submit.pending().get() {
            "Submitting…".to_owned()
        } else {
            format!("Submit {}", counted(number, "request", "requests"))
        }
    });
    let reason = Signal::derive(move || (number == 0).then(|| "Every event of this selection is blocked.".to_owned()));
    view! {
        <ActionForm action=submit>
            <input type="hidden" name="subjects" value=names.join("\n") />
            <input type="hidden" name="preset" value=preset />
            <Button id="bulk-submit" label submit=true variant=ButtonVariant::Primary reason />
        </ActionForm>
    }
}

fn row_view(row: &BulkRow, meant: &Meant) -> impl IntoView + use<> {
    let name = row.subject.to_string();
    let outlook = match &row.verdict {
        Outlook::Ready => {
            let columns = counted(row.columns, "column", "columns");
            view! { <Dot word="Ready" tone=DotTone::Ok /> <span class="text-muted">", " {columns}</span> }.into_any()
        }
        Outlook::Warned(sentences) => {
            let lines = sentences.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
            view! { <Dot word="Ready, with warnings" tone=DotTone::Warn /> <ul class="text-muted">{lines}</ul> }
                .into_any()
        }
        Outlook::Blocked(sentence) => {
            view! { <Dot word="Blocked" tone=DotTone::Bad /> <p class="text-muted">{sentence.clone()}</p> }.into_any()
        }
    };
    let label = format!("Leave out {name}");
    view! {
        <tr>
            <td class="c-name mono" title=name.clone()>
                <a href=paths::subject(&row.subject)>{name.clone()}</a>
            </td>
            <td class="c-meta c-num text-muted">{row.version.map(|version| format!("v{version}"))}</td>
            <td class="c-meta mono wrap text-muted">{row.table.clone()}</td>
            <td class="c-wide wrap">{outlook}</td>
            <td class="c-state">
                <a class="btn btn-ghost btn-icon btn-sm" href=meant.without(&name).path() aria-label=label.clone() title=label>
                    <Icon glyph=Glyph::X size=IconSize::Small />
                </a>
            </td>
        </tr>
    }
}

/// What the last submission gave, when not all of it was taken.
#[component]
fn Outcomes(submit: ServerAction<BulkSubmit>) -> impl IntoView {
    let refused = move || {
        let outcomes: Vec<BulkOutcome> = submit.value().get().and_then(Result::ok).unwrap_or_default();
        let taken = outcomes.iter().filter(|outcome| outcome.request.is_ok()).count();
        let refused: Vec<String> = outcomes
            .iter()
            .filter_map(|outcome| Some(format!("{}: {}", outcome.subject, outcome.request.as_ref().err()?)))
            .collect();
        (!refused.is_empty()).then(|| {
            let text = format!(
                "{} submitted, {} refused.",
                counted(taken, "request was", "requests were"),
                counted(refused.len(), "event was", "events were")
            );
            view! { <Notice tone=NoticeTone::Bad text detail=refused.join(" ") /> }
        })
    };
    view! { <div>{refused}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{value_of, values_of};

    fn of(path: &str) -> Meant {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        Meant::of(|key| value_of(query, key), |key| values_of(query, key))
    }

    #[test]
    fn what_is_meant_survives_its_address() {
        let rows = Meant { subjects: vec!["a/b".into(), "c,d".into()], preset: "pii-safe".into(), ..Meant::default() };
        assert_eq!(of(&rows.path()), rows);
        let search = Search { text: "^order".to_owned(), ..Search::default() };
        let all = Meant { search: Some(search), but: vec!["x".into()], ..Meant::default() };
        assert_eq!(of(&all.path()), all);
    }

    #[test]
    fn one_that_is_left_out_is_left_out_of_rows_and_of_matches() {
        let rows = Meant { subjects: vec!["a".into(), "b".into()], ..Meant::default() };
        assert_eq!(rows.without("a").subjects, ["b"]);
        let all = Meant { search: Some(Search::default()), ..Meant::default() };
        assert_eq!(all.without("a").but, ["a"]);
    }
}

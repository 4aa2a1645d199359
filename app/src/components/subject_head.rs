//! The head of a subject's page: its name, what it is, its views, and the one thing to do with it.

use domain::registry::SubjectView;
use domain::subject::Version;
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::outcome::{Refusal, problem};
use crate::api::designs::CreateDraft;
use crate::paths::{self, SubjectTab};
use crate::ui::{Button, ButtonVariant, CopyButton, Tab, Tabs, Tag};

/// The head; the form posts without JavaScript too.
#[component]
pub fn SubjectHead(
    view: SubjectView,
    fields: usize,
    references: usize,
    tab: Memo<SubjectTab>,
    create: ServerAction<CreateDraft>,
) -> impl IntoView {
    let name = view.subject.to_string();
    let (subject, version) = (view.subject.clone(), view.version);
    let resolves = !view.schema.references.is_empty();
    let tabs = Memo::new(move |_| {
        let to =
            |label: &str, kind| Tab::new(label, paths::subject_version(&subject, version, kind), tab.get() == kind);
        let mut tabs =
            vec![to("Fields", SubjectTab::Fields).with_count(fields as u64), to("Raw schema", SubjectTab::Raw)];
        tabs.extend(resolves.then(|| to("Resolved", SubjectTab::Resolved)));
        tabs.push(to("Compare", SubjectTab::Compare));
        tabs.push(to("References", SubjectTab::References).with_count(references as u64));
        tabs
    });
    let id = view.versions.iter().find(|known| known.version == version).map(|known| known.id);
    let live = view.live;
    let label = Signal::derive(move || {
        match live {
            _ if create.pending().get() => "Beginning a draft…",
            Some(live) if live == version => "Change its design",
            Some(_) => "Evolve to this version",
            None => "Onboard this version",
        }
        .to_owned()
    });
    let refusal = refusal(fields, version, live);
    let reason = Signal::derive(move || refusal.clone());
    view! {
        <header class="page-head">
            <div class="page-row">
                <h1 class="page-name">{name.clone()}</h1>
                <CopyButton text=name.clone() label="Copy the subject" />
                <Tag text=view.schema.schema_type.label() />
                <span class="grow"></span>
                <ActionForm action=create>
                    <input type="hidden" name="name" value=name />
                    <input type="hidden" name="version" value=version.to_string() />
                    <Button id="onboard" label submit=true variant=ButtonVariant::Primary reason />
                </ActionForm>
            </div>
            <Refusal problem=problem(create) />
            <p class="page-note dots">
                <span>{format!("version {version} of {}", view.versions.last().map_or(version, |newest| newest.version))}</span>
                {id.map(|id| view! { <span>"id "<span class="mono">{id.to_string()}</span></span> })}
            </p>
            <Tabs label="Views of the schema" tabs />
        </header>
    }
}

/// Why this version cannot be onboarded, where that is clear before anything is rendered.
fn refusal(fields: usize, version: Version, live: Option<Version>) -> Option<String> {
    if fields == 0 {
        return Some("No field of this schema can be read, so there is nothing to onboard.".to_owned());
    }
    let newer = live.filter(|live| *live > version)?;
    Some(format!("Version {newer} is live, and an event does not go back."))
}

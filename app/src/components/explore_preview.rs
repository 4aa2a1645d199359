//! The subject beside the list: its fields, its text, its versions and what it refers to, without leaving the list.

use std::sync::Arc;

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::onboarding::OnboardingState;
use super::outcome::{Refusal, problem};
use crate::api::designs::CreateDraft;
use crate::api::preview::{Preview, PreviewField};
use crate::paths::{self, SubjectTab};
use crate::ui::{Button, CopyButton, Glyph, Icon, IconSize, LinkButton, Tab, Tabs, grouped};

/// What the preview shows of a subject, as the address says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PreviewTab {
    /// Its fields.
    #[default]
    Fields,
    /// Its text.
    Raw,
    /// Its versions.
    Versions,
    /// What it refers to.
    References,
}

impl PreviewTab {
    const ALL: [Self; 4] = [Self::Fields, Self::Raw, Self::Versions, Self::References];

    /// The word in the address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fields => "fields",
            Self::Raw => "raw",
            Self::Versions => "versions",
            Self::References => "references",
        }
    }

    /// The tab with this word; the fields when there is none.
    pub fn of(word: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|tab| Some(tab.word()) == word).unwrap_or_default()
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Fields => "Fields",
            Self::Raw => "Raw",
            Self::Versions => "Versions",
            Self::References => "References",
        }
    }

    fn count(self, preview: &Preview) -> Option<u64> {
        match self {
            Self::Fields => Some(preview.field_count as u64),
            Self::Raw => None,
            Self::Versions => Some(preview.versions.len() as u64),
            Self::References => Some(preview.references.len() as u64),
        }
    }
}

/// The pane. `path_of` is the address of a tab, `close` the address without the pane.
#[component]
pub fn PreviewPane(
    preview: Preview,
    tab: Memo<PreviewTab>,
    path_of: Callback<PreviewTab, String>,
    close: Signal<String>,
) -> impl IntoView {
    let name = preview.subject.to_string();
    // Not a value of the pane's owner: the tabs may be asked once more while the pane is put away.
    let shown = Arc::new(preview.clone());
    let in_tabs = Arc::clone(&shown);
    let tabs = Memo::new(move |_| {
        let tab_of = |kind: PreviewTab| {
            let link = Tab::new(kind.label(), path_of.run(kind), tab.get() == kind);
            match kind.count(&in_tabs) {
                Some(count) => link.with_count(count),
                None => link,
            }
        };
        PreviewTab::ALL.map(tab_of).to_vec()
    });
    let content = move || match tab.get() {
        PreviewTab::Fields => fields(&shown),
        PreviewTab::Raw => text(&shown),
        PreviewTab::Versions => versions(&shown),
        PreviewTab::References => references(&shown),
    };
    view! {
        <div class="preview-head">
            <div class="flex items-center gap-2">
                <h2 class="page-name">{name.clone()}</h2>
                <CopyButton text=name.clone() label="Copy the subject" />
                <span class="grow"></span>
                <a class="btn btn-ghost btn-icon btn-sm" href=move || close.get() aria-label="Close the preview" title="Close the preview">
                    <Icon glyph=Glyph::X size=IconSize::Small />
                </a>
            </div>
            <p class="dots text-xs text-muted">
                <span>{preview.schema_type.label()}</span>
                <span class="num">{format!("v{}", preview.version)}</span>
                {preview.id.map(|id| view! { <span>"id "<span class="mono">{id.to_string()}</span></span> })}
                <OnboardingState onboarding=preview.onboarding />
            </p>
            <Acts preview />
        </div>
        <div class="pane-head">
            <Tabs label="Views of the previewed subject" tabs />
        </div>
        <div class="pane-body" tabindex="0" role="region" aria-label="Content of the preview">
            {content}
        </div>
    }
}

#[component]
fn Acts(preview: Preview) -> impl IntoView {
    let create = ServerAction::<CreateDraft>::new();
    let newest_is_live = preview.live == Some(preview.version);
    let label = match preview.live {
        _ if newest_is_live => "Change its design",
        Some(_) => "Evolve to this version",
        None => "Onboard this version",
    };
    let reason = Signal::derive(move || {
        (preview.field_count == 0)
            .then(|| "No field of this schema can be read, so there is nothing to onboard.".to_owned())
    });
    view! {
        <div class="btn-row pt-2">
            <LinkButton href=paths::subject(&preview.subject) label="Open" />
            <ActionForm action=create>
                <input type="hidden" name="name" value=preview.subject.to_string() />
                <input type="hidden" name="version" value=preview.version.to_string() />
                <Button id="preview-onboard" label submit=true reason />
            </ActionForm>
        </div>
        <Refusal problem=problem(create) />
    }
}

fn fields(preview: &Preview) -> AnyView {
    let row = |field: &PreviewField| {
        let doc = (!field.doc.is_empty()).then(|| field.doc.clone());
        view! {
            <li class="tree-row" title=doc>
                {(0..field.depth).map(|_| view! { <span class="guide"></span> }).collect_view()}
                <span class="tree-name">{field.name.clone()}</span>
                <span class="tree-type">{field.label.clone()}</span>
            </li>
        }
    };
    let more = preview.field_count.saturating_sub(preview.fields.len());
    let more = (more > 0).then(|| {
        view! {
            <p class="pane-block text-muted">
                {format!("{} more fields; ", grouped(more as u64))}
                <a class="link" href=paths::subject(&preview.subject)>"open the subject"</a>
                " to see them."
            </p>
        }
    });
    let doc = preview.doc.clone().map(|doc| view! { <p class="doc pane-block text-xs">{doc}</p> });
    view! {
        {doc}
        <ul class="tree">{preview.fields.iter().map(row).collect_view()}</ul>
        {more}
    }
    .into_any()
}

fn text(preview: &Preview) -> AnyView {
    let whole = paths::subject_version(&preview.subject, preview.version, SubjectTab::Raw);
    let more = preview.cut.then(|| view! { <a class="link pane-block block" href=whole>"The whole text"</a> });
    view! {
        <pre class="preview-text">{preview.text.clone()}</pre>
        {more}
    }
    .into_any()
}

fn versions(preview: &Preview) -> AnyView {
    let row = |(version, id): &(domain::subject::Version, domain::subject::SchemaId)| {
        view! {
            <li>
                <a href=paths::subject_version(&preview.subject, *version, SubjectTab::Fields)>
                    <span class="num">{format!("v{version}")}</span>
                    <span class="grow"></span>
                    <span class="mono text-xs text-faint">{format!("id {id}")}</span>
                </a>
            </li>
        }
    };
    view! { <ol class="versions">{preview.versions.iter().map(row).collect_view()}</ol> }.into_any()
}

fn references(preview: &Preview) -> AnyView {
    if preview.references.is_empty() {
        return view! { <p class="pane-block text-muted">"This schema refers to no other."</p> }.into_any();
    }
    let row = |(subject, version): &(domain::subject::SubjectName, domain::subject::Version)| {
        view! {
            <li>
                <a href=paths::subject_version(subject, *version, SubjectTab::Fields)>
                    <span class="mono text-xs overflow-hidden text-ellipsis">{subject.to_string()}</span>
                    <span class="grow"></span>
                    <span class="num text-xs text-faint">{format!("v{version}")}</span>
                </a>
            </li>
        }
    };
    view! { <ul class="versions">{preview.references.iter().map(row).collect_view()}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tab_survives_its_word_and_an_unknown_word_is_the_fields() {
        for tab in PreviewTab::ALL {
            assert_eq!(PreviewTab::of(Some(tab.word())), tab);
        }
        assert_eq!((PreviewTab::of(Some("music")), PreviewTab::of(None)), (PreviewTab::Fields, PreviewTab::Fields));
    }
}

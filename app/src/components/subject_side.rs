//! Beside a subject: its versions, what is known of it, what was made of it here, and what the registry says besides.

use domain::registry::{About, Onboarding, SubjectView, VersionSummary};
use leptos::prelude::*;

use super::explore_list::level_label;
use super::onboarding::OnboardingState;
use super::state::RequestDot;
use crate::paths::{self, CompareBy, SubjectTab};
use crate::ui::{Glyph, Icon, IconSize, grouped};

/// Newest first, each a link that keeps the open view; soft-deleted ones are among them.
#[component]
fn Versions(view: SubjectView, versions: Vec<VersionSummary>, tab: SubjectTab) -> impl IntoView {
    let newest = versions.iter().rev().find(|known| !known.deleted).map(|known| known.version);
    let open = view.version;
    let rows = versions.iter().rev().map(|version| {
        let current = (version.version == open).then_some("page");
        let compare = current.is_none().then(|| {
            let (from, to) = (version.version.min(open), version.version.max(open));
            let label = format!("Compare version {from} with version {to}");
            view! {
                <a
                    class="btn btn-ghost btn-icon btn-sm"
                    href=paths::subject_compare(&view.subject, from, to, CompareBy::Meaning)
                    aria-label=label.clone()
                    title=label
                >
                    <Icon glyph=Glyph::GitCompare size=IconSize::Small />
                </a>
            }
        });
        let mark = match version {
            known if known.deleted => Some("deleted"),
            known if Some(known.version) == newest => Some("newest"),
            _ => None,
        };
        view! {
            <li>
                <a href=paths::subject_version(&view.subject, version.version, tab) aria-current=current>
                    <span class="num" class:line-through=version.deleted>{format!("v{}", version.version)}</span>
                    {mark.map(|mark| view! { <span class="text-xs text-faint">{mark}</span> })}
                    <span class="grow"></span>
                    <span class="mono text-xs text-faint">{format!("id {}", version.id)}</span>
                </a>
                {compare}
            </li>
        }
    });
    view! { <ol class="versions">{rows.collect_view()}</ol> }
}

/// What is known of the subject.
#[component]
fn Facts(view: SubjectView, about: About) -> impl IntoView {
    let link = paths::in_registry(&about.place, &view.subject, view.version).map(|href| {
        view! {
            " "
            <a class="link" href=href rel="external noreferrer" target="_blank">
                "this version there"
            </a>
        }
    });
    let unknown = || "not known yet".to_owned();
    view! {
        <dl class="facts pane-block">
            <dt>"Event"</dt>
            <dd class="mono">{view.subject.event_name().to_owned()}</dd>
            <dt>"Registry"</dt>
            <dd>
                <a class="link" href=paths::REGISTRIES>{about.registry.to_string()}</a>
                {link}
            </dd>
            <dt>"Context"</dt>
            <dd>{view.subject.context().map_or_else(|| "default".to_owned(), str::to_owned)}</dd>
            <dt>"Compatibility"</dt>
            <dd>{about.level.map_or_else(unknown, |level| level_label(level.word()))}</dd>
            <dt>"Mode"</dt>
            <dd>{about.mode.map_or_else(unknown, |mode| level_label(mode.word()))}</dd>
            <dt>"Onboarded"</dt>
            <dd>
                <OnboardingState onboarding=view.onboarding />
            </dd>
        </dl>
    }
}

/// What was made of it here, each a link.
#[component]
fn Uses(about: About, onboarding: Onboarding) -> impl IntoView {
    let uses = about.uses;
    if uses.is_empty() {
        return ().into_any();
    }
    let event = uses.event.map(|(name, version, run)| {
        view! {
            <li>
                <a href=paths::EVENTS>
                    <span>"Event "<span class="mono text-xs">{name}</span></span>
                    <span class="num text-xs text-faint">{format!("v{version}")}</span>
                    <span class="grow"></span>
                    <OnboardingState onboarding />
                </a>
                <a class="btn btn-ghost btn-sm" href=paths::run(run)>"Run"</a>
            </li>
        }
    });
    let requests = uses.requests.into_iter().map(|(id, version, state)| {
        view! {
            <li>
                <a href=paths::request(id)>
                    <span>{id.to_string()}</span>
                    <span class="num text-xs text-faint">{format!("v{version}")}</span>
                    <span class="grow"></span>
                    <RequestDot state />
                </a>
            </li>
        }
    });
    let drafts = uses.drafts.into_iter().map(|(id, version)| {
        view! {
            <li>
                <a href=paths::design(id)>
                    <span>{format!("Draft {id}")}</span>
                    <span class="num text-xs text-faint">{format!("v{version}")}</span>
                </a>
            </li>
        }
    });
    view! {
        <div class="pane-head">
            <h2>"Made of it here"</h2>
        </div>
        <ul class="versions">
            {event}
            {requests.collect_view()}
            {drafts.collect_view()}
        </ul>
    }
    .into_any()
}

/// What the registry says about the version besides its schema.
#[component]
fn Besides(about: About) -> impl IntoView {
    if about.metadata.is_empty() {
        return ().into_any();
    }
    let list = |title: &'static str, entries: Vec<(String, String)>| {
        let entry = |(name, value): (String, String)| view! { <dt class="mono">{name}</dt><dd>{value}</dd> };
        (!entries.is_empty()).then(|| {
            view! {
                <h3 class="caption">{title}</h3>
                <dl class="facts">{entries.into_iter().map(entry).collect_view()}</dl>
            }
        })
    };
    let metadata = about.metadata;
    view! {
        <div class="pane-head">
            <h2>"From the registry"</h2>
        </div>
        <div class="pane-block">
            {list("Properties", metadata.properties)}
            {list("Tags", metadata.tags)}
            {list("Rules", metadata.rules)}
        </div>
    }
    .into_any()
}

/// The pane.
#[component]
pub fn SubjectSide(view: SubjectView, about: About, tab: SubjectTab) -> impl IntoView {
    let number = grouped(about.versions.len() as u64);
    view! {
        <aside class="pane side-preview" aria-label="About this subject">
            <div class="pane-head">
                <h2>"Versions"</h2>
                <span class="text-faint num">{number}</span>
            </div>
            <div class="pane-body">
                <Versions view=view.clone() versions=about.versions.clone() tab />
                <Facts view=view.clone() about=about.clone() />
                <Uses about=about.clone() onboarding=view.onboarding />
                <Besides about />
            </div>
        </aside>
    }
}

//! Beside a subject: its versions, what is known of the open one, and what it refers to.

use domain::registry::SubjectView;
use leptos::prelude::*;

use super::onboarding::OnboardingState;
use crate::paths::{self, CompareBy, SubjectTab};
use crate::ui::{Glyph, Icon, IconSize, grouped};

/// Newest first, each a link that keeps the open view.
#[component]
fn Versions(view: SubjectView, tab: SubjectTab) -> impl IntoView {
    let newest = view.versions.last().map(|version| version.version);
    let open = view.version;
    let rows = view.versions.iter().rev().map(|version| {
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
        view! {
            <li>
                <a href=paths::subject_version(&view.subject, version.version, tab) aria-current=current>
                    <span class="num">{format!("v{}", version.version)}</span>
                    {(Some(version.version) == newest).then(|| view! { <span class="text-xs text-faint">"newest"</span> })}
                    <span class="grow"></span>
                    <span class="mono text-xs text-faint">{format!("id {}", version.id)}</span>
                </a>
                {compare}
            </li>
        }
    });
    view! { <ol class="versions">{rows.collect_view()}</ol> }
}

/// The schemas that this one refers to, each a link to its subject.
#[component]
fn References(view: SubjectView, tab: SubjectTab) -> impl IntoView {
    let references = view.schema.references;
    if references.is_empty() {
        return ().into_any();
    }
    let number = references.len();
    let rows = references.into_iter().map(|reference| {
        let href = paths::subject_version(&reference.subject, reference.version, tab);
        view! {
            <li>
                <a href=href title=reference.name.clone()>
                    <span class="mono text-xs overflow-hidden text-ellipsis">{reference.subject.to_string()}</span>
                    <span class="grow"></span>
                    <span class="num text-xs text-faint">{format!("v{}", reference.version)}</span>
                </a>
            </li>
        }
    });
    view! {
        <div class="pane-head">
            <h2>"References"</h2>
            <span class="text-faint num">{number}</span>
        </div>
        <ul class="versions">{rows.collect_view()}</ul>
    }
    .into_any()
}

/// The pane.
#[component]
pub fn SubjectSide(view: SubjectView, tab: SubjectTab) -> impl IntoView {
    let number = grouped(view.versions.len() as u64);
    let topic = view.subject.event_name().to_owned();
    view! {
        <aside class="pane side-preview" aria-label="About this subject">
            <div class="pane-head">
                <h2>"Versions"</h2>
                <span class="text-faint num">{number}</span>
            </div>
            <div class="pane-body">
                <Versions view=view.clone() tab />
                <References view=view.clone() tab />
                <dl class="facts pane-block">
                    <dt>"Event"</dt>
                    <dd class="mono">{topic}</dd>
                    <dt>"Context"</dt>
                    <dd>{view.subject.context().map_or_else(|| "default".to_owned(), str::to_owned)}</dd>
                    <dt>"Onboarded"</dt>
                    <dd>
                        <OnboardingState onboarding=view.onboarding />
                    </dd>
                </dl>
            </div>
        </aside>
    }
}

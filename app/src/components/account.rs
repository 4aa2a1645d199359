//! Who is signed in, at the right of the top bar: a menu with the theme, one's tokens and the way out.

use domain::policy::Actor;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Details;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::use_location;

use super::here::use_here;
use super::person::{Avatar, role_sentence};
use super::problem::sign_in_path;
use crate::api::session::Surroundings;
use crate::api::{ApiError, ctx};
use crate::paths;
use crate::ui::{Glyph, Icon, IconSize, LinkButton, Theme, ThemeSwitch};

/// The account menu, or the way to sign in.
#[component]
pub fn Account(session: Resource<Result<Surroundings, ApiError>>) -> impl IntoView {
    let shown = move || {
        session.get().map(|session| match session.ok().and_then(|session| session.actor) {
            Some(actor) => view! { <AccountMenu actor /> }.into_any(),
            None => view! { <SignInLink /> }.into_any(),
        })
    };
    view! { <Suspense>{shown}</Suspense> }.into_any()
}

#[component]
fn SignInLink() -> impl IntoView {
    let here = use_here();
    let path = use_location().pathname;
    view! {
        <Show
            when=move || path.get() != paths::SIGN_IN
            fallback=move || view! { <ThemeSwitch current=theme() return_to=here.get_untracked() /> }
        >
            <LinkButton href=Signal::derive(move || sign_in_path(&here.get())) label="Sign in" />
        </Show>
    }
    .into_any()
}

#[component]
fn AccountMenu(actor: Actor) -> impl IntoView {
    let here = use_here();
    let path = use_location().pathname;
    let menu = NodeRef::<Details>::new();
    Effect::watch(move || path.get(), move |_, _, _| close(menu), false);
    let name = actor.name.0;
    view! {
        <details class="menu" node_ref=menu on:keydown=move |event| close_on_escape(&event, menu) on:focusout=move |event| close_on_leave(&event, menu)>
            <summary>
                <Avatar name=name.clone() />
                <span class="sr-only">{format!("Account: {name}")}</span>
            </summary>
            <div class="menu-list float">
                <p class="menu-note">
                    <b class="text-base-content">{name}</b>
                    <br />
                    {role_sentence(actor.role)}
                </p>
                <hr class="menu-rule" />
                <a class="menu-item" href=paths::TOKENS>
                    <Icon glyph=Glyph::Key size=IconSize::Small />
                    "API tokens"
                </a>
                <hr class="menu-rule" />
                <div class="menu-note">
                    <ThemeSwitch current=theme() return_to=here.get_untracked() />
                </div>
                <hr class="menu-rule" />
                <form method="post" action=paths::END_SESSION>
                    <button type="submit" class="menu-item">
                        <Icon glyph=Glyph::LogOut size=IconSize::Small />
                        "Sign out"
                    </button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn theme() -> Theme {
    ctx::chosen_theme().map_or_else(Theme::default, Theme::parse)
}

fn close(menu: NodeRef<Details>) {
    if let Some(menu) = menu.get_untracked() {
        menu.set_open(false);
    }
}

fn close_on_escape(event: &KeyboardEvent, menu: NodeRef<Details>) {
    let Some(details) = menu.get_untracked() else { return };
    if event.key() != "Escape" || !details.open() {
        return;
    }
    details.set_open(false);
    let summary = details.first_element_child().and_then(|child| child.dyn_into::<web_sys::HtmlElement>().ok());
    // The focus stays on something that is gone only if the browser refuses; nothing else depends on it.
    let _focused = summary.map(|summary| summary.focus());
}

/// Closes when the focus goes to something outside, not when it merely leaves the window.
fn close_on_leave(event: &FocusEvent, menu: NodeRef<Details>) {
    let target = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    let outside = menu.get_untracked().zip(target).is_some_and(|(menu, target)| !menu.contains(Some(&target)));
    if outside {
        close(menu);
    }
}

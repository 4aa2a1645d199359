//! Who is signed in, at the right of the top bar: a menu with the theme, one's tokens and the way out.

use domain::policy::Actor;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::here::{sign_in_path, use_here};
use super::person::{Avatar, role_sentence};
use crate::api::session::Surroundings;
use crate::api::{ApiError, ctx};
use crate::paths;
use crate::ui::{Glyph, Icon, IconSize, LinkButton, Menu, Theme, ThemeSwitch};

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
    let name = actor.name.0;
    let summary = view! {
        <Avatar name=name.clone() />
        <span class="sr-only">{format!("Account: {name}")}</span>
    }
    .into_any();
    view! {
        <Menu summary closes_when=path>
                <p class="menu-note">
                    <b class="text-base-content">{name}</b>
                    <br />
                    {role_sentence(actor.role)}
                </p>
                <hr class="menu-rule" />
                <a class="menu-item" href=paths::REGISTRIES>
                    <Icon glyph=Glyph::Server size=IconSize::Small />
                    "Registries"
                </a>
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
        </Menu>
    }
    .into_any()
}

fn theme() -> Theme {
    ctx::chosen_theme().map_or_else(Theme::default, Theme::parse)
}

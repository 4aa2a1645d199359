//! Signing in: a choice of the seeded people, as plain forms that work without JavaScript.

use domain::policy::Actor;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::ApiError;
use crate::api::session::Surroundings;
use crate::components::person::{Avatar, role_sentence};
use crate::components::problem::Problem;
use crate::components::shell::SessionResource;
use crate::paths;
use crate::query::use_query_value;
use crate::ui::{Command, EmptyState, Glyph, Icon, SkeletonRows};

/// The page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let SessionResource(session) = expect_context();
    let return_to = use_query_value("return_to");
    let back = Memo::new(move |_| paths::local_or_explore(return_to.get()));
    view! {
        <Title text="Sign in" />
        <div class="page-body narrow">
            <h1 class="page-title">"Sign in"</h1>
            <Suspense fallback=|| {
                view! { <SkeletonRows rows=4 label="The people are loading." /> }
            }>{move || session.get().map(|session| content(session, back.get()))}</Suspense>
        </div>
    }
    .into_any()
}

fn content(session: Result<Surroundings, ApiError>, back: String) -> AnyView {
    match session {
        Err(error) => view! { <Problem error /> }.into_any(),
        Ok(session) if session.people.is_empty() => view! { <NobodyOffered /> }.into_any(),
        Ok(session) => view! { <People session back /> }.into_any(),
    }
}

#[component]
fn People(session: Surroundings, back: String) -> impl IntoView {
    let text = match session.actor {
        Some(actor) => format!("You are signed in as {}. Choose who to be from now on.", actor.name),
        None => {
            "This console listens on this machine only, so it offers its seeded people. Choose who to be.".to_owned()
        }
    };
    view! {
        <p class="page-note">{text}</p>
        <ul class="choices">
            {session.people.into_iter().map(|person| view! { <Person person back=back.clone() /> }).collect_view()}
        </ul>
        <p class="page-note mt-4 text-xs">
            "A request needs two people: one who submits it, and one of the platform team who approves it."
        </p>
    }
    .into_any()
}

#[component]
fn Person(person: Actor, back: String) -> impl IntoView {
    let name = person.name.0;
    view! {
        <li>
            <form method="post" action=paths::BEGIN_SESSION>
                <input type="hidden" name="user" value=name.clone() />
                <input type="hidden" name="return_to" value=back />
                <button type="submit" class="choice">
                    <Avatar name=name.clone() />
                    <span>
                        <b>{name}</b>
                        <span>{role_sentence(person.role)}</span>
                    </span>
                    <Icon glyph=Glyph::ChevronRight />
                </button>
            </form>
        </li>
    }
    .into_any()
}

#[component]
fn NobodyOffered() -> impl IntoView {
    view! {
        <EmptyState
            title="This console offers nobody to sign in as"
            text="Its seeded people need no password, so they are offered only while the server listens on a loopback address. On the server's machine, start it with SLUICEGATE_ADDR on 127.0.0.1; from elsewhere, reach that port through a tunnel. Scripts use an API token, which an operator makes there:"
        >
            <Command text="sluicegate token create --user engineer" />
        </EmptyState>
    }
    .into_any()
}

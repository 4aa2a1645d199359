//! One's API tokens: make one, see its secret once, revoke one.
//!
//! Making a token needs JavaScript: a plain form would be answered by a redirect, and the secret must not be in an address.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::tokens::{CreateToken, RevokeToken, TokenView, tokens};
use crate::components::outcome::{Refusal, problem, successes};
use crate::components::problem::Problem;
use crate::components::token_table::TokenTable;
use crate::ui::{
    Button, ButtonSize, ButtonVariant, Command, CopyButton, EmptyState, Glyph, Notice, SkeletonRows, TextField,
};

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct TokensRoute;

#[lazy_route]
impl LazyRoute for TokensRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <TokensPage /> }.into_any()
    }
}

#[component]
fn TokensPage() -> impl IntoView {
    let (create, revoke) = (ServerAction::<CreateToken>::new(), ServerAction::<RevokeToken>::new());
    let (created, revoked) = (successes(create), successes(revoke));
    let list = Resource::new(move || (created.get(), revoked.get()), |_| tokens());
    let content = move || {
        list.get().map(|loaded| match loaded {
            Err(error) => view! { <Problem error /> }.into_any(),
            Ok((tokens, now)) => view! {
                <CreateForm create />
                <Secret create />
                <Listed tokens now revoke />
            }
            .into_any(),
        })
    };
    view! {
        <Title text="API tokens" />
        <div class="page-body narrow">
            <h1 class="page-title">"API tokens"</h1>
            <p class="page-note">
                "A script that shows one of your tokens may do what you may do. The API describes itself at "
                <a class="link mono" href="/api/v1/openapi.json" rel="external">
                    "/api/v1/openapi.json"
                </a> "."
            </p>
            <Transition fallback=|| {
                view! { <SkeletonRows rows=4 label="Your tokens are loading." /> }
            }>{content}</Transition>
        </div>
    }
    .into_any()
}

#[component]
fn CreateForm(create: ServerAction<CreateToken>) -> impl IntoView {
    let ready = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let refused = problem(create);
    let name = RwSignal::new(String::new());
    let hold = Signal::derive(move || create.pending().get().then(|| "The token is being made.".to_owned()));
    view! {
        <ActionForm action=create attr:class="mt-4">
            <fieldset disabled=move || !ready.get() class="flex items-end gap-2">
                <div class="grow">
                    <TextField
                        id="token-name"
                        name="name"
                        label="What is the token for?"
                        placeholder="nightly onboarding"
                        value=name
                        on_input=Callback::new(move |text| name.set(text))
                        required=true
                        max_length=80
                    />
                </div>
                <Button
                    id="create-token"
                    label="Make a token"
                    variant=ButtonVariant::Primary
                    submit=true
                    reason=hold
                    reason_elsewhere=true
                />
            </fieldset>
        </ActionForm>
        <Refusal problem=refused />
        <noscript>
            "Making a token needs JavaScript, because its secret is shown once and kept nowhere. Without it, an operator can make one on the server's machine: sluicegate token create --user NAME"
        </noscript>
    }
    .into_any()
}

/// The secret of the token that was just made, and how to use it.
#[component]
fn Secret(create: ServerAction<CreateToken>) -> impl IntoView {
    let origin = RwSignal::new(String::new());
    Effect::new(move |_| origin.set(window().location().origin().unwrap_or_default()));
    let shown = move || {
        let secret = create.value().get()?.ok()?;
        let copied = secret.clone();
        let curl = format!(
            "curl -H 'Authorization: Bearer {secret}' '{}/api/v1/subjects?pattern=order&limit=5'",
            origin.get()
        );
        Some(view! {
            <div class="mt-4">
                <Notice text="Copy the secret now. It is shown this once and kept nowhere." inset=true>
                    <CopyButton text=copied label="Copy the secret" />
                </Notice>
                <p class="mt-2 mono break-all">{secret}</p>
                <div class="mt-2">
                    <Command text=curl />
                </div>
            </div>
        })
    };
    view! { <div aria-live="polite">{shown}</div> }.into_any()
}

#[component]
fn Listed(tokens: Vec<TokenView>, now: domain::time::Timestamp, revoke: ServerAction<RevokeToken>) -> impl IntoView {
    if tokens.is_empty() {
        return view! { <EmptyState title="No token yet" text="Make one for each script, so that each can be revoked alone." /> }
            .into_any();
    }
    let form = Callback::new(move |(id, name): (i64, String)| {
        view! {
            <ActionForm action=revoke>
                <input type="hidden" name="id" value=id.to_string() />
                <Button
                    label=format!("Revoke {name}")
                    icon=Glyph::Trash
                    icon_only=true
                    size=ButtonSize::Small
                    variant=ButtonVariant::Ghost
                    submit=true
                />
            </ActionForm>
        }
        .into_any()
    });
    view! {
        <h2 class="mt-6 font-medium">"Your tokens"</h2>
        <TokenTable tokens now revoke=form />
        <Refusal problem=problem(revoke) />
    }
    .into_any()
}

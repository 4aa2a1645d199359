//! The document, the routes and the shell around every page.

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, SsrMode, StaticSegment, path};

use crate::api::ctx;
use crate::components::shell::Shell;
use crate::pages;

/// The HTML document around the app; rendered on the server only.
pub fn document(options: LeptosOptions) -> impl IntoView {
    ctx::guard_page();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=ctx::chosen_theme()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href="/pkg/sluicegate.css"/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The app: meta context, routes, shell.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        // The empty text stands until a page that is loaded late says its own.
        <Title text="" formatter=|text: String| ctx::title(&text)/>
        <Router>
            <Shell>
                <FlatRoutes fallback=pages::not_found::NotFoundPage>
                    <Route path=StaticSegment("") view=pages::explore::ExplorePage ssr=SsrMode::Async/>
                    <Route path=path!("/subject") view={Lazy::<pages::subject::SubjectRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/designs") view={Lazy::<pages::designs::DesignsRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/designs/:id") view={Lazy::<pages::design::DesignRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/designs/:id/review") view={Lazy::<pages::review::ReviewRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/requests") view={Lazy::<pages::requests::RequestsRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/requests/:id") view={Lazy::<pages::request::RequestRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/runs") view={Lazy::<pages::runs::RunsRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/runs/:id") view={Lazy::<pages::run::RunRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/events") view={Lazy::<pages::events::EventsRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/bulk") view={Lazy::<pages::bulk::BulkRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/registries") view={Lazy::<pages::registries::RegistriesRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/tokens") view={Lazy::<pages::tokens::TokensRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=pages::sign_in::SignInPage ssr=SsrMode::Async/>
                </FlatRoutes>
            </Shell>
        </Router>
    }
}

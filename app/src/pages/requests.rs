//! The requests: one's own, those that wait for one's decision, all.

use domain::policy::Role;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use crate::api::ApiError;
use crate::api::requests::{Inbox, RequestList, requests};
use crate::components::problem::Problem;
use crate::components::request_table::RequestTable;
use crate::components::shell::SessionResource;
use crate::paths;
use crate::query::use_query_value;
use crate::ui::{ButtonVariant, EmptyState, Glyph, LinkButton, SkeletonRows, Tab, Tabs};

/// What one load of the page brings: whose list it is, which inbox, its content.
type Loaded = (bool, Inbox, RequestList);

/// The route; its code is loaded when it is visited.
#[derive(Debug)]
pub struct RequestsRoute;

#[lazy_route]
impl LazyRoute for RequestsRoute {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <RequestsPage /> }.into_any()
    }
}

#[component]
fn RequestsPage() -> impl IntoView {
    let SessionResource(session) = expect_context();
    let inbox = use_query_value("inbox");
    let chosen = Memo::new(move |_| inbox.get().and_then(|word| inbox_of(&word)));
    let list = Resource::new(
        move || chosen.get(),
        move |chosen| async move {
            let reviews = session.await?.actor.is_some_and(|actor| actor.role == Role::Platform);
            let inbox = chosen.unwrap_or(if reviews { Inbox::ToReview } else { Inbox::Mine });
            Ok::<Loaded, ApiError>((reviews, inbox, requests(inbox).await?))
        },
    );
    let tabs = move || list.get().and_then(Result::ok).map(|(reviews, inbox, list)| tabs(reviews, inbox, &list));
    view! {
        <Title text="Requests" />
        <header class="page-head">
            <div class="page-row">
                <h1 class="page-title">"Requests"</h1>
            </div>
            <Transition>
                {move || tabs().map(|tabs| view! { <Tabs label="Inboxes" tabs /> })}
            </Transition>
        </header>
        <Transition fallback=|| {
            view! { <SkeletonRows label="The requests are loading." /> }
        }>{move || list.get().map(content)}</Transition>
    }
    .into_any()
}

fn content(loaded: Result<Loaded, ApiError>) -> AnyView {
    match loaded {
        Err(error) => view! { <Problem error /> }.into_any(),
        Ok((reviews, inbox, list)) if list.requests.is_empty() => view! { <NoRequests reviews inbox /> }.into_any(),
        Ok((_, _, RequestList { requests, now, .. })) => view! { <RequestTable requests now /> }.into_any(),
    }
}

#[component]
fn NoRequests(reviews: bool, inbox: Inbox) -> impl IntoView {
    let (title, text) = match inbox {
        Inbox::Mine => (
            "You have not asked for an event yet",
            "Find an event's schema, design its table and submit it. The request is then here, with its reviews and its run.",
        ),
        Inbox::ToReview if reviews => (
            "Nothing waits for your decision",
            "A request comes here when somebody else submits one, and leaves when it is decided.",
        ),
        Inbox::ToReview => (
            "Nothing waits for your decision",
            "Only the platform team decides on requests. What you asked for is under Mine.",
        ),
        Inbox::All => (
            "Nobody has asked for an event yet",
            "Every onboarding begins with a schema: find one, design its table, and submit it for review.",
        ),
    };
    let next = if inbox == Inbox::ToReview {
        let (href, label) = if reviews {
            (paths::requests_in("all"), "All requests")
        } else {
            (paths::requests_in("mine"), "My requests")
        };
        view! { <LinkButton href label icon=Glyph::Inbox /> }.into_any()
    } else {
        view! { <LinkButton href=paths::EXPLORE label="Explore subjects" icon=Glyph::Search variant=ButtonVariant::Primary /> }
            .into_any()
    };
    view! {
        <EmptyState title text>
            {next}
        </EmptyState>
    }
    .into_any()
}

/// The tabs; "To review" only for those who may decide.
fn tabs(reviews: bool, open: Inbox, list: &RequestList) -> Vec<Tab> {
    let (mine, to_review, all) = list.counts;
    [(Inbox::ToReview, "To review", to_review), (Inbox::Mine, "Mine", mine), (Inbox::All, "All", all)]
        .into_iter()
        .filter(|(inbox, ..)| reviews || *inbox != Inbox::ToReview)
        .map(|(inbox, label, count)| {
            Tab::new(label, paths::requests_in(word(inbox)), inbox == open)
                .with_count(u64::try_from(count).unwrap_or(u64::MAX))
        })
        .collect()
}

fn word(inbox: Inbox) -> &'static str {
    match inbox {
        Inbox::Mine => "mine",
        Inbox::ToReview => "to_review",
        Inbox::All => "all",
    }
}

fn inbox_of(text: &str) -> Option<Inbox> {
    [Inbox::Mine, Inbox::ToReview, Inbox::All].into_iter().find(|inbox| word(*inbox) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_those_who_decide_have_an_inbox_to_review() {
        let list = RequestList { counts: (1, 2, 3), ..RequestList::default() };
        let read = |reviews| {
            tabs(reviews, Inbox::Mine, &list)
                .into_iter()
                .map(|tab| (tab.label, tab.count, tab.current))
                .collect::<Vec<_>>()
        };
        assert_eq!(read(false), [("Mine".to_owned(), Some(1), true), ("All".to_owned(), Some(3), false)]);
        assert_eq!(read(true)[0], ("To review".to_owned(), Some(2), false));
    }

    #[test]
    fn an_inbox_reads_back_from_its_word_and_strangers_mean_the_default() {
        for inbox in [Inbox::Mine, Inbox::ToReview, Inbox::All] {
            assert_eq!(inbox_of(word(inbox)), Some(inbox));
        }
        assert_eq!(inbox_of("everything"), None);
    }
}

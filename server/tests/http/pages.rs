//! Every page for every person: it answers, it has its heading, and nothing in it runs that the policy does not allow.

use std::collections::BTreeMap;

use app::app::App;
use axum::http::header::CONTENT_SECURITY_POLICY;
use domain::subject::{SubjectName, Version};
use leptos_axum::generate_route_list;

use crate::actor::Client;
use crate::answer::Answer;
use crate::html::{Tag, tags, text, unescape};
use crate::world::{ROUTING, World, actor};

/// Every route, a path of it that the demo data answers, and what its heading begins with.
const PAGES: [(&str, &str, &str); 14] = [
    ("/", "/?q=order", "Explore"),
    ("/bulk", "/bulk?subject=payout_sent-value&subject=tip_adjusted-value", "Onboard 2 events"),
    ("/designs", "/designs", "Designs"),
    ("/designs/{id}", "/designs/1", "tip_adjusted"),
    ("/designs/{id}/review", "/designs/1/review", "Review tip_adjusted"),
    ("/events", "/events", "Events"),
    ("/registries", "/registries", "Registries"),
    ("/requests", "/requests", "Requests"),
    ("/requests/{id}", "/requests/1", ""),
    ("/runs", "/runs", "Runs"),
    ("/runs/{id}", "/runs/1", ""),
    ("/sign-in", "/sign-in", "Sign in"),
    ("/subject", "/subject?name=order_placed-value&version=2&view=raw", "order_placed-value"),
    ("/tokens", "/tokens", "API tokens"),
];

/// A world with a draft, an event that went live with its request and run, and a request in review.
async fn demo() -> World {
    let world = World::new().await;
    world.live("cart_updated-value").await;
    world.submitted("engineer", "order_cancelled-value").await;
    let subject = SubjectName::parse("tip_adjusted-value").unwrap();
    world.console.create_draft(&actor("engineer"), &subject, Version(2)).await.unwrap();
    world
}

/// The words of an element and of what is in it.
fn heading(answer: &Answer) -> String {
    let from = answer.body.find("<h1").expect("a heading");
    let to = answer.body[from..].find("</h1>").expect("its end");
    text(&answer.body[from..from + to])
}

#[tokio::test]
async fn every_route_of_the_app_is_looked_at() {
    let _alone = ROUTING.write().await;
    let routes: Vec<_> = generate_route_list(App).iter().map(|route| route.path().to_owned()).collect();
    let mut listed: Vec<_> = PAGES.iter().map(|(route, _, _)| (*route).to_owned()).collect();
    let mut routes: Vec<_> =
        routes.iter().map(|route| if route.is_empty() { "/".to_owned() } else { route.clone() }).collect();
    routes.sort();
    listed.sort();
    assert_eq!(routes, listed);
}

#[tokio::test]
async fn every_page_answers_every_person_with_its_heading() {
    let world = demo().await;
    for name in ["engineer", "analyst", "platform-1", "platform-2"] {
        let person = world.acting(name).await;
        for (_, path, expected) in PAGES {
            let page = person.get(path).await;
            assert_eq!(page.status, 200, "{path} as {name}: {}", page.body);
            let headings = tags(&page.body).iter().filter(|tag| tag.name == "h1").count();
            assert_eq!(headings, 1, "{path} as {name}");
            let heading = heading(&page);
            assert!(heading.starts_with(expected) && !heading.is_empty(), "{path} as {name}: {heading}");
            assert!(!unescape(&page.body).contains("panicked"), "{path}");
        }
    }
}

#[tokio::test]
async fn whoever_is_signed_out_is_sent_to_sign_in_and_back() {
    let world = demo().await;
    for (route, path, _) in PAGES {
        let answer = world.as_nobody().get(path).await;
        if route == "/sign-in" {
            assert_eq!(answer.status, 200);
            continue;
        }
        assert_eq!(answer.status, 303, "{path}");
        let return_to = answer.goes_to().strip_prefix("/sign-in?return_to=").unwrap();
        assert_eq!(return_to, app::paths::encode(path));
        assert!(answer.body.is_empty(), "nothing is shown");
    }
}

#[tokio::test]
async fn what_is_not_there_says_so_with_its_status() {
    let world = demo().await;
    let engineer = world.as_engineer().await;
    let missing = ["/nothing", "/requests/77", "/requests/x", "/runs/77", "/designs/77", "/designs/77/review"];
    let missing = missing.into_iter().chain(["/subject?name=nothing-value", "/pkg/nothing.js", "/designs/1/x"]);
    for path in missing {
        let page = engineer.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(!heading(&page).is_empty(), "{path}");
    }
    assert_eq!(heading(&engineer.get("/nothing").await), "There is no such page");
    for path in ["/subject", "/subject?name=", "/subject?name=%01"] {
        assert_eq!(engineer.get(path).await.status, 422, "{path}");
    }
}

/// What the policy allows scripts to be marked with.
fn nonce(page: &Answer) -> String {
    let policy = page.header(CONTENT_SECURITY_POLICY);
    let (_, rest) = policy.split_once("'nonce-").unwrap_or_else(|| panic!("no nonce in {policy}"));
    rest.split_once('\'').unwrap().0.to_owned()
}

fn assert_harmless(tag: &Tag, nonce: &str, path: &str) {
    match tag.name.as_str() {
        "script" => assert_eq!(tag.attribute("nonce"), Some(nonce), "{path}: {tag:?}"),
        "style" | "base" | "object" | "embed" | "iframe" | "frame" => panic!("{path}: {tag:?}"),
        _ => {}
    }
    for (name, value) in tag.attributes() {
        assert!(!name.starts_with("on"), "{path}: {tag:?}");
        assert_ne!(name, "style", "{path}: {tag:?}");
        if ["href", "src", "action", "formaction", "poster", "xlink:href"].contains(&name) {
            let own = value.starts_with('/') && !value.starts_with("//") || value.starts_with('#');
            assert!(own, "{path}: {tag:?}");
        }
    }
}

#[tokio::test]
async fn no_page_holds_a_script_style_or_address_that_its_policy_would_refuse() {
    let world = demo().await;
    let (engineer, reviewer) = (world.as_engineer().await, world.as_platform().await);
    let mut nonces = BTreeMap::new();
    for (_, path, _) in PAGES.into_iter().chain([("", "/nothing", ""), ("", "/requests/2", "")]) {
        for person in [&engineer, &reviewer, &world.as_nobody()] {
            let page: Answer = Client::get(person, path).await;
            if page.status == 303 {
                continue;
            }
            let nonce = nonce(&page);
            assert!(nonce.len() >= 16, "{nonce}");
            let tags = tags(&page.body);
            assert!(tags.iter().any(|tag| tag.name == "script"), "{path} is hydrated");
            tags.iter().for_each(|tag| assert_harmless(tag, &nonce, path));
            *nonces.entry(nonce).or_insert(0) += 1;
        }
    }
    assert!(nonces.values().all(|times| *times == 1), "each answer has a nonce of its own");
}

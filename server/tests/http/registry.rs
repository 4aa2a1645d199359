//! A registry that fails in every way: pages serve what was read last, say what is wrong, and never wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::registry::RegistryName;
use server::config::RegistrySetting;
use server::registry::parse_location;

use crate::html::text;
use crate::world::{POLL, World, actor, wait};

#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Mood {
    Well,
    Error,
    Html,
    Slow,
    Garbage,
    Elsewhere,
    Forbidden,
}

/// A registry server with one subject and a mood.
struct Server {
    url: String,
    mood: Arc<AtomicU8>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mood = Arc::new(AtomicU8::new(Mood::Well as u8));
        let router = Router::new().fallback(answer).with_state(mood.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, mood, task }
    }

    fn is(&self, mood: Mood) {
        self.mood.store(mood as u8, Ordering::SeqCst);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(mood): State<Arc<AtomicU8>>, uri: Uri) -> Response {
    let json = |text: &'static str| ([(header::CONTENT_TYPE, "application/json")], text).into_response();
    let is = |of: Mood| mood.load(Ordering::SeqCst) == of as u8;
    if is(Mood::Error) {
        return (StatusCode::INTERNAL_SERVER_ERROR, "secret-of-the-registry").into_response();
    } else if is(Mood::Html) {
        return ([(header::CONTENT_TYPE, "text/html")], "<h1>Log in</h1><!-- secret-of-the-registry -->")
            .into_response();
    } else if is(Mood::Garbage) {
        return json("{\"secret-of-the-registry\":");
    } else if is(Mood::Elsewhere) {
        return Redirect::to("http://169.254.169.254/secret-of-the-registry").into_response();
    } else if is(Mood::Forbidden) {
        return StatusCode::UNAUTHORIZED.into_response();
    } else if is(Mood::Slow) {
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
    match uri.path() {
        "/subjects" => json("[\"order_placed-value\"]"),
        "/subjects/order_placed-value/versions" => json("[1]"),
        "/subjects/order_placed-value/versions/1" => json(
            r#"{"id": 1, "version": 1, "subject": "order_placed-value", "schema":
            "{\"type\":\"record\",\"name\":\"OrderPlaced\",\"fields\":[{\"name\":\"order_id\",\"type\":\"string\"}]}"}"#,
        ),
        _ => (StatusCode::NOT_FOUND, "{\"error_code\": 40401}").into_response(),
    }
}

async fn over(server: &Server) -> World {
    World::over(parse_location(&server.url).unwrap()).await
}

/// Explore's words once they hold `expected`.
async fn explore_says(world: &World, expected: &str) -> String {
    let engineer = world.as_engineer().await;
    wait(async || {
        let page = engineer.get("/").await;
        assert_eq!(page.status, 200, "{}", page.body);
        Some(text(&page.body)).filter(|text| text.contains(expected))
    })
    .await
}

#[tokio::test]
async fn a_registry_that_begins_to_fail_is_told_and_the_last_snapshot_serves() {
    let server = Server::start().await;
    let world = over(&server).await;
    world.until_read().await;
    let engineer = world.as_engineer().await;
    let moods = [
        (Mood::Error, "500"),
        (Mood::Html, "HTML instead of JSON"),
        (Mood::Garbage, "something that is not"),
        (Mood::Elsewhere, "not followed"),
        (Mood::Forbidden, "credentials"),
    ];
    for (mood, word) in moods {
        server.is(mood);
        let words = explore_says(&world, word).await;
        assert!(words.contains("You are reading the snapshot of"), "{words}");
        assert!(words.contains("order_placed-value"), "{words}");
        assert!(!words.contains("secret-of-the-registry"), "{words}");
        let subject = engineer.get("/subject?name=order_placed-value").await;
        assert_eq!(subject.status, 200, "{}", subject.body);
        assert!(text(&subject.body).contains("order_id"));
        engineer.get("/api/v1/subjects").await.json(200);
        server.is(Mood::Well);
        wait(async || (!text(&engineer.get("/").await.body).contains(word)).then_some(())).await;
    }
}

#[tokio::test]
async fn a_registry_that_goes_down_leaves_what_was_read() {
    let server = Server::start().await;
    let world = over(&server).await;
    world.until_read().await;
    drop(server);
    // A call that was under way when it went down breaks off; the next one finds nobody.
    let words = explore_says(&world, "cannot be reached").await;
    assert!(words.contains("You are reading the snapshot of") && words.contains("order_placed-value"), "{words}");
    assert_eq!(world.as_nobody().get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_registry_that_was_never_there_leaves_pages_that_say_so() {
    let world = World::over(parse_location("http://127.0.0.1:9").unwrap()).await;
    let words = explore_says(&world, "cannot be reached").await;
    assert!(words.contains("Nothing has been read yet. This page fills when the registry answers."), "{words}");
}

#[tokio::test]
async fn no_page_waits_for_a_registry_that_is_slow() {
    let server = Server::start().await;
    let world = over(&server).await;
    world.until_read().await;
    server.is(Mood::Slow);
    let engineer = world.as_engineer().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    for path in ["/", "/subject?name=order_placed-value", "/designs", "/events", "/api/v1/subjects?pattern=order"] {
        let started = Instant::now();
        assert_eq!(engineer.get(path).await.status, 200, "{path}");
        assert!(started.elapsed() < Duration::from_secs(5), "{path} took {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn several_registries_are_read_side_by_side_and_one_that_is_gone_is_named() {
    let (eu, us) = (Server::start().await, Server::start().await);
    let setting = |name: &str, server: &Server| RegistrySetting {
        name: RegistryName::parse(name).unwrap(),
        ..RegistrySetting::only(parse_location(&server.url).unwrap(), POLL)
    };
    let world = World::over_all(vec![setting("eu", &eu), setting("us", &us)]).await;
    world.until_read().await;
    let states = world.console.registries(&actor("engineer")).unwrap();
    let told: Vec<(String, usize)> = states.into_iter().map(|one| (one.name.to_string(), one.freshness.read)).collect();
    assert_eq!(told, [("eu".to_owned(), 1), ("us".to_owned(), 1)]);
    us.is(Mood::Forbidden);
    let words = explore_says(&world, "us: The registry at").await;
    assert!(words.contains("You are reading the snapshot of"), "{words}");
    let states = world.console.registries(&actor("engineer")).unwrap();
    assert_eq!((states[0].freshness.trouble.is_some(), states[1].freshness.trouble.is_some()), (false, true));
    us.is(Mood::Well);
    wait(async || (!text(&world.as_engineer().await.get("/").await.body).contains("us: ")).then_some(())).await;
}

#[tokio::test]
async fn a_restart_without_its_registry_serves_what_was_read_last() {
    let server = Server::start().await;
    let location = parse_location(&server.url).unwrap();
    let world = World::over(location.clone()).await;
    world.until_read().await;
    let folder = world.ended().await;
    drop(server);
    let world = World::again(folder, location).await;
    let words = explore_says(&world, "cannot be reached").await;
    assert!(words.contains("You are reading the snapshot of") && words.contains("order_placed-value"), "{words}");
    let subject = world.as_engineer().await.get("/subject?name=order_placed-value").await;
    assert!(text(&subject.body).contains("order_id"), "{}", subject.body);
}

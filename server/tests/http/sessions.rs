//! Signing in and out: who may, what the cookie is like, and where it leads back to.

use axum::http::header::{ACCEPT, HOST, REFERER, SET_COOKIE};

use crate::actor::Client;
use crate::answer::{Answer, assert_own};
use crate::world::World;

const RETURN_TO: [&str; 26] = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "\t//evil.example",
    " //evil.example",
    "https://evil.example",
    "https:evil.example",
    "HTTPS:/evil.example",
    "http:/\\evil.example",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    ":80",
    "?x",
    "#x",
    "",
    "/\u{0}//evil.example",
    "/\u{85}/evil.example",
    "///\\;@evil.example",
];

const NOT_OFFERED: &str = "Signing in as a seeded user is offered only on a loopback address. Open the console as http://127.0.0.1 \
    or http://localhost.";

/// The session's secret in the cookie that an answer sets, after a look at the cookie's flags.
#[track_caller]
fn secret(answer: &Answer) -> String {
    let cookies: Vec<_> = answer.headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    let mut parts = cookies[0].split("; ");
    let (name, value) = parts.next().unwrap().split_once('=').unwrap();
    assert_eq!((name, value.len()), ("sluicegate_session", 64));
    assert_eq!(parts.collect::<Vec<_>>(), ["Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Lax"]);
    value.to_owned()
}

async fn sign_in(who: &Client, user: &str, return_to: &str) -> Answer {
    who.form("/session/begin", &[("user", user), ("return_to", return_to)]).await
}

async fn is_signed_in(world: &World, secret: &str) -> bool {
    world.as_nobody().with_session(secret).get("/requests").await.status == 200
}

#[tokio::test]
async fn a_person_signs_in_and_is_led_back_to_the_page() {
    let world = World::new().await;
    let sent = world.as_nobody().get("/requests?inbox=mine&q=a%2Fb").await;
    assert_eq!(sent.status, 303);
    let (page, query) = sent.goes_to().split_once('?').unwrap();
    assert_eq!(page, "/sign-in");
    let (_, return_to) = url::form_urlencoded::parse(query.as_bytes()).next().unwrap();
    let answer = sign_in(&world.as_nobody(), "engineer", &return_to).await;
    assert_eq!((answer.status.as_u16(), answer.goes_to()), (303, "/requests?inbox=mine&q=a%2Fb"));
    assert!(is_signed_in(&world, &secret(&answer)).await);
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_the_browser_had() {
    let world = World::new().await;
    let first = secret(&sign_in(&world.as_nobody(), "engineer", "/").await);
    let second = secret(&sign_in(&world.as_nobody().with_session(&first), "platform-1", "/").await);
    assert_ne!(first, second);
    assert!(!is_signed_in(&world, &first).await);
    assert!(is_signed_in(&world, &second).await);
}

#[tokio::test]
async fn a_secret_that_the_browser_brings_is_never_taken_over() {
    let world = World::new().await;
    let brought = "0".repeat(64);
    let given = secret(&sign_in(&world.as_nobody().with_session(&brought), "engineer", "/").await);
    assert_ne!(given, brought);
    assert!(!is_signed_in(&world, &brought).await);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let world = World::new().await;
    let secret = secret(&sign_in(&world.as_nobody(), "engineer", "/").await);
    let answer = world.as_nobody().with_session(&secret).form("/session/end", &[]).await;
    assert_eq!(answer.goes_to(), "/sign-in");
    assert_eq!(answer.header(SET_COOKIE), "sluicegate_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    assert!(!is_signed_in(&world, &secret).await);
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    use sqlx::Connection as _;
    let world = World::new().await;
    let secret = secret(&sign_in(&world.as_nobody(), "engineer", "/").await);
    let mut raw = world.raw().await;
    sqlx::query("UPDATE sessions SET expires_at = begun_at + 1").execute(&mut raw).await.unwrap();
    raw.close().await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    assert!(!is_signed_in(&world, &secret).await);
}

#[tokio::test]
async fn a_cookie_that_is_none_of_ours_is_nobody() {
    let world = World::new().await;
    for secret in ["", "x", "\"", "' OR 1=1 --", &"f".repeat(64), &"z".repeat(5000), "a=b"] {
        let answer = world.as_nobody().with_session(secret).get("/requests").await;
        assert_eq!(answer.goes_to(), "/sign-in?return_to=%2Frequests", "{secret:?}");
    }
}

#[tokio::test]
async fn somebody_who_is_not_there_cannot_sign_in() {
    let world = World::new().await;
    let before = world.dump().await;
    for user in ["root", "", "Engineer", "engineer ", "<b>"] {
        let sentence = sign_in(&world.as_nobody(), user, "/").await.problem(404);
        assert_eq!(sentence, format!("There is no user {user}. Choose one of those offered."));
    }
    assert_eq!(world.dump().await, before);
}

#[tokio::test]
async fn nobody_is_offered_and_nobody_signs_in_on_an_address_that_others_reach() {
    let world = World::not_on_loopback().await;
    let before = world.dump().await;
    for user in ["engineer", "platform-1", "root"] {
        let sentence = sign_in(&world.as_nobody(), user, "/").await.problem(403);
        assert_eq!(sentence, NOT_OFFERED);
    }
    assert_eq!(world.dump().await, before);
    let page = world.as_nobody().get("/sign-in").await;
    assert!(!page.body.contains("platform-1"), "nobody is named");
}

#[tokio::test]
async fn another_name_that_leads_to_this_machine_signs_nobody_in() {
    let world = World::new().await;
    let before = world.dump().await;
    for host in
        ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:3000", "192.168.0.1", "[::2]", "127.0.0.1@x"]
    {
        let trapped = world.as_nobody().with(HOST, host);
        assert_eq!(sign_in(&trapped, "platform-1", "/").await.problem(403), NOT_OFFERED, "{host}");
    }
    assert_eq!(world.dump().await, before);
    for host in ["localhost", "localhost:3000", "127.0.0.1", "[::1]:3000"] {
        secret(&sign_in(&world.as_nobody().with(HOST, host), "platform-1", "/").await);
    }
}

#[tokio::test]
async fn signing_in_leads_nowhere_else() {
    let world = World::new().await;
    for return_to in RETURN_TO {
        assert_eq!(sign_in(&world.as_nobody(), "engineer", return_to).await.goes_to(), "/", "{return_to:?}");
        let form = [("theme", "dark"), ("return_to", return_to)];
        world.as_nobody().form("/preferences/theme", &form).await.goes_to();
    }
    for return_to in
        ["/%2f%2fevil.example", "/..//evil.example", "/.//evil.example", "/%5cevil.example", "/;@evil.example"]
    {
        assert_own(sign_in(&world.as_nobody(), "engineer", return_to).await.goes_to());
    }
}

#[tokio::test]
async fn the_sign_in_page_hands_on_no_address_elsewhere() {
    let world = World::new().await;
    for return_to in RETURN_TO {
        let page = world.as_nobody().get(&format!("/sign-in?return_to={}", app::paths::encode(return_to))).await;
        let tags = crate::html::tags(&page.body);
        let hidden = tags.iter().filter(|tag| tag.attribute("name") == Some("return_to"));
        let values: Vec<_> = hidden.map(|tag| tag.attribute("value").unwrap().to_owned()).collect();
        assert!(!values.is_empty(), "the forms carry it");
        values.iter().for_each(|value| assert_own(value));
    }
}

#[tokio::test]
async fn a_form_without_a_script_goes_back_to_this_console_whatever_it_says_it_comes_from() {
    let world = World::new().await;
    let engineer = world.as_engineer().await.with(ACCEPT, "text/html");
    for referer in [
        "https://evil.example/phish?x=1",
        "//evil.example",
        "https://evil.example//evil.example",
        "javascript:alert(1)",
    ] {
        let from = engineer.clone().with(REFERER, referer);
        let failed = from.form("/api/ui/withdraw", &[("id", "77")]).await;
        assert_own(failed.goes_to());
        let done = from.form("/api/ui/create-token", &[("name", "CI")]).await;
        assert_own(done.goes_to());
        assert_own(from.form("/preferences/theme", &[("theme", "dark")]).await.goes_to());
    }
    let from = engineer.with(REFERER, "http://127.0.0.1:3000/tokens?a=b");
    assert_eq!(from.form("/preferences/theme", &[("theme", "dark")]).await.goes_to(), "/tokens?a=b");
}

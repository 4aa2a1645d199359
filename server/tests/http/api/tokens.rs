//! Tokens: every call but the contract needs one, and only one that is known, not revoked and written as the standard says.

use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};

use crate::actor::Client;
use crate::world::{World, actor};

const CALLS: [(&str, &str); 9] = [
    ("GET", "/api/v1/subjects"),
    ("GET", "/api/v1/subjects/order_placed-value/versions/1"),
    ("POST", "/api/v1/render"),
    ("GET", "/api/v1/requests"),
    ("POST", "/api/v1/requests"),
    ("GET", "/api/v1/requests/1"),
    ("POST", "/api/v1/requests/1/decisions"),
    ("GET", "/api/v1/runs/1"),
    ("GET", "/api/v1/events"),
];

/// The one sentence that every call gives.
async fn refusal(who: &Client) -> String {
    let mut sentences = Vec::new();
    for (method, path) in CALLS {
        let answer = who.send(method, path, "application/json", "{}").await;
        assert_eq!(answer.header(WWW_AUTHENTICATE), "Bearer", "{method} {path}");
        sentences.push(answer.problem(401));
    }
    sentences.dedup();
    assert_eq!(sentences.len(), 1, "{sentences:?}");
    sentences.remove(0)
}

#[tokio::test]
async fn a_call_without_a_token_says_where_to_get_one() {
    let world = World::new().await;
    let before = world.dump().await;
    insta::assert_snapshot!(
        refusal(&world.as_nobody()).await,
        @"This call needs a token. Make one on the API tokens page and send it as Authorization: Bearer sgt_…."
    );
    assert_eq!(world.dump().await, before);
}

#[tokio::test]
async fn a_token_that_is_not_known_is_refused() {
    let world = World::new().await;
    let known = world.as_engineer().await;
    let token = known.token();
    for wrong in ["sgt_0", "", "%00", &token[1..], &format!("{token}0"), &token.to_uppercase()] {
        let sentence = refusal(&world.as_nobody().with_token(wrong)).await;
        assert_eq!(
            sentence, "This token is not known here. It may be revoked, or made for another console.",
            "{wrong:?}"
        );
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_from_the_next_call_on() {
    let world = World::new().await;
    let (token, secret) = world.console.create_token(&actor("engineer"), "CI").await.unwrap();
    let script = world.as_nobody().with_token(&secret);
    script.get("/api/v1/events").await.json(200);
    world.console.revoke_token(&actor("engineer"), token.id).await.unwrap();
    assert!(refusal(&script).await.contains("revoked"));
}

#[tokio::test]
async fn a_sessions_secret_is_no_token_and_a_token_is_no_session() {
    let world = World::new().await;
    let person = world.as_engineer().await;
    assert!(refusal(&world.as_nobody().with_token(person.session())).await.contains("not known"));
    let answer = world.as_nobody().with_session(person.token()).get("/requests").await;
    assert_eq!(answer.goes_to(), "/sign-in?return_to=%2Frequests");
}

#[tokio::test]
async fn a_token_is_written_as_the_standard_says() {
    let world = World::new().await;
    let known = world.as_engineer().await;
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let who = world.as_nobody().with(AUTHORIZATION, &format!("{scheme} {}", known.token()));
        who.get("/api/v1/events").await.json(200);
    }
    for wrong in [known.token().to_owned(), format!("Basic {}", known.token()), format!("Bearer{}", known.token())] {
        assert!(refusal(&world.as_nobody().with(AUTHORIZATION, &wrong)).await.contains("needs a token"), "{wrong}");
    }
}

#[tokio::test]
async fn the_store_keeps_no_secret() {
    let world = World::new().await;
    let person = world.as_engineer().await;
    let dump = world.dump().await;
    for secret in [person.token(), person.session(), person.token().trim_start_matches("sgt_")] {
        assert!(!dump.contains(secret));
    }
}

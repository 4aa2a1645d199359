//! Starting and stopping: what a server says, what it refuses, and that it ends when it is told to.

use std::time::{Duration, Instant};

use futures::StreamExt as _;
use serde_json::json;

use crate::server::{Place, client, sluicegate, text};

#[tokio::test]
async fn a_server_ends_in_time_while_somebody_follows_a_run() {
    let place = Place::new();
    let mut server = place.start();
    let (engineer, reviewer) = (server.script(&place.token("engineer")), server.script(&place.token("platform-1")));
    engineer.until_read().await;
    let submitted = engineer.post("/requests", &json!({ "subject": "order_placed-value", "version": 6 })).await;
    let mut raw = sqlx_connection(&place).await;
    let approval = json!({ "decision": "approve", "digest": submitted["digest"] });
    let run = reviewer.post(&format!("/requests/{}/decisions", submitted["id"]), &approval).await["run"].clone();
    engineer.until(&format!("/runs/{run}"), |run| run["state"] == "completed").await;
    // A run that is never over: its stream would stay open for ever.
    sqlx::query("UPDATE runs SET state = 'stuck', ended_at = NULL, machine = json_set(machine, '$.phase', json('{\"phase\":\"stuck\",\"reason\":\"x\"}'))")
        .execute(&mut raw)
        .await
        .unwrap();

    let client = client();
    let form = [("user", "engineer"), ("return_to", "/")];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let signed_in = client.post(format!("{}/session/begin", server.url)).body(body);
    let signed_in = signed_in.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let stream = client.get(format!("{}/runs/{run}/stream", server.url)).header("cookie", cookie).send().await.unwrap();
    assert_eq!(stream.status(), 200);
    let mut chunks = stream.bytes_stream();
    assert!(text(&chunks.next().await.unwrap().unwrap()).starts_with("event: run"));

    let stopped = Instant::now();
    server.terminate();
    let status = server.ends().await;
    assert!(status.success(), "{status}");
    assert!(stopped.elapsed() < Duration::from_secs(10), "{:?}", stopped.elapsed());
    assert!(chunks.next().await.is_none_or(|chunk| chunk.is_err() || chunk.unwrap().is_empty()), "the stream ended");
}

async fn sqlx_connection(place: &Place) -> sqlx::SqliteConnection {
    use sqlx::ConnectOptions as _;
    sqlx::sqlite::SqliteConnectOptions::new().filename(place.data().join("sluicegate.db")).connect().await.unwrap()
}

#[tokio::test]
async fn a_second_server_on_the_same_folder_refuses_and_the_first_goes_on() {
    let place = Place::new();
    let server = place.start();
    let output = place.command().output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let sentence = format!(
        "error: Another sluicegate serves from {} already. Stop it first, or give this one a data folder of its own.\n",
        place.data().display()
    );
    assert!(text(&output.stderr).ends_with(&sentence), "{}", text(&output.stderr));
    server.script(&place.token("engineer")).until_read().await;
}

#[tokio::test]
async fn a_folder_is_free_again_when_its_server_is_gone() {
    let place = Place::new();
    let mut server = place.start();
    server.child.kill().unwrap();
    server.ends().await;
    let server = place.start();
    server.script(&place.token("engineer")).until_read().await;
}

#[tokio::test]
async fn a_token_stays_good_over_a_restart() {
    let place = Place::new();
    let mut server = place.start();
    let token = place.token("engineer");
    server.script(&token).until_read().await;
    server.terminate();
    assert!(server.ends().await.success());
    place.start().script(&token).until_read().await;
}

#[test]
fn an_address_that_is_taken_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let place = Place::new();
    let mut command = sluicegate();
    command.args(["--addr", &addr, "--data"]).arg(place.data()).arg("--site").arg(place.folder.path().join("site"));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.contains(&format!("error: Cannot listen on {addr}: ")) && told.contains("--addr"), "{told}");
}

#[test]
fn a_site_that_is_not_built_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let output = sluicegate()
        .arg("--site")
        .arg(folder.path())
        .args(["--addr", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("Build with make build or make run, or give --site."));
}

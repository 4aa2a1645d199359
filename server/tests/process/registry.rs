//! A registry server in memory, as much of the Confluent API as the commands use.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::thread;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

#[derive(Default)]
struct Kept {
    subjects: BTreeMap<String, Vec<Value>>,
    posted: Vec<Value>,
    level: String,
    refusal: Option<String>,
}

type Shared = Arc<Mutex<Kept>>;
type Answer = (StatusCode, Json<Value>);

/// The server, until the test ends.
pub struct Registry {
    port: u16,
    kept: Shared,
}

impl Registry {
    /// A server that has each subject in one version.
    pub fn start(subjects: &[(&str, &str)]) -> Self {
        let first = |(subject, schema): &(&str, &str)| ((*subject).to_owned(), vec![json!({ "schema": schema })]);
        let kept = Kept { subjects: subjects.iter().map(first).collect(), level: "BACKWARD".into(), ..Kept::default() };
        let kept = Arc::new(Mutex::new(kept));
        let router = Router::new()
            .route("/subjects/{subject}/versions", get(versions).post(register))
            .route("/subjects/{subject}/versions/{version}", get(version))
            .route("/config/{subject}", get(level))
            .with_state(kept.clone());
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, router).await.unwrap();
            });
        });
        Self { port, kept }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What was posted.
    pub fn posted(&self) -> Vec<Value> {
        self.kept.lock().unwrap().posted.clone()
    }

    pub fn set_level(&self, level: &str) {
        self.kept.lock().unwrap().level = level.to_owned();
    }

    /// Refuses every new version from now on.
    pub fn refuse(&self, why: &str) {
        self.kept.lock().unwrap().refusal = Some(why.to_owned());
    }
}

fn missing() -> Answer {
    (StatusCode::NOT_FOUND, Json(json!({ "error_code": 40401, "message": "Subject not found." })))
}

async fn versions(State(kept): State<Shared>, Path(subject): Path<String>) -> Answer {
    match kept.lock().unwrap().subjects.get(&subject) {
        Some(schemas) => (StatusCode::OK, Json(json!((1..=schemas.len()).collect::<Vec<_>>()))),
        None => missing(),
    }
}

async fn version(State(kept): State<Shared>, Path((subject, version)): Path<(String, usize)>) -> Answer {
    let kept = kept.lock().unwrap();
    let Some(schema) = kept.subjects.get(&subject).and_then(|schemas| schemas.get(version - 1)) else {
        return missing();
    };
    let mut answer = json!({ "subject": subject, "version": version, "id": version, "references": [] });
    answer.as_object_mut().unwrap().extend(schema.as_object().unwrap().clone());
    (StatusCode::OK, Json(answer))
}

async fn register(State(kept): State<Shared>, Path(subject): Path<String>, Json(schema): Json<Value>) -> Answer {
    let mut kept = kept.lock().unwrap();
    if let Some(why) = &kept.refusal {
        return (StatusCode::CONFLICT, Json(json!({ "error_code": 409, "message": why })));
    }
    kept.posted.push(schema.clone());
    let schemas = kept.subjects.entry(subject).or_default();
    schemas.push(schema);
    (StatusCode::OK, Json(json!({ "id": schemas.len() })))
}

async fn level(State(kept): State<Shared>) -> Answer {
    (StatusCode::OK, Json(json!({ "compatibilityLevel": kept.lock().unwrap().level })))
}

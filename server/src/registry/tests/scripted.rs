//! A server of the Confluent API over any registry, on a port of its own. Paths are taken apart before they are decoded, as servers do that
//! allow a slash in a name.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::subject::{SubjectName, Version};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use service::ports::registry::{Registry, RegistryError};

pub struct ScriptedServer {
    pub url: String,
    task: tokio::task::JoinHandle<()>,
}

impl ScriptedServer {
    pub async fn start(registry: impl Registry + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/registry", listener.local_addr().unwrap());
        let registry: Arc<dyn Registry> = Arc::new(registry);
        let router = Router::new().fallback(answer).with_state(registry);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, task }
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(registry): State<Arc<dyn Registry>>, uri: Uri) -> Response {
    let decode = |segment: &str| percent_decode_str(segment).decode_utf8().unwrap().into_owned();
    let segments: Vec<String> = uri.path().split('/').skip(1).map(decode).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let found = match segments.as_slice() {
        ["registry", "subjects"] => registry.subjects().await.map(|subjects| json!(subjects)),
        ["registry", "subjects", subject, "versions"] => {
            registry.versions(&plain(subject)).await.map(|versions| json!(versions))
        }
        ["registry", "subjects", subject, "versions", version] => {
            schema(registry.as_ref(), &plain(subject), Version(version.parse().unwrap())).await
        }
        _ => return error(StatusCode::NOT_FOUND, 404),
    };
    match found {
        Ok(value) => {
            ([(header::CONTENT_TYPE, "application/vnd.schemaregistry.v1+json")], value.to_string()).into_response()
        }
        Err(RegistryError::NotFound(_)) => error(StatusCode::NOT_FOUND, 40401),
        Err(_) => error(StatusCode::INTERNAL_SERVER_ERROR, 50001),
    }
}

/// The default context can be named or left out.
fn plain(subject: &str) -> SubjectName {
    SubjectName::parse(subject.strip_prefix(":.:").unwrap_or(subject)).unwrap()
}

async fn schema(registry: &dyn Registry, subject: &SubjectName, version: Version) -> Result<Value, RegistryError> {
    let schema = registry.schema(subject, version).await?;
    let mut answer = json!({"subject": subject, "version": version, "id": schema.id, "schema": schema.text});
    let word = json!(schema.schema_type);
    if word != "AVRO" {
        answer["schemaType"] = word;
    }
    let references = schema.references.iter();
    let references: Vec<Value> =
        references.map(|r| json!({"name": r.name, "subject": r.subject, "version": r.version})).collect();
    if !references.is_empty() {
        answer["references"] = json!(references);
    }
    Ok(answer)
}

fn error(status: StatusCode, code: u32) -> Response {
    (status, json!({"error_code": code, "message": "No."}).to_string()).into_response()
}

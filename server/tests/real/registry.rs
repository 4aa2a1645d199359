//! A registry that is running, asked without any of the code under test.

use domain::compare::Level;
use domain::schema::SchemaText;
use domain::subject::{SchemaType, Version};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::server::client;

/// What a schema refers to: the name it uses, a subject, and a version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Referred {
    pub name: String,
    pub subject: String,
    pub version: Version,
}

/// A running registry.
pub struct Registry {
    pub url: String,
    client: Client,
}

impl Registry {
    /// The registry that the environment gives under this name, such as `SLUICEGATE_REAL_AXONOPS`.
    pub fn given(name: &'static str) -> Self {
        let variable = format!("SLUICEGATE_REAL_{}", name.to_uppercase());
        let url = std::env::var(&variable)
            .unwrap_or_else(|_| panic!("{variable} gives no address: run make test-real, which starts the registry."));
        Self { url, client: client() }
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, String) {
        let request = self.client.request(method, format!("{}{path}", self.url));
        let request = match body {
            Some(body) => {
                request.header("content-type", "application/vnd.schemaregistry.v1+json").body(body.to_string())
            }
            None => request,
        };
        let response = request.timeout(std::time::Duration::from_secs(30)).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    /// Registers a version; the error is what the registry says.
    pub async fn register(&self, subject: &str, schema: &SchemaText, referred: &[Referred]) -> Result<(), String> {
        let (status, text) = self
            .ask(Method::POST, &format!("/subjects/{}/versions", encoded(subject)), Some(body(schema, referred)))
            .await;
        if status.is_success() { Ok(()) } else { Err(format!("{status} {text}")) }
    }

    /// Makes a level that of one subject.
    pub async fn set_level(&self, subject: &str, level: Level) {
        let path = format!("/config/{}", encoded(subject));
        let (status, text) = self.ask(Method::PUT, &path, Some(json!({ "compatibility": level }))).await;
        assert!(status.is_success(), "{text}");
    }

    /// Whether the registry would take a schema as the next version of a subject.
    pub async fn would_take(&self, subject: &str, schema: &SchemaText) -> bool {
        let path = format!("/compatibility/subjects/{}/versions/latest", encoded(subject));
        let (status, text) = self.ask(Method::POST, &path, Some(body(schema, &[]))).await;
        assert!(status.is_success(), "{subject}: {status} {text}");
        let answer: Value = serde_json::from_str(&text).unwrap();
        answer["is_compatible"].as_bool().unwrap()
    }

    /// How many versions a subject has.
    pub async fn count(&self, subject: &str) -> usize {
        let (status, text) = self.ask(Method::GET, &format!("/subjects/{}/versions", encoded(subject)), None).await;
        assert!(status.is_success(), "{subject}: {status} {text}");
        serde_json::from_str::<Vec<Value>>(&text).unwrap().len()
    }

    /// The names of all subjects.
    pub async fn subjects(&self) -> Vec<String> {
        let (status, text) = self.ask(Method::GET, "/subjects", None).await;
        assert!(status.is_success(), "{status} {text}");
        serde_json::from_str(&text).unwrap()
    }
}

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A name as one segment of a path.
pub fn encoded(name: &str) -> String {
    utf8_percent_encode(name, SEGMENT).to_string()
}

fn body(schema: &SchemaText, referred: &[Referred]) -> Value {
    let language = match schema.schema_type {
        SchemaType::Avro => "AVRO",
        SchemaType::Protobuf => "PROTOBUF",
        SchemaType::Json => "JSON",
    };
    let reference = |one: &Referred| json!({ "name": one.name, "subject": one.subject, "version": one.version.0 });
    json!({
        "schema": schema.text,
        "schemaType": language,
        "references": referred.iter().map(reference).collect::<Vec<_>>(),
    })
}

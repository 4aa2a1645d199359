//! A server that lists schemas as one of the registries out there does, with its cuts and its lies, and counts what it is asked.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Pages of a thousand schemas, of 20,000 subjects; a larger limit silently becomes that.
    Confluent,
    /// The same of before it said which versions are soft-deleted.
    OldConfluent,
    /// One answer with everything, and the flag for what is soft-deleted the wrong way round.
    Karapace,
    /// Rows that say nothing but the text, and subjects by the thousand.
    Apicurio,
    /// No list of schemas.
    Redpanda,
}

#[derive(Clone)]
pub struct Version {
    pub id: u32,
    pub text: String,
    pub deleted: bool,
}

#[derive(Default)]
pub struct Held {
    pub subjects: BTreeMap<String, BTreeMap<u32, Version>>,
    /// What is answered in the place of a row, as it is.
    pub spoilt: BTreeMap<String, String>,
    /// Every so many calls are refused with a 429.
    pub refuse_each: usize,
}

pub struct Server {
    pub url: String,
    pub held: Arc<Mutex<Held>>,
    pub calls: Arc<AtomicUsize>,
    pub asked: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Clone)]
struct Shared {
    flavour: Flavour,
    held: Arc<Mutex<Held>>,
    calls: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(flavour: Flavour) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (held, calls, asked) = (Arc::default(), Arc::default(), Arc::default());
        let shared = Shared { flavour, held: Arc::clone(&held), calls: Arc::clone(&calls), asked: Arc::clone(&asked) };
        let router = Router::new().fallback(answer).with_state(shared);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, held, calls, asked, task }
    }

    pub fn put(&self, subject: &str, version: u32, id: u32, text: &str) {
        let mut held = self.held.lock().unwrap();
        let of = held.subjects.entry(subject.to_owned()).or_default();
        of.insert(version, Version { id, text: text.to_owned(), deleted: false });
    }

    /// So many subjects with so many versions each.
    pub fn fill(&self, subjects: u32, versions: u32) {
        for number in 0..subjects {
            let name = format!("team{}.service{}.event{number}-value", number % 7, number % 31);
            for version in 1..=versions {
                self.put(&name, version, number * versions + version, &format!("\"{name} {version}\""));
            }
        }
    }

    pub fn soft_delete(&self, subject: &str, version: u32) {
        self.held.lock().unwrap().subjects.get_mut(subject).unwrap().get_mut(&version).unwrap().deleted = true;
    }

    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Query(BTreeMap<String, String>);

impl Query {
    fn of(uri: &Uri) -> Self {
        let pairs = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(name, value)| (name.to_owned(), decode(value))).collect())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn is(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    fn page<T>(&self, rows: Vec<T>, most: usize) -> Vec<T> {
        let number = |name: &str| self.text(name).and_then(|text| text.parse::<usize>().ok());
        let limit = number("limit").filter(|limit| *limit <= most).unwrap_or(most);
        rows.into_iter().skip(number("offset").unwrap_or(0)).take(limit).collect()
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

async fn answer(State(shared): State<Shared>, uri: Uri) -> Response {
    let call = shared.calls.fetch_add(1, Ordering::SeqCst) + 1;
    shared.asked.lock().unwrap().push(uri.to_string());
    let held = shared.held.lock().unwrap();
    if held.refuse_each > 0 && call.is_multiple_of(held.refuse_each) {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "0")]).into_response();
    }
    let (query, path) = (Query::of(&uri), uri.path());
    let segments: Vec<String> = path.split('/').skip(1).map(decode).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let found = match segments.as_slice() {
        ["contexts"] => contexts(shared.flavour, &held),
        ["subjects"] => Some(json!(subjects(shared.flavour, &held, &query))),
        ["schemas"] if shared.flavour != Flavour::Redpanda => return list(shared.flavour, &held, &query),
        ["schemas", "ids", id] => newest(&held, &query, id.parse().unwrap()),
        ["schemas", "ids", id, "versions"] => Some(uses(&held, id.parse().unwrap())),
        ["subjects", subject, "versions"] => versions(&held, subject, query.is("deleted")),
        ["subjects", subject, "versions", version] => one(&held, subject, version.parse().unwrap(), &query),
        ["config", ..] => Some(json!({ "compatibilityLevel": "FULL" })),
        ["mode", ..] => Some(json!({ "mode": "READWRITE" })),
        _ => None,
    };
    match found {
        Some(value) => json_text(value.to_string()),
        None => (StatusCode::NOT_FOUND, json!({ "error_code": 40401, "message": "No." }).to_string()).into_response(),
    }
}

fn json_text(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/vnd.schemaregistry.v1+json")], text).into_response()
}

fn context(name: &str) -> &str {
    name.strip_prefix(":.").and_then(|rest| rest.split_once(':')).map_or("", |(context, _)| context)
}

fn contexts(flavour: Flavour, held: &Held) -> Option<Value> {
    let named = held.subjects.keys().map(|name| format!(".{}", context(name)));
    let all: std::collections::BTreeSet<String> = named.chain([".".to_owned()]).collect();
    matches!(flavour, Flavour::Confluent | Flavour::OldConfluent).then(|| json!(all))
}

fn subjects(flavour: Flavour, held: &Held, query: &Query) -> Vec<String> {
    let shown = |(_, versions): &(&String, &BTreeMap<u32, Version>)| {
        query.is("deleted") || versions.values().any(|version| !version.deleted)
    };
    let names = held.subjects.iter().filter(shown).map(|(name, _)| name.clone()).collect();
    match flavour {
        Flavour::Confluent | Flavour::OldConfluent => query.page(names, 20_000),
        Flavour::Apicurio => query.page(names, 1_000),
        Flavour::Karapace | Flavour::Redpanda => names,
    }
}

fn row(flavour: Flavour, held: &Held, name: &str, number: u32, version: &Version) -> String {
    if let Some(spoilt) = held.spoilt.get(name) {
        return spoilt.clone();
    }
    let mut row = json!({ "subject": name, "version": number, "id": version.id, "schema": version.text });
    match flavour {
        Flavour::Apicurio => row = json!({ "schema": version.text, "schemaType": "AVRO", "references": [] }),
        Flavour::Confluent => row["deleted"] = json!(version.deleted),
        _ => {}
    }
    row.to_string()
}

fn list(flavour: Flavour, held: &Held, query: &Query) -> Response {
    let prefix = query.text("subjectPrefix").unwrap_or_default();
    let whole = flavour == Flavour::Karapace;
    let deleted = query.is("deleted") != whole;
    let mut rows = Vec::new();
    for (name, versions) in &held.subjects {
        if whole || name.starts_with(prefix) && context(name) == context(prefix) {
            let shown = versions.iter().filter(|(_, version)| deleted || !version.deleted);
            rows.extend(shown.map(|(number, version)| row(flavour, held, name, *number, version)));
        }
    }
    let rows = if whole { rows } else { query.page(rows, 1_000) };
    json_text(format!("[{}]", rows.join(",")))
}

fn all(held: &Held) -> impl Iterator<Item = (&String, &u32, &Version)> {
    held.subjects.iter().flat_map(|(name, of)| of.iter().map(move |(number, version)| (name, number, version)))
}

fn newest(held: &Held, query: &Query, id: u32) -> Option<Value> {
    let within = context(query.text("subject").unwrap_or_default());
    let text = all(held).find(|(_, _, version)| version.id == id)?.2.text.clone();
    let newest = all(held).filter(|(name, ..)| context(name) == within).map(|(_, _, version)| version.id).max();
    let mut answer = json!({ "schema": text });
    if query.is("fetchMaxId") {
        answer["maxId"] = json!(newest);
    }
    Some(answer)
}

fn uses(held: &Held, id: u32) -> Value {
    let uses = all(held).filter(|(_, _, version)| version.id == id);
    uses.map(|(name, number, _)| json!({ "subject": name, "version": number })).collect()
}

fn versions(held: &Held, subject: &str, deleted: bool) -> Option<Value> {
    let of = held.subjects.get(subject)?;
    let shown: Vec<u32> = of.iter().filter(|(_, one)| deleted || !one.deleted).map(|(number, _)| *number).collect();
    (!shown.is_empty()).then(|| json!(shown))
}

fn one(held: &Held, subject: &str, number: u32, query: &Query) -> Option<Value> {
    let version = held.subjects.get(subject)?.get(&number)?;
    let shown = query.is("deleted") || !version.deleted;
    shown.then(|| json!({ "subject": subject, "version": number, "id": version.id, "schema": version.text }))
}

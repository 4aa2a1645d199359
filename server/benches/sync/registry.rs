//! A Confluent-like registry whose rows are made beforehand, so that serving them costs as little as can be.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// The server and what it was asked.
pub struct Served {
    pub url: String,
    shared: Arc<Shared>,
}

struct Shared {
    /// By name; each subject's rows as JSON.
    subjects: Vec<(String, Vec<String>)>,
    names: String,
    asked: Mutex<Vec<String>>,
}

impl Served {
    pub async fn start(subjects: usize, versions: usize) -> Self {
        let mut subjects: Vec<(String, Vec<String>)> = (0..subjects).map(|number| subject(number, versions)).collect();
        subjects.sort();
        let names: Vec<&str> = subjects.iter().map(|(name, _)| name.as_str()).collect();
        let names = serde_json::to_string(&names).unwrap();
        let shared = Arc::new(Shared { subjects, names, asked: Mutex::default() });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, shared }
    }

    /// Bytes of all rows.
    pub fn bytes(&self) -> usize {
        self.shared.subjects.iter().flat_map(|(_, rows)| rows).map(String::len).sum()
    }

    pub fn forget(&self) {
        self.shared.asked.lock().unwrap().clear();
    }

    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap().clone()
    }
}

/// A subject whose schema has some two dozen fields, and one more in each version.
fn subject(number: usize, versions: usize) -> (String, Vec<String>) {
    let (env, team) = (["prod", "stage", "dev"][number % 3], number % 41);
    let name = format!("{env}.team{team}.service{}.event_{number}-value", number % 23);
    let row = |version: usize| {
        let mut fields = String::new();
        for field in 0..20 + version {
            let comma = if field == 0 { "" } else { "," };
            write!(fields, "{comma}{{\"name\":\"field_{field}_{}\",\"type\":[\"null\",\"string\"],\"doc\":\"What field {field} of event {number} says.\",\"default\":null}}", number % 997).unwrap();
        }
        let schema = format!(
            "{{\"type\":\"record\",\"name\":\"Event{number}\",\"namespace\":\"com.example\",\"fields\":[{fields}]}}"
        );
        serde_json::json!({
            "subject": name, "version": version, "id": number * versions + version, "guid": "", "schemaType": "AVRO",
            "references": [], "schema": schema, "deleted": false
        })
        .to_string()
    };
    let rows = (1..=versions).map(row).collect();
    (name, rows)
}

async fn answer(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    shared.asked.lock().unwrap().push(uri.to_string());
    let query = |name: &str| {
        let pairs = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next().unwrap_or_default()
    };
    let offset: usize = query("offset").parse().unwrap_or(0);
    match uri.path() {
        "/contexts" => json("[\".\"]".to_owned()),
        "/subjects" => json(if offset == 0 { shared.names.clone() } else { "[]".to_owned() }),
        "/schemas" => {
            let prefix =
                percent_encoding::percent_decode_str(&query("subjectPrefix")).decode_utf8().unwrap().into_owned();
            json(page(&shared, &prefix, offset, query("limit").parse().unwrap_or(1000)))
        }
        path => one(&shared, path),
    }
}

fn page(shared: &Shared, prefix: &str, offset: usize, limit: usize) -> String {
    let from = shared.subjects.partition_point(|(name, _)| name.as_str() < prefix);
    let within = shared.subjects[from..].iter().take_while(|(name, _)| name.starts_with(prefix));
    let rows = within.flat_map(|(_, rows)| rows).skip(offset).take(limit.min(1000));
    let mut body = String::from("[");
    for row in rows {
        if body.len() > 1 {
            body.push(',');
        }
        body.push_str(row);
    }
    body.push(']');
    body
}

fn one(shared: &Shared, path: &str) -> Response {
    let found = (|| {
        let mut parts = path.strip_prefix("/subjects/")?.split("/versions");
        let name = percent_encoding::percent_decode_str(parts.next()?).decode_utf8().ok()?.into_owned();
        let at = shared.subjects.binary_search_by(|(known, _)| known.as_str().cmp(&name)).ok()?;
        let rows = &shared.subjects[at].1;
        match parts.next()?.strip_prefix('/') {
            None => Some(serde_json::json!((1..=rows.len()).collect::<Vec<_>>()).to_string()),
            Some(version) => rows.get(version.parse::<usize>().ok()? - 1).cloned(),
        }
    })();
    match found {
        Some(text) => json(text),
        None => (StatusCode::NOT_FOUND, "{\"error_code\":40401}").into_response(),
    }
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

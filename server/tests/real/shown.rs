//! What a registry is given, the console shows: every subject, every version, every text, and what it refers to.

use std::collections::{BTreeMap, BTreeSet};

use domain::schema::{self, Reference};
use domain::subject::{SchemaType, SubjectName, Version};
use serde_json::Value;

use crate::differences::Differences;
use crate::quirks::{self, OWN_META_SCHEMA};
use crate::registry::{Referred, Registry, encoded};
use crate::server::{Place, Script};
use crate::shelf::{self, Entry};

#[tokio::test]
#[ignore = "needs a registry: make test-real starts one"]
async fn the_console_shows_exactly_what_axonops_holds() {
    show("axonops").await;
}

#[tokio::test]
#[ignore = "needs a registry: make test-real starts one"]
async fn the_console_shows_exactly_what_apicurio_holds() {
    show("apicurio").await;
}

/// What the other suites call their subjects, which run at the same time.
const OTHERS: [&str; 2] = ["agreement-", "quirk"];

async fn show(name: &'static str) {
    let registry = Registry::given(name);
    let quirks = Differences::of(name, "quirk");
    let mut differences = Differences::of(name, "shown");
    let (demonstration, corpus) = (shelf::demonstration(), shelf::corpus());
    let has_corpus = corpus.is_some();
    let entries: Vec<Entry> = demonstration.into_iter().chain(corpus.into_iter().flatten()).collect();
    let count = entries.len();
    let (held, refused) = fill(&registry, entries, &quirks, &mut differences).await;
    let versions: usize = held.values().map(Vec::len).sum();
    println!("{name}: {count} schemas, {versions} versions of {} subjects, {refused} refused with reason", held.len());

    let place = Place::new();
    let mut command = place.command();
    command.args(["--registry", &registry.url]);
    let server = crate::server::Server::start(command);
    let script = server.script(&place.token("engineer"));
    script.until_read().await;
    let own = |subject: &String| !OTHERS.iter().any(|other| subject.starts_with(other));
    let listed: BTreeSet<String> = listed(&script).await.into_iter().filter(own).collect();
    let expected: BTreeSet<String> = held.keys().cloned().collect();
    assert_eq!(expected.symmetric_difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new());
    for (subject, versions) in &held {
        for entry in versions {
            compare(&script, subject, entry, versions.len(), &held).await;
        }
    }
    differences.settle(|what| has_corpus || !what.starts_with("corpus"));
}

type Held = BTreeMap<String, Vec<Entry>>;

/// Registers what refers to nothing that is missing, again and again, until nothing is left or nothing more can be registered.
async fn fill(
    registry: &Registry,
    entries: Vec<Entry>,
    quirks: &Differences,
    differences: &mut Differences,
) -> (Held, usize) {
    let mut held = Held::new();
    let mut refused = 0;
    let mut left = entries;
    loop {
        let before = left.len();
        let mut waiting: Vec<Entry> = Vec::new();
        for entry in left {
            let entry = as_kept(entry, quirks);
            let earlier_waits = waiting.iter().any(|earlier| earlier.subject == entry.subject);
            if earlier_waits || !entry.referred.iter().all(|one| is_held(one, &held)) {
                waiting.push(entry);
                continue;
            }
            match registry.register(&entry.subject, &entry.schema, &entry.referred).await {
                Ok(()) => keep(entry, &mut held),
                Err(_) if is_unsound(&entry, &held) => refused += 1,
                Err(said) => {
                    differences.meet(&format!("{} {} {}", entry.shelf, entry.subject, entry.version), said);
                }
            }
        }
        if waiting.is_empty() || waiting.len() == before {
            let names: Vec<_> = waiting.iter().map(|entry| &entry.subject).collect();
            assert!(names.is_empty(), "what these refer to cannot be registered: {names:?}");
            return (held, refused);
        }
        left = waiting;
    }
}

/// An entry under the names and with the meta-schema that the registry can take.
fn as_kept(entry: Entry, quirks: &Differences) -> Entry {
    let mut entry = entry;
    entry.subject = quirks::kept(&entry.subject, quirks);
    for one in &mut entry.referred {
        one.subject = quirks::kept(&one.subject, quirks);
    }
    if quirks.names(OWN_META_SCHEMA)
        && entry.schema.schema_type == SchemaType::Json
        && let Ok(parsed) = serde_json::from_str::<Value>(&entry.schema.text)
        && let Some(meta) = parsed["$schema"].as_str().filter(|meta| !meta.contains("json-schema.org"))
    {
        entry.schema.text = entry.schema.text.replacen(meta, "http://json-schema.org/draft-04/schema#", 1);
    }
    entry
}

fn is_held(one: &Referred, held: &Held) -> bool {
    held.get(&one.subject).is_some_and(|versions| versions.iter().any(|entry| entry.version == one.version))
}

/// A registry keeps a text that a subject has already as the version that it is.
fn keep(entry: Entry, held: &mut Held) {
    let versions = held.entry(entry.subject.clone()).or_default();
    let same = |other: &Entry| other.schema.text == entry.schema.text && other.referred == entry.referred;
    if !versions.iter().any(same) {
        let version = Version(u32::try_from(versions.len()).unwrap() + 1);
        versions.push(Entry { version, ..entry });
    }
}

/// Whether our reader has an error about it too.
fn is_unsound(entry: &Entry, held: &Held) -> bool {
    let mut text = entry.schema.clone();
    let reference = |one: &Referred, found: &Entry| Reference {
        name: one.name.clone(),
        subject: SubjectName::parse(one.subject.as_str()).unwrap(),
        version: one.version,
        text: found.schema.text.clone(),
    };
    text.references = all_referred(entry, held).iter().map(|(one, found)| reference(one, found)).collect();
    schema::read(&text).diagnostics.iter().any(|found| found.is_error())
}

/// Everything that an entry refers to, directly or through others, each once.
fn all_referred<'a>(entry: &'a Entry, held: &'a Held) -> BTreeMap<&'a Referred, &'a Entry> {
    let mut found = BTreeMap::new();
    let mut open = vec![entry];
    while let Some(next) = open.pop() {
        for one in &next.referred {
            let target = held[&one.subject].iter().find(|entry| entry.version == one.version).unwrap();
            if found.insert(one, target).is_none() {
                open.push(target);
            }
        }
    }
    found
}

async fn listed(script: &Script) -> Vec<String> {
    let mut subjects = Vec::new();
    let mut path = "/subjects?limit=500".to_owned();
    loop {
        let page = script.get(&path).await;
        let names = page["subjects"].as_array().unwrap().iter().map(|row| row["subject"].as_str().unwrap().to_owned());
        subjects.extend(names);
        let Some(next) = page["next"].as_str() else { return subjects };
        path = format!("/subjects?limit=500&cursor={}", encoded(next));
    }
}

async fn compare(script: &Script, subject: &str, entry: &Entry, count: usize, held: &Held) {
    let shown = script.get(&format!("/subjects/{}/versions/{}", encoded(subject), entry.version)).await;
    let text = shown["schema"].as_str().unwrap();
    assert!(text == entry.schema.text, "{subject} {}: {text}\n is not\n{}", entry.version, entry.schema.text);
    let language = serde_json::to_value(entry.schema.schema_type).unwrap();
    assert_eq!(shown["schemaType"], language, "{subject} {}", entry.version);
    assert_eq!(shown["versions"].as_array().unwrap().len(), count, "{subject}");
    let names = |value: &Value| (value["name"].clone(), value["subject"].clone(), value["version"].clone());
    let shown: BTreeSet<String> =
        shown["references"].as_array().unwrap().iter().map(|one| format!("{:?}", names(one))).collect();
    let expected = all_referred(entry, held).into_keys().map(|one| {
        let value = serde_json::json!({ "name": one.name, "subject": one.subject, "version": one.version.0 });
        format!("{:?}", names(&value))
    });
    assert_eq!(shown, expected.collect::<BTreeSet<_>>(), "{subject} {}", entry.version);
}

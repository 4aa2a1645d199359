//! Entries to search, made at random, and the page that an index of them gives.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::compare::Level;
use domain::registry::Onboarding;
use domain::search::engine::{Answer, Standings, Watch};
use domain::search::index::{Builder, Index};
use domain::search::{Entry, EntryVersion, Extract, Overlay, SearchPage, SearchRequest, Standing};
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

pub fn index(entries: &[Entry], generation: u64) -> Index {
    let mut builder = Builder::default();
    entries.iter().for_each(|entry| builder.put(entry));
    builder.build(generation)
}

pub fn page(index: &Index, overlay: &Overlay, request: &SearchRequest) -> SearchPage {
    let standings = Standings::of(index, overlay);
    match Answer::of(index, &standings, request, Watch::patient()) {
        Ok(answer) => answer.page(index, &standings, request),
        Err(problem) => SearchPage { total: index.len(), problem: Some(problem), ..SearchPage::default() },
    }
}

pub fn indexed(entries: &[Entry], overlay: &Overlay, request: &SearchRequest) -> SearchPage {
    page(&index(entries, 1), overlay, request)
}

pub fn indexed_again(old: Index, changes: &[Entry], gone: &[(String, String)], generation: u64) -> Index {
    let mut builder = Builder::over(Arc::new(old));
    changes.iter().for_each(|entry| builder.put(entry));
    gone.iter().for_each(|(registry, name)| builder.remove(registry, name));
    builder.build(generation)
}

fn words(pattern: &'static str, most: usize) -> impl Strategy<Value = BTreeSet<String>> {
    btree_set(pattern, 0..most)
}

fn extract() -> impl Strategy<Value = Extract> {
    let fields = words("(order|item|eMail|ün\u{e9})(_id|\\.name|\\[\\])?", 4);
    let (records, types) = (words("com\\.(Order|Item)", 2), words("string|long|decimal\\(\\d,2\\)", 3));
    let (docs, tags) = (words("(The |an )?(order|item)( of\nit)?", 2), words("pii|gdpr", 2));
    (fields, records, types, docs, tags).prop_map(|(fields, records, types, docs, tags)| Extract {
        fields,
        records,
        types,
        docs,
        tags,
    })
}

fn version() -> impl Strategy<Value = (u32, usize, bool)> {
    (1u32..40, 0usize..3, prop::bool::weighted(0.2))
}

fn entry(name: &'static str) -> impl Strategy<Value = Entry> {
    let level = prop::option::of(0usize..Level::ALL.len());
    (name, 0usize..2, vec(version(), 0..4), level, extract(), vec(extract(), 0..2)).prop_map(
        |(name, registry, versions, level, newest, older)| Entry {
            registry: ["main", "eu"][registry].to_owned(),
            subject: SubjectName::parse(name).unwrap(),
            versions: versions
                .into_iter()
                .enumerate()
                .map(|(at, (id, ty, deleted))| EntryVersion {
                    version: Version(at as u32 + 1),
                    id: SchemaId(id),
                    schema_type: SchemaType::ALL[ty],
                    deleted,
                })
                .collect(),
            compatibility: level.map(|level| Level::ALL[level]),
            newest,
            older: older.into_iter().enumerate().map(|(at, texts)| (Version(at as u32 + 1), texts)).collect(),
        },
    )
}

/// Entries by name and registry, each once; some names are not ASCII.
pub fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let ascii = vec(entry("(:\\.(eu|us):)?(order|cart|Pay|item)[._-](placed|up|ed)?[a-c]?(-value|-key)?"), 0..40);
    let any = vec(entry("(:\\.(eu|\u{fc}):)?(order|c\u{e4}rt|\u{212a}ey)[._-]?(placed|\u{dc}p)?(-value)?"), 0..20);
    prop_oneof![2 => ascii, 1 => any].prop_map(|mut entries| {
        entries.sort_by(|a, b| (&a.subject, &a.registry).cmp(&(&b.subject, &b.registry)));
        entries.dedup_by(|a, b| (&a.subject, &a.registry) == (&b.subject, &b.registry));
        entries
    })
}

/// What the console knows of some of the entries.
pub fn overlay(entries: &[Entry]) -> Overlay {
    let states = [Onboarding::Draft, Onboarding::InReview, Onboarding::Live, Onboarding::Running];
    let standing = |(at, entry): (usize, &Entry)| {
        let standing = Standing {
            onboarding: states[at % 4],
            live: (at % 4 == 2).then_some(Version(1)),
            owner: (at % 5 > 1).then(|| format!("person {}", at % 2)),
        };
        ((entry.registry.clone(), entry.subject.clone()), standing)
    };
    let some = entries.iter().enumerate().filter(|(at, _)| at % 3 == 0);
    Overlay { generation: 1, standings: some.map(standing).collect() }
}

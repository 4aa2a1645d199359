//! What searches find, how it is ordered, paged and counted.

use domain::compare::Level;
use domain::registry::Onboarding;
use domain::schema::{SchemaText, read};
use domain::search::query::Key;
use domain::search::{
    Case, Cursor, Entry, EntryVersion, Extract, Matched, Overlay, Place, SearchPage, SearchRequest, Sort, SortBy,
    Standing, extract, naive,
};
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};

use crate::world::indexed;

fn texts(words: &[&str]) -> std::collections::BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn entry(name: &str, versions: u32, fields: &[&str], docs: &[&str]) -> Entry {
    let version = |version| EntryVersion {
        version: Version(version),
        id: SchemaId(100 + version),
        schema_type: SchemaType::Avro,
        deleted: false,
    };
    Entry {
        registry: "default".into(),
        subject: SubjectName::parse(name).unwrap(),
        versions: (1..=versions).map(version).collect(),
        compatibility: None,
        newest: Extract { fields: texts(fields), docs: texts(docs), ..Extract::default() },
        older: Vec::new(),
    }
}

/// Entries by name, as a registry lists them.
fn shop() -> Vec<Entry> {
    let mut all = vec![
        entry("order_placed-value", 3, &["orderId", "amount"], &["An order."]),
        entry("order_cancelled-value", 1, &["orderId", "reason"], &[]),
        entry("cart_updated-value", 2, &["cartId", "order.id"], &["Goods before they are an order."]),
        entry("payout_sent-value", 5, &["amount"], &["Money that leaves."]),
        entry(":.eu:reorder_placed-value", 1, &["id"], &[]),
        entry("legacy", 0, &[], &[]),
    ];
    all[3].versions[4].schema_type = SchemaType::Protobuf;
    all[3].older = vec![(Version(4), Extract { fields: texts(&["amount", "order_ref"]), ..Extract::default() })];
    all[2].compatibility = Some(Level::Full);
    all[4].versions[0].deleted = true;
    all.sort_by(|a, b| a.subject.cmp(&b.subject));
    all
}

fn overlay() -> Overlay {
    let mut overlay = Overlay::default();
    let standing = Standing { onboarding: Onboarding::Live, live: Some(Version(2)), owner: Some("Jane Doe".into()) };
    overlay.standings.insert(("default".into(), SubjectName::parse("order_placed-value").unwrap()), standing);
    overlay
}

fn everywhere(query: &str) -> SearchRequest {
    let scopes = vec![Place::Subject, Place::Field, Place::Doc];
    SearchRequest { query: query.into(), scopes, ..SearchRequest::default() }
}

/// The page of the index, which is that of the search without one.
fn ask(request: &SearchRequest) -> SearchPage {
    let (entries, overlay) = (shop(), overlay());
    let page = indexed(&entries, &overlay, request);
    assert_eq!(page, naive::search(&entries, &overlay, request));
    page
}

fn found(query: &str) -> Vec<String> {
    let page = ask(&SearchRequest { query: query.into(), ..SearchRequest::default() });
    assert_eq!(page.problem, None, "{query}");
    page.rows.into_iter().map(|row| row.subject.to_string()).collect()
}

#[test]
fn words_are_patterns_for_names_and_all_must_hold() {
    assert_eq!(found("placed order"), [":.eu:reorder_placed-value", "order_placed-value"]);
    assert_eq!(found("order -placed"), ["order_cancelled-value"]);
    assert_eq!(found("^(cart|pay)"), ["cart_updated-value", "payout_sent-value"]);
    assert_eq!(found("").len(), 6);
}

#[test]
fn filters_keep_what_they_say() {
    assert_eq!(found("field:amount type:avro"), ["order_placed-value"]);
    assert_eq!(found("field:order_ref"), ["payout_sent-value"]);
    assert_eq!(found("field:order_ref version:newest"), [""; 0]);
    assert_eq!(found("field:order version:old"), ["payout_sent-value"]);
    assert_eq!(found("context:eu"), [":.eu:reorder_placed-value"]);
    assert_eq!(found("deleted:yes"), [":.eu:reorder_placed-value"]);
    assert_eq!(found("compatibility:full"), ["cart_updated-value"]);
    assert_eq!(found("owner:\"Jane Doe\""), ["order_placed-value"]);
    assert_eq!(found("onboarded:behind"), ["order_placed-value"]);
    assert_eq!(found("-onboarded:no"), ["order_placed-value"]);
    assert_eq!(found("version:>=5"), ["payout_sent-value"]);
    assert_eq!(found("version:2 -version:3"), ["cart_updated-value"]);
    assert_eq!(found("id:105"), ["payout_sent-value"]);
}

#[test]
fn names_come_first_then_fields_then_docs_then_what_is_old() {
    let page = ask(&everywhere("order"));
    let rows: Vec<_> = page.rows.iter().map(|row| row.subject.as_str()).collect();
    let by_name = ["order_cancelled-value", "order_placed-value", ":.eu:reorder_placed-value"];
    assert_eq!(rows[..3], by_name);
    assert_eq!(rows[3..], ["cart_updated-value", "payout_sent-value"]);
    let cart = &page.rows[3].matches;
    let places: Vec<_> = cart.iter().map(|m| (m.place, m.text.as_str(), m.spans.as_slice())).collect();
    assert_eq!(places[0], (Place::Field, "order.id", [(0, 5)].as_slice()));
    assert_eq!((places[1].0, places[1].2), (Place::Doc, [(25, 30)].as_slice()));
    let old = &page.rows[4].matches[0];
    assert_eq!((old.text.as_str(), old.version), ("order_ref", Some(Version(4))));
}

#[test]
fn counts_ignore_the_filter_of_their_own_key() {
    let page = ask(&SearchRequest { query: "type:avro placed".into(), ..SearchRequest::default() });
    let facet = |key: Key| page.facets.iter().find(|facet| facet.key == key).unwrap();
    let counts = |key: Key| facet(key).values.iter().map(|v| (v.word.clone(), v.count)).collect::<Vec<_>>();
    assert_eq!(counts(Key::Type), [("avro".to_owned(), 2)]);
    assert_eq!(counts(Key::Context), [(".eu".to_owned(), 1), ("default".to_owned(), 1)]);
    assert_eq!(counts(Key::Deleted), [("no".to_owned(), 1), ("yes".to_owned(), 1)]);
    let all = ask(&SearchRequest { query: "type:avro".into(), ..SearchRequest::default() });
    let types = &all.facets[0].values;
    assert_eq!(types.iter().map(|v| (v.label.as_str(), v.count)).collect::<Vec<_>>(), [("Avro", 4), ("Protobuf", 1)]);
}

#[test]
fn pages_follow_each_other_in_every_order_and_the_cursor_outlives_its_row() {
    for by in SortBy::ALL {
        for descending in [false, true] {
            let sort = Sort { by, descending };
            let whole = ask(&SearchRequest { sort, ..everywhere("e") });
            let (mut seen, mut cursor, mut offset) = (Vec::new(), None, 0);
            loop {
                let page = ask(&SearchRequest { sort, limit: 2, cursor, ..everywhere("e") });
                assert_eq!((page.offset, page.matched), (offset, whole.matched), "{sort:?}");
                let jumped = ask(&SearchRequest { sort, limit: 2, offset, ..everywhere("e") });
                assert_eq!(jumped.rows, page.rows);
                offset += page.rows.len();
                seen.extend(page.rows);
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(seen, whole.rows, "{sort:?}");
        }
    }
    let gone = Cursor { rank: 0, subject: "order_a".into(), registry: "default".into() };
    let sort = Sort { by: SortBy::Name, descending: false };
    let after = ask(&SearchRequest { sort, cursor: Some(gone), ..SearchRequest::default() });
    assert_eq!((after.rows[0].subject.as_str(), after.offset), ("order_cancelled-value", 3));
}

#[test]
fn plain_words_mean_themselves_when_that_is_asked() {
    let request = SearchRequest { literal: true, ..everywhere("order.id type:avro") };
    assert_eq!(ask(&request).matched, Matched::Exact { count: 1 });
    let exact = SearchRequest { case: Case::Exact, ..everywhere("orderid") };
    assert_eq!(ask(&exact).matched.count(), 0);
    assert_eq!(ask(&everywhere("orderid")).matched.count(), 2);
}

#[test]
fn a_query_that_cannot_be_used_gives_its_problem_and_the_total() {
    let page = ask(&everywhere("type:avro field:(a"));
    assert_eq!((page.total, page.rows.len()), (6, 0));
    let problem = page.problem.unwrap();
    assert_eq!((problem.column, problem.repair.as_deref()), (Some(17), Some("type:avro field:(a)")));
}

#[test]
fn the_texts_of_a_schema_are_its_names_paths_types_and_docs() {
    let text = r#"{"type":"record","name":"a.Order","doc":"An\n order.","fields":[
        {"name":"items","type":{"type":"array","items":{"type":"record","name":"Item","fields":[
            {"name":"price","doc":"Net.","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}}]}}}]}"#;
    let found = extract(&read(&SchemaText::new(SchemaType::Avro, text)));
    assert_eq!(found.records, texts(&["a.Order", "a.Item"]));
    assert_eq!(found.fields, texts(&["items", "items.[]", "items.[].price"]));
    assert_eq!(found.types, texts(&["array<record>", "record", "decimal(12,2)"]));
    assert_eq!(found.docs, texts(&["An order.", "Net."]));
}

//! What queries are read as, and what they say when they cannot be.

use proptest::prelude::*;

use super::*;
use crate::compare::Level;
use crate::registry::Onboarding;
use crate::search::Chosen;
use crate::subject::{SchemaId, SchemaType, Version};

fn query(text: &str) -> Query {
    Query::parse(text).unwrap()
}

fn error(text: &str) -> PatternError {
    Query::parse(text).unwrap_err()
}

fn only(text: &str) -> Term {
    let query = query(text);
    assert_eq!(query.terms().len(), 1, "{text}");
    query.terms()[0].clone()
}

fn filter(text: &str) -> Filter {
    only(text).filter().unwrap().unwrap()
}

#[test]
fn blanks_separate_terms_and_quotes_hold_them_together() {
    let query = query(r#"  (order|cart)_.*placed  -"point of sale" doc:"a \"b\" c" "#);
    let terms: Vec<_> = query.terms().iter().map(|t| (t.excluded, t.key, t.text.as_str())).collect();
    assert_eq!(
        terms,
        [(false, None, "(order|cart)_.*placed"), (true, None, "point of sale"), (false, Some(Key::Doc), r#"a "b" c"#)]
    );
    assert_eq!((query.terms()[1].column, query.terms()[1].width), (26, 16));
}

#[test]
fn a_colon_inside_a_word_and_an_unknown_key_are_no_filters() {
    for text in [":.eu:orders", "orders:x", "Type:avro", "http://type:avro", "\"type:avro\""] {
        assert_eq!(only(text).key, None, "{text}");
    }
    assert_eq!(only("-").text, "-");
    assert_eq!((only("-x").excluded, only(r"\-x").excluded, only("\"-x\"").excluded), (true, false, false));
}

#[test]
fn filters_say_what_they_keep() {
    assert_eq!(filter("type:avro,JSON"), Filter::Type(vec![SchemaType::Avro, SchemaType::Json]));
    assert_eq!(filter("context:.eu,us,default"), Filter::Context(vec![Some(".eu".into()), Some(".us".into()), None]));
    assert_eq!(
        filter("compatibility:full-transitive,unknown"),
        Filter::Compatibility(vec![Some(Level::FullTransitive), None])
    );
    assert_eq!(filter("onboarded:in_review"), Filter::Onboarded(vec![OnboardedIs::Exactly(Onboarding::InReview)]));
    assert_eq!((filter("deleted:yes"), filter("deleted:no")), (Filter::Deleted(true), Filter::Deleted(false)));
    assert_eq!(filter("owner:\"Jane Doe,nobody\""), Filter::Owner(vec![Some("Jane Doe".into()), None]));
    assert_eq!(filter("id:7,8"), Filter::Id(vec![SchemaId(7), SchemaId(8)]));
    assert_eq!(filter("fieldtype:^decimal"), Filter::Text(Place::Type, "^decimal".into()));
    let versions = ["3", ">3", ">=3", "<3", "<=3", "newest", "old"].map(|text| filter(&format!("version:{text}")));
    let [from, to] = [VersionIs::From, VersionIs::To];
    let is = [VersionIs::Has(Version(3)), from(Version(4)), from(Version(3)), to(Version(2)), to(Version(3))];
    let expected = is.into_iter().chain([VersionIs::Newest, VersionIs::Old]).map(Filter::Version);
    assert_eq!(versions.to_vec(), expected.collect::<Vec<_>>());
}

#[test]
fn places_to_look_in_are_named_in_the_query() {
    assert_eq!(query("in:subject,field in:doc x").scopes(), Some(vec![Place::Subject, Place::Field, Place::Doc]));
    assert_eq!(query("x").scopes(), None);
    assert_eq!(error("-in:doc").column, Some(1));
}

#[test]
fn what_cannot_be_read_says_where_and_what_would_do() {
    let mut told = String::new();
    for text in [
        "a \"b c",
        "\"a\"b",
        "x type:",
        "type:av,json",
        "type:thrift",
        "id:x",
        "version:three",
        "deleted:maybe",
        "in:",
        "owner:",
        "field:",
        "onboarded:,",
        "compatibility:backwards",
        "ü -type:p",
    ] {
        let found = error(text);
        let place = found.column.unwrap();
        let carets = format!("{}{}", " ".repeat(place - 1), "^".repeat(found.width));
        told.push_str(&format!("{text}\n{carets}\n    {}\n", found.message));
        told.push_str(&format!("    repair: {}\n    literal: {}\n", found.repair.unwrap_or_default(), found.literal));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn every_offered_repair_and_literal_can_be_read() {
    for text in ["a \"b c", "\"a\"b", "type:av,json x", "x version:three \"y z\"", "-type:p"] {
        let found = error(text);
        for offered in found.repair.iter().chain([&found.literal]) {
            assert!(Query::parse(offered).is_ok(), "{text} -> {offered}");
        }
    }
}

#[test]
fn a_query_that_grows_too_long_is_refused() {
    assert!(error(&"x".repeat(2001)).message.contains("2001"));
    assert!(error(&"x ".repeat(33)).message.contains("33"));
}

#[test]
fn a_problem_of_a_pattern_is_told_where_it_stands_in_the_query() {
    let query = query(r#"type:avro -doc:"a \" (b" x"#);
    let wrong = crate::search::Pattern::parse(&query.terms()[1].text).unwrap_err();
    let told = query.wrong_pattern(1, wrong);
    assert_eq!(told.column, Some(22));
    assert_eq!(told.message, "The group opened at position 22 is not closed.");
    assert_eq!(told.repair.as_deref(), Some(r#"type:avro -doc:"a \" (b)" x"#));
    assert_eq!(told.literal, r#"type:avro -doc:"a \" \(b" x"#);
}

#[test]
fn a_click_changes_the_query_and_its_text_says_so() {
    let one = query("order").with(Key::Type, "avro", Chosen::Included);
    assert_eq!(one.to_string(), "order type:avro");
    let two = one.with(Key::Type, "json", Chosen::Included);
    assert_eq!(two.to_string(), "order type:avro,json");
    assert_eq!(two.chosen(Key::Type, "json"), Chosen::Included);
    assert_eq!(two.with(Key::Type, "avro", Chosen::No).to_string(), "order type:json");
    assert_eq!(two.with(Key::Type, "avro", Chosen::Excluded).to_string(), "order type:json -type:avro");
    assert_eq!(two.without_key(Key::Type).to_string(), "order");
    assert_eq!(query("").with(Key::Owner, "Jane Doe", Chosen::Included).to_string(), "owner:\"Jane Doe\"");
}

#[test]
fn every_example_of_the_help_can_be_read() {
    for key in Key::ALL {
        assert!(query(key.example()).terms().iter().any(|term| term.key == Some(key)), "{}", key.word());
        assert_eq!(Key::from_word(key.word()), Some(key));
    }
}

fn bare(query: &Query) -> Vec<(bool, Option<Key>, String)> {
    query.terms().iter().map(|t| (t.excluded, t.key, t.text.clone())).collect()
}

proptest! {
    #[test]
    fn what_is_read_writes_itself_out_as_it_was_typed(text in r#"([a-z:"\\\- ü,]|type:|-in:|doc:"){0,30}"#) {
        if let Ok(query) = Query::parse(&text) {
            let written = query.to_string();
            prop_assert_eq!(&Query::parse(&written).unwrap().to_string(), &written);
            prop_assert_eq!(bare(&Query::parse(&written).unwrap()), bare(&query));
            if !text.contains('"') {
                prop_assert_eq!(written, text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }

    #[test]
    fn a_term_that_was_made_is_read_as_it_was_meant(excluded: bool, words in r#"[a-z:"\- ü,.]{0,12}"#) {
        let made = Term::new(excluded, None, words.clone());
        let read = Query::parse(&made.to_string()).unwrap();
        prop_assert_eq!(bare(&read), [(excluded, None, words)]);
    }

    #[test]
    fn an_escaped_text_is_a_pattern_for_itself(text in ".{1,30}") {
        let found = crate::search::Pattern::parse(&escape(&text)).unwrap();
        prop_assert_eq!(found.find(&text), Some(0..text.len()));
    }
}

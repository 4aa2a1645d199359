//! What `docs/search.md` says of the language is what the language is.

use domain::search::Query;
use domain::search::query::Key;

const PAGE: &str = include_str!("../../../docs/search.md");

/// The cells of the table of keys.
fn rows() -> Vec<Vec<&'static str>> {
    let lines = PAGE.lines().filter(|line| line.starts_with("| `"));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

#[test]
fn every_key_is_in_the_table_with_its_example() {
    let documented: Vec<(&str, &str)> = rows().iter().map(|cells| (cells[0], cells[2])).collect();
    let known = Key::ALL.map(|key| (format!("`{}:`", key.word()), format!("`{}`", key.example())));
    let known: Vec<(&str, &str)> = known.iter().map(|(key, example)| (key.as_str(), example.as_str())).collect();
    assert_eq!(documented, known);
}

#[test]
fn every_query_that_is_shown_can_be_read() {
    let block = PAGE.split("\n\n").nth(2).unwrap();
    let shown: Vec<&str> = block.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    assert_eq!(shown.len(), 3);
    for query in shown {
        assert!(Query::parse(query).is_ok(), "{query}");
    }
}

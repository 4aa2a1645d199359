//! Every way to look for a pattern in many texts finds what matching each of them alone finds.

use domain::search::engine::{Bench, Watch, Way};
use domain::search::{Case, Pattern};
use proptest::collection::btree_set;
use proptest::prelude::*;

const WAYS: [Option<Way>; 4] = [None, Some(Way::Scan), Some(Way::Table), Some(Way::Each)];

fn found(bench: &Bench, pattern: &Pattern, way: Option<Way>, letters: bool) -> Option<Vec<usize>> {
    let found = bench.find(pattern, way, letters, Watch::patient()).ok()?;
    Some(found.texts.iter().collect())
}

fn agree(texts: &std::collections::BTreeSet<String>, pattern: &str, case: Case) -> Result<(), TestCaseError> {
    let Ok(pattern) = Pattern::parse_in(pattern, case) else { return Ok(()) };
    let bench = Bench::of(texts.iter().map(String::as_str));
    let alone: Vec<usize> =
        texts.iter().enumerate().filter(|(_, text)| pattern.is_match(text)).map(|(at, _)| at).collect();
    for way in WAYS {
        for letters in [false, true] {
            let Some(found) = found(&bench, &pattern, way, letters) else { continue };
            let wrong = found.iter().find(|at| !alone.contains(at)).or(alone.iter().find(|at| !found.contains(at)));
            let wrong = wrong.and_then(|at| texts.iter().nth(*at));
            prop_assert!(wrong.is_none(), "{:?} in {:?} by {:?}, letters {}", pattern.text(), wrong, way, letters);
        }
    }
    Ok(())
}

/// A pattern put together of pieces that meet every rule of the rewriting.
fn pattern() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-e._\\-ü]{1,4}",
        Just(".".to_owned()),
        Just(".*".to_owned()),
        Just("[^a]".to_owned()),
        Just("[^a]*".to_owned()),
        Just("\\s".to_owned()),
        Just("\\S+".to_owned()),
        Just("\\w".to_owned()),
        Just("\\b".to_owned()),
        Just("\\B".to_owned()),
        Just("^".to_owned()),
        Just("$".to_owned()),
        Just("(?s:.)".to_owned()),
        Just("(?m:^a)".to_owned()),
        Just("(?m:b$)".to_owned()),
        Just("(?R:(?m:a$))".to_owned()),
        Just("\\n".to_owned()),
        Just("\\A".to_owned()),
        Just("\\z".to_owned()),
        Just("\\b{start}".to_owned()),
        Just("(?i:AbC)".to_owned()),
        Just("[b-d]".to_owned()),
        Just("\\d".to_owned()),
        Just("".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let count = prop_oneof![Just("*"), Just("+"), Just("?"), Just("{2}"), Just("{1,3}"), Just("{0,2}"), Just("*?")];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join("|"))),
            (inner, count).prop_map(|(inner, count)| format!("(?:{inner}){count}")),
        ]
    })
}

fn case() -> impl Strategy<Value = Case> {
    prop_oneof![Just(Case::Exact), Just(Case::Smart)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn over_ascii_texts(texts in btree_set("[a-eA-C._\\- 1]{0,9}", 0..40), pattern in pattern(), case in case()) {
        agree(&texts, &pattern, case)?;
    }

    #[test]
    fn over_texts_of_any_letters(texts in btree_set("[a-e.\u{212a}ksü\u{17f}\u{1f600}]{0,6}", 0..30), pattern in pattern(), case in case()) {
        agree(&texts, &pattern, case)?;
    }

    #[test]
    fn over_texts_with_line_breaks(texts in btree_set("[ab\n\r ü]{0,6}", 0..30), pattern in pattern(), case in case()) {
        agree(&texts, &pattern, case)?;
    }

    #[test]
    fn over_ascii_texts_with_line_breaks(texts in btree_set("[ab\n\r ]{0,6}", 0..30), pattern in pattern(), case in case()) {
        agree(&texts, &pattern, case)?;
    }
}

#[test]
fn patterns_that_people_write_agree_over_many_names() {
    let mut texts = std::collections::BTreeSet::new();
    for env in ["prod", "dr", "dev", "stage"] {
        for entity in ["order", "cart", "payment", "session", "Account"] {
            for verb in ["placed", "updated", "Cancelled"] {
                for end in ["-key", "-value", ".v1", ".v12-value"] {
                    texts.extend((0..6).map(|n| format!("{env}.svc{n}.{entity}_{verb}{end}")));
                }
            }
        }
    }
    for pattern in [
        "order",
        r"^prod\.",
        "-value$",
        "(order|cart)_.*placed",
        "(?i)Order",
        "v[0-9]+",
        "prod.*payment.*-key$",
        "(a+)+$",
        "[a-z]{3,12}_[a-z]{4,9}(ed|ted)",
        r"\border\b",
        ".*",
        "e",
        "zzzqqq",
        "q[0-9]{4}x",
        r"^(prod|dr)\..*-value$",
        ".*or",
        "user|account|s",
        "[a-m].{20}z",
        "^.*order.*$",
        "(.*[aeiou].*){5}$",
        r"^(?:prod|dev)\.svc[0-3]",
        "^$",
        "$",
        "^",
    ] {
        for case in [Case::Exact, Case::Smart] {
            agree(&texts, pattern, case).unwrap();
        }
    }
}

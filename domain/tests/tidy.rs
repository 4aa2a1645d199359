//! The house rules as a test: sizes of files, their first line, which crate knows which, and what Leptos must not be given.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const CRATES: [&str; 5] = ["domain", "service", "app", "server", "end2end"];
const LONGEST: usize = 400;

/// The only files that ask how they are compiled: what differs between server and browser, and the browser's entry.
const MAY_ASK_FOR_FEATURES: [&str; 2] = ["app/src/api/ctx.rs", "app/src/lib.rs"];

/// Crates that reach out of the process, or wait, or guess; the domain computes.
const REACHING_OUT: [&str; 24] = [
    "tokio",
    "futures",
    "async-trait",
    "reqwest",
    "hyper",
    "axum",
    "tower",
    "sqlx",
    "rusqlite",
    "gix",
    "git2",
    "tempfile",
    "getrandom",
    "rand",
    "uuid",
    "chrono",
    "jiff",
    "time",
    "tracing",
    "log",
    "leptos",
    "include_dir",
    "dirs",
    "web-sys",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules", ".git", "dist", "data", "test-results"].contains(&name.as_str())
        {
            files_below(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

/// Files of a folder of the checkout with one of these endings, by their path from its root.
fn files(folder: &str, endings: &[&str]) -> BTreeMap<String, String> {
    let mut found = Vec::new();
    files_below(&root().join(folder), &mut found);
    let ends = |path: &PathBuf| path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending));
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        Some((name, String::from_utf8(std::fs::read(path).ok()?).ok()?))
    };
    found.into_iter().filter(ends).filter_map(read).collect()
}

/// Every Rust file of the project.
fn rust() -> BTreeMap<String, String> {
    CRATES.into_iter().flat_map(|name| files(name, &["rs"])).collect()
}

/// Every line that breaks a rule, as `file:line: text`.
fn breaking(files: &BTreeMap<String, String>, breaks: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let lines =
        files.iter().flat_map(|(name, text)| text.lines().enumerate().map(move |(n, line)| (name, n + 1, line)));
    let broken = lines.filter(|(name, _, line)| breaks(name, line));
    broken.map(|(name, n, line)| format!("{name}:{n}: {}", line.trim())).collect()
}

fn code(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

#[test]
fn there_are_files_to_look_at() {
    for name in CRATES {
        assert!(files(name, &["rs"]).len() >= 5, "{name}");
    }
}

#[test]
fn no_file_is_longer_than_a_person_can_hold() {
    let long: Vec<_> =
        rust().into_iter().map(|(name, text)| (name, text.lines().count())).filter(|(_, n)| *n > LONGEST).collect();
    assert!(long.is_empty(), "split along a noun: {long:?}");
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let silent: Vec<_> =
        rust().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(name, _)| name).collect();
    assert!(silent.is_empty(), "{silent:?}");
    let modules: Vec<_> = rust().into_keys().filter(|name| name.ends_with("/mod.rs")).collect();
    assert!(modules.is_empty(), "foo.rs stands beside foo/: {modules:?}");
}

#[test]
fn no_merge_is_left_half_done() {
    let marks = ["<<<<<<< ", ">>>>>>> "];
    let left = |_: &str, line: &str| marks.iter().any(|mark| line.starts_with(mark));
    assert_eq!(breaking(&rust(), left), Vec::<String>::new());
}

#[test]
fn no_name_stands_for_whatever_has_no_place() {
    let vague = ["utils", "util", "helpers", "helper", "common", "manager", "misc", "types_common"];
    let stem = |name: &String| Path::new(name).file_stem().unwrap().to_string_lossy().into_owned();
    let found: Vec<_> = rust().into_keys().filter(|name| vague.contains(&stem(name).as_str())).collect();
    assert!(found.is_empty(), "the noun has not been found yet: {found:?}");
}

#[test]
fn only_one_file_knows_whether_it_is_the_server_or_the_browser() {
    let asks = |name: &str, line: &str| {
        let asks = code(line).contains("feature =") && code(line).contains("cfg");
        asks && !MAY_ASK_FOR_FEATURES.contains(&name) && name != "domain/tests/tidy.rs"
    };
    assert_eq!(breaking(&rust(), asks), Vec::<String>::new());
}

#[test]
fn nothing_is_put_into_a_page_as_markup() {
    let markup = |_: &str, line: &str| {
        let line = code(line);
        line.contains("inner_html") || line.contains("innerHTML") || line.contains("insert_adjacent_html")
    };
    assert_eq!(breaking(&files("app", &["rs"]), markup), Vec::<String>::new());
}

#[test]
fn no_page_carries_a_style_that_its_policy_would_refuse() {
    let inline = |_: &str, line: &str| {
        let line = code(line);
        [" style=", "style:", "<style", "\"style\""].iter().any(|word| line.contains(word))
    };
    assert_eq!(breaking(&files("app", &["rs"]), inline), Vec::<String>::new());
}

/// What stands between the tags of every such element of a view; elements in texts and in the middle of a line do not count.
fn children<'a>(text: &'a str, element: &str) -> Vec<&'a str> {
    let opening = format!("<{element}");
    let places = text.match_indices(&opening).map(|(at, _)| at);
    let in_view = places.filter(|at| text[..*at].rsplit('\n').next().is_some_and(|line| line.trim().is_empty()));
    let inside = in_view.filter_map(|at| {
        let rest = &text[at + opening.len()..];
        let closed = |end: &usize| !rest[..*end].ends_with(['=', '-', '|']);
        let end = rest.match_indices('>').map(|(end, _)| end).find(closed)?;
        if rest[..end].ends_with('/') {
            return None;
        }
        rest[end + 1..].split_once(&format!("</{element}")).map(|(inside, _)| inside.trim())
    });
    inside.collect()
}

#[test]
fn no_element_whose_children_are_not_escaped_is_given_any() {
    let mut looked_at = 0;
    for (name, text) in files("app", &["rs"]) {
        for inside in children(&text, "textarea") {
            looked_at += 1;
            assert_eq!(inside, "", "{name}: Leptos does not escape what is in a textarea; use prop:value");
        }
        for element in ["noscript", "script"] {
            for inside in children(&text, element) {
                assert!(!inside.contains('{'), "{name}: Leptos does not escape what is in a {element}: {inside}");
            }
        }
    }
    assert!(looked_at > 0, "there is a textarea to look at");
}

#[test]
fn what_stands_in_an_element_is_found() {
    let view =
        "view! {\n <textarea on:input=move |e| if a > b { c } prop:value=x>\n {value}\n </textarea>\n <textarea/> }";
    assert_eq!(children(view, "textarea").len(), 1);
    assert!(children(view, "textarea")[0].contains("{value}"));
}

#[test]
fn server_functions_stand_in_one_folder() {
    let elsewhere =
        |name: &str, line: &str| code(line).trim_start().starts_with("#[server") && !name.starts_with("app/src/api/");
    assert_eq!(breaking(&rust(), elsewhere), Vec::<String>::new());
    let unnamed = |name: &str, line: &str| {
        name.starts_with("app/src/api/")
            && code(line).starts_with("#[server")
            && !(line.contains("prefix = \"/api/ui\"") && line.contains("endpoint = \""))
    };
    assert_eq!(breaking(&rust(), unnamed), Vec::<String>::new(), "a path that stays when the code moves");
}

/// The names below `[dependencies]` of a crate's manifest.
fn dependencies(name: &str) -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap();
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap_or(("", ""));
    let lines = rest.lines().take_while(|line| !line.starts_with('['));
    let name = |line: &str| line.split(['.', '=', ' ']).next().unwrap_or_default().to_owned();
    lines.map(name).filter(|name| !name.is_empty() && !name.starts_with('#')).collect()
}

#[test]
fn crates_know_only_those_below_them() {
    let known = |name: &str| {
        let all =
            dependencies(name).into_iter().filter(|other| CRATES.contains(&other.as_str()) || other == "frontend");
        let mut all: Vec<_> = all.collect();
        all.sort();
        all
    };
    assert_eq!(known("domain"), Vec::<String>::new());
    assert_eq!(known("service"), ["domain"]);
    assert_eq!(known("app"), ["domain", "service"]);
    assert_eq!(known("app/frontend"), ["app"]);
    assert_eq!(known("server"), ["app", "domain", "service"]);
    let app = std::fs::read_to_string(root().join("app/Cargo.toml")).unwrap();
    assert!(app.contains("service = { workspace = true, optional = true }"), "the browser gets no service");
}

#[test]
fn the_domain_reaches_nothing_outside() {
    let found: Vec<_> =
        dependencies("domain").into_iter().filter(|name| REACHING_OUT.contains(&name.as_str())).collect();
    assert!(found.is_empty(), "{found:?}");
    assert!(dependencies("domain").len() > 3, "the manifest is read");
    let reaching = |name: &str, line: &str| {
        let words =
            ["std::fs", "std::net", "std::env", "std::process", "std::thread", "SystemTime", "Instant::", "async fn"];
        name.starts_with("domain/src/") && words.iter().any(|word| code(line).contains(word))
    };
    assert_eq!(breaking(&rust(), reaching), Vec::<String>::new());
}

#[test]
fn the_service_knows_no_vendor() {
    let found: Vec<_> = dependencies("service")
        .into_iter()
        .filter(|name| ["sqlx", "reqwest", "gix", "axum", "leptos", "hyper", "tower-http"].contains(&name.as_str()))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn only_the_configuration_reads_the_environment() {
    let allowed =
        ["server/src/config", "server/src/engine/crash.rs", "server/src/main.rs", "server/src/commands/serve.rs"];
    let reads = |name: &str, line: &str| {
        let source = name.contains("/src/") && !name.starts_with("end2end/") && !name.contains("/tests");
        let reads = code(line).contains("env::var") || code(line).contains("try_from_env");
        source && reads && !allowed.iter().any(|file| name.starts_with(file))
    };
    assert_eq!(breaking(&rust(), reads), Vec::<String>::new());
}

#[test]
fn nothing_points_outside_of_the_checkout() {
    let mut all = rust();
    for folder in ["scripts", ".ci", "style", "public", "server/demo"] {
        all.extend(files(folder, &["sh", "css", "md", "toml", "json", "js", ""]));
    }
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "Makefile",
        "Cargo.toml",
        "package.json",
        ".ci/run",
    ] {
        if let Ok(text) = std::fs::read_to_string(root().join(name)) {
            all.insert(name.to_owned(), text);
        }
    }
    // Put together here, so that this file passes its own test.
    let outside = [["../", "shared"].concat(), ["shared", "/design"].concat(), ["/work", "/shared"].concat()];
    let points = |_: &str, line: &str| outside.iter().any(|word| line.contains(word));
    assert_eq!(breaking(&all, points), Vec::<String>::new());
}

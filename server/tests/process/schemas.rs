//! `sluicegate diff`, `check` and `register`: what they print, where they fail, and what reaches a registry.

use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use crate::registry::Registry;
use crate::server::{sluicegate, text};

const OLD: &str = r#"{"type":"record","name":"OrderPlaced","fields":[
  {"name":"order_id","type":"string"},
  {"name":"quantity","type":"int"}]}"#;
const WIDENED: &str = r#"{"type":"record","name":"OrderPlaced","fields":[
  {"name":"order_id","type":"string"},
  {"name":"quantity","type":"long"}]}"#;
const BROKEN: &str = r#"{"type":"record","name":"OrderPlaced","fields":[
  {"name":"order_id","type":"string"},
  {"name":"quantity","type":"int"},
  {"name":"amount","type":"double"}]}"#;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    sluicegate().args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn diff_says_what_changed_and_whom_it_breaks() {
    let folder = folder(&[("old.avsc", OLD), ("new.avsc", WIDENED)]);
    let output = run(folder.path(), &["diff", "old.avsc", "new.avsc"]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    insta::assert_snapshot!(text(&output.stdout), @r"
    quantity: widened [readers: backward, table: safe]
        The type was int and is long.

    readers: backward; table: safe
    ");
    let output = run(folder.path(), &["diff", "old.avsc", "new.avsc", "--format", "json"]);
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["changes"][0]["kind"], "widened");
    assert_eq!(printed["readers"], "backward");
    assert_eq!(text(&run(folder.path(), &["diff", "old.avsc", "old.avsc"]).stdout), "Nothing changed.\n");
}

#[test]
fn diff_compares_versions_of_a_registry_in_a_folder() {
    let folder = folder(&[("reg/orders-value/1.avsc", OLD), ("reg/orders-value/2.avsc", WIDENED)]);
    let output = run(folder.path(), &["diff", "orders-value@1", "orders-value", "--registry", "reg"]);
    assert!(text(&output.stdout).starts_with("quantity: widened"), "{}", text(&output.stderr));
    let output = run(folder.path(), &["diff", "orders-value@7", "orders-value", "--registry", "reg"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: The registry has no version 7 of orders-value.\n");
}

#[test]
fn diff_of_what_cannot_be_read_fails_with_the_reason() {
    let folder = folder(&[("old.avsc", OLD), ("new.avsc", "{"), ("new.json", "{}")]);
    for new in ["new.avsc", "new.json"] {
        let output = run(folder.path(), &["diff", "old.avsc", new]);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()), "{new}");
        assert!(text(&output.stderr).starts_with("error: The new schema "), "{}", text(&output.stderr));
    }
}

#[test]
fn evolve_prints_the_steps_in_order_and_says_what_breaks_silently() {
    let old = r#"{"type":"record","name":"E","fields":[{"name":"to","type":{"type":"record","name":"A","fields":[
        {"name":"zip","type":"string"}]}}]}"#;
    let new = old
        .replace(r#"{"name":"zip""#, r#"{"name":"postcode","aliases":["zip"]"#)
        .replace("]}}]}", "]}},{\"name\":\"note\",\"type\":\"string\"}]}");
    let folder = folder(&[("old.avsc", old), ("new.avsc", &new)]);
    let evolve = |format: &str| {
        run(folder.path(), &["evolve", "old.avsc", "new.avsc", "--subject", "orders-value", "--format", format])
    };
    let output = evolve("sql");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("warning[silently-breaking] to.postcode"), "{}", text(&output.stderr));
    let sql = text(&output.stdout);
    let at = |statement: &str| sql.find(statement).unwrap_or_else(|| panic!("{statement}\n{sql}"));
    let order = ["ADD COLUMN \"NOTE\" VARCHAR;", "CREATE PIPE \"RAW\".\"EVENTS\".\"PIPE_ORDERS_V2\""];
    assert!(order.map(at).is_sorted() && !sql.contains("DROP PIPE"), "{sql}");
    let json: Value = serde_json::from_slice(&evolve("json").stdout).unwrap();
    assert_eq!(json["procedure"], "versioned-prefix");
    assert_eq!(json["live"]["versions"], json!([1, 2]));
}

#[test]
fn check_finds_an_incompatible_change_where_it_stands_in_every_format() {
    let folder = folder(&[("schemas/order_placed.avsc", BROKEN), ("reg/order_placed-value/1.avsc", OLD)]);
    let check = |format: &str| run(folder.path(), &["check", "schemas", "--registry", "reg", "--format", format]);
    let human = check("human");
    assert_eq!(human.status.code(), Some(1), "{}", text(&human.stderr));
    insta::assert_snapshot!(text(&human.stdout), @"schemas/order_placed.avsc:4: error[incompatible] amount: The new schema needs this field and gives it no default, but the old one does not have it. This is not BACKWARD compatible with version 1. Make the change in a way that readers can follow, or register it under a new subject.");
    assert_eq!(text(&human.stderr), "1 schema checked: 1 error, 0 warnings\n");

    let json: Value = serde_json::from_slice(&check("json").stdout).unwrap();
    assert_eq!((&json[0]["code"], &json[0]["line"]), (&json!("incompatible"), &json!(4)));

    let sarif: Value = serde_json::from_slice(&check("sarif").stdout).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("incompatible"), &json!("error")));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "schemas/order_placed.avsc");
    assert_eq!(place["region"]["startLine"], 4);

    let github = text(&check("github").stdout);
    assert!(
        github.starts_with("::error file=schemas/order_placed.avsc,line=4,title=incompatible::amount: "),
        "{github}"
    );
    assert_eq!(github.lines().count(), 1);
}

#[test]
fn check_passes_what_keeps_the_level_and_what_has_no_version_yet() {
    let folder =
        folder(&[("order_placed.avsc", WIDENED), ("cart_updated.avsc", OLD), ("reg/order_placed-value/1.avsc", OLD)]);
    let files = ["check", "order_placed.avsc", "cart_updated.avsc", "--registry", "reg"];
    let output = run(folder.path(), &files);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), String::new()), "{}", text(&output.stderr));
    let output = run(folder.path(), &[&files[..], &["--level", "full"]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("not FULL compatible with version 1"), "{}", text(&output.stdout));
    let output = run(folder.path(), &["check", "order_placed.avsc"]);
    assert_eq!(output.status.code(), Some(0), "without a registry only reading and loading are checked");
}

#[test]
fn check_tells_what_cannot_be_read_or_loaded() {
    let recursive = r#"{"type":"record","name":"N","fields":[
        {"name":"id","type":"string"},
        {"name":"next","type":["null","N"]}]}"#;
    let folder = folder(&[("bad.avsc", "{"), ("warned.avsc", recursive)]);
    let output = run(folder.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stdout);
    assert!(told.contains("bad.avsc:1: error[schema-not-json]"), "{told}");
    assert!(told.contains("warned.avsc:3: warning[avro-recursive] next"), "{told}");
}

#[test]
fn a_check_that_cannot_be_made_is_no_pass_and_no_finding() {
    let folder = folder(&[("a.avsc", OLD), ("b.avsc", OLD), ("empty/readme.md", "x"), ("a.txt", OLD)]);
    for arguments in [
        &["check"][..],
        &["check", "nothing.avsc"],
        &["check", "a.txt"],
        &["check", "empty"],
        &["check", "a.avsc", "b.avsc", "--subject", "x"],
        &["check", "a.avsc", "--level", "SIDEWAYS"],
        &["check", "a.avsc", "--registry", "nowhere"],
        &["check", "a.avsc", "--registry", "http://127.0.0.1:1"],
        &["register", "a.avsc"],
        &["register", "a.avsc", "--registry", "empty"],
        &["register", "empty", "--registry", "http://127.0.0.1:1"],
        &["register", "a.avsc", "--registry", "http://127.0.0.1:1", "--reference", "x"],
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).starts_with("error: ") && output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn check_keeps_the_level_that_the_registry_has_for_the_subject() {
    let registry = Registry::start(&[("order_placed-value", OLD)]);
    let folder = folder(&[("order_placed.avsc", WIDENED)]);
    let check = || run(folder.path(), &["check", "order_placed.avsc", "--registry", &registry.url()]);
    assert_eq!(check().status.code(), Some(0));
    registry.set_level("FULL_TRANSITIVE");
    let output = check();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("not FULL_TRANSITIVE compatible"), "{}", text(&output.stdout));
}

#[test]
fn register_registers_nothing_until_it_is_told_to_and_nothing_that_fails_its_check() {
    let registry = Registry::start(&[("order_placed-value", OLD)]);
    let folder = folder(&[("order_placed.avsc", WIDENED), ("broken.avsc", BROKEN)]);
    let url = registry.url();
    let file = ["register", "order_placed.avsc", "--registry", &url];
    let output = run(folder.path(), &file);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "would register order_placed.avsc as order_placed-value\n");
    let output = run(
        folder.path(),
        &["register", "broken.avsc", "--subject", "order_placed-value", "--registry", &url, "--yes"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(registry.posted(), Vec::<Value>::new());

    let output = run(folder.path(), &[&file[..], &["--yes"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "registered order_placed.avsc as order_placed-value with id 2\n");
    assert_eq!(registry.posted(), [json!({ "schema": WIDENED, "schemaType": "AVRO", "references": [] })]);
}

#[test]
fn register_sends_references_as_the_registry_has_them_and_says_why_it_was_refused() {
    let money = r#"{"type":"record","name":"Money","fields":[{"name":"amount","type":"long"}]}"#;
    let priced = r#"{"type":"record","name":"Priced","fields":[{"name":"price","type":"Money"}]}"#;
    let registry = Registry::start(&[("common.Money", money)]);
    let folder = folder(&[("priced.avsc", priced)]);
    let url = registry.url();
    let arguments = ["register", "priced.avsc", "--registry", &url, "--reference", "Money=common.Money@1", "--yes"];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
    let reference = json!({ "name": "Money", "subject": "common.Money", "version": 1 });
    assert_eq!(registry.posted()[0]["references"], json!([reference]));
    registry.refuse("the subject is locked");
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).ends_with("refused a new version of priced-value: the subject is locked.\n"),
        "{}",
        text(&output.stderr)
    );
}

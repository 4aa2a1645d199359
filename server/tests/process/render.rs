//! `sluicegate render`: the generator on a file, its formats and its exit codes.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::server::{sluicegate, text};

const ORDER: &str = r#"{"type":"record","name":"OrderPlaced","fields":[{"name":"order_id","type":"string"},
    {"name":"total","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}}]}"#;

fn render(folder: &Path, arguments: &[&str]) -> Output {
    sluicegate().arg("render").args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

#[test]
fn a_schema_is_rendered_to_statements_on_standard_output() {
    let folder = folder(&[("order_placed.avsc", ORDER)]);
    let output = render(folder.path(), &["order_placed.avsc"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn the_json_format_holds_the_same_and_everything_else() {
    let folder = folder(&[("order_placed.avsc", ORDER)]);
    let sql = text(&render(folder.path(), &["order_placed.avsc"]).stdout);
    let output = render(folder.path(), &["order_placed.avsc", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let rendered: Value = serde_json::from_slice(&output.stdout).unwrap();
    for statement in ["table", "stage", "pipe"] {
        assert!(sql.contains(rendered[statement].as_str().unwrap()), "{statement}");
    }
    assert_eq!(rendered["diagnostics"], serde_json::json!([]));
    assert!(rendered["files"].as_array().unwrap().len() > 4);
    assert_eq!(rendered["digest"].as_str().unwrap().len(), "sha256:".len() + 64);
}

#[test]
fn a_schema_with_errors_is_told_on_standard_error_with_exit_code_one() {
    let folder = folder(&[
        ("bad.avsc", "{\"type\": \"record\""),
        ("bad.proto", "syntax = \"proto3\"; message {"),
        ("bad.json", "["),
    ]);
    for file in ["bad.avsc", "bad.proto", "bad.json"] {
        let output = render(folder.path(), &[file]);
        assert_eq!(output.status.code(), Some(1), "{file}");
        let told = text(&output.stderr);
        assert!(told.starts_with("error") && told.lines().next().unwrap().len() > 20, "{file}: {told}");
        let json = render(folder.path(), &[file, "--format", "json"]);
        assert_eq!((json.status.code(), text(&json.stderr)), (Some(1), told));
        let rendered: Value = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!(rendered["diagnostics"][0]["severity"], "error");
    }
}

#[test]
fn a_warning_is_no_error() {
    let recursive =
        r#"{"type":"record","name":"N","fields":[{"name":"id","type":"string"},{"name":"next","type":["null","N"]}]}"#;
    let folder = folder(&[("n.avsc", recursive)]);
    let output = render(folder.path(), &["n.avsc"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).starts_with("warning"), "{}", text(&output.stderr));
}

#[test]
fn misuse_is_told_with_exit_code_two() {
    let folder =
        folder(&[("a.avsc", ORDER), ("a.txt", ORDER), ("design.json", "{\"colums\": {}}"), ("latin.avsc", "x")]);
    std::fs::write(folder.path().join("latin.avsc"), [0xffu8, 0xfe]).unwrap();
    let mut all = String::new();
    let misuses = [
        &["nothing.avsc"][..],
        &["a.txt"],
        &["a.avsc", "--type", "thrift"],
        &["a.avsc", "--subject", ""],
        &["a.avsc", "--design", "nothing.json"],
        &["a.avsc", "--design", "design.json"],
        &["a.avsc", "--references", "nowhere"],
        &["a.avsc", "--config", "nothing.toml"],
        &["latin.avsc"],
        &["."],
        &["a.avsc", "--format", "xml"],
        &["a.avsc", "--version", "minus"],
    ];
    for arguments in misuses {
        let output = render(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty(), "{arguments:?}");
        all.push_str(&format!("{}\n=> {}\n\n", arguments.join(" "), text(&output.stderr).trim_end()));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_schema_can_come_from_standard_input() {
    let folder = folder(&[("order_placed.avsc", ORDER)]);
    let arguments = ["render", "-", "--type", "avro", "--subject", "order_placed-value"];
    let mut child = sluicegate()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(ORDER.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), text(&render(folder.path(), &["order_placed.avsc"]).stdout));
}

#[test]
fn a_design_and_the_platforms_names_are_rendered() {
    let design = r#"{"columns": {"order_id": {"name": "ID"}}, "table": {"name": "orders"}}"#;
    let folder = folder(&[
        ("o.avsc", ORDER),
        ("d.json", design),
        ("c.toml", "[platform]\ndatabase = \"LAKE\"\nschema = \"IN\""),
    ]);
    let output = render(folder.path(), &["o.avsc", "--design", "d.json", "--config", "c.toml"]);
    let sql = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for expected in
        [r#"CREATE TABLE IF NOT EXISTS "LAKE"."IN"."ORDERS""#, r#""ID" VARCHAR,"#, r#"$1:"order_id"::VARCHAR,"#]
    {
        assert!(sql.contains(expected), "{expected}\n{sql}");
    }
}

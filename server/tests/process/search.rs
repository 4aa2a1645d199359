//! `sluicegate search`: what it prints and how it ends.

use std::process::{Output, Stdio};

use crate::server::{sluicegate, text};

fn search(arguments: &[&str]) -> Output {
    let registry = ["search", "--registry", "reg"];
    let folder = tempfile::tempdir().unwrap();
    let field =
        |name: &str| format!(r#"{{"type":"record","name":"E","fields":[{{"name":"{name}","type":"string"}}]}}"#);
    for (subject, version, text) in [
        ("order_placed-value", 1, field("amount")),
        ("order_placed-value", 2, field("total")),
        ("cart-value", 1, field("order_id")),
        ("%3D1%2B1", 1, field("id")),
    ] {
        let place = folder.path().join("reg").join(subject);
        std::fs::create_dir_all(&place).unwrap();
        std::fs::write(place.join(format!("{version}.avsc")), text).unwrap();
    }
    let command = [registry.as_slice(), arguments].concat();
    sluicegate().args(command).current_dir(folder.path()).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_table_says_what_was_found_and_where() {
    let output = search(&["--in", "subject,field", "order|amount"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout), @r"
    order_placed-value  avro         v2  field amount (version 1)
    cart-value          avro         v1  field order_id
    ");
    assert_eq!(text(&output.stderr), "2 of 2 shown, 3 subjects searched\n");
}

#[test]
fn csv_is_safe_from_formulas_and_json_has_an_object_a_line() {
    let csv = text(&search(&["--format", "csv", "--sort", "name", "type:avro"]).stdout);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[1].starts_with("default,\"'=1+1\","), "{csv}");
    let json = text(&search(&["--format", "json", "field:total"]).stdout);
    let row: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    assert_eq!((row["subject"].as_str(), row["version"].as_u64()), (Some("order_placed-value"), Some(2)));
}

#[test]
fn nothing_found_and_nothing_to_search_have_exit_codes_of_their_own() {
    assert_eq!(search(&["unicorn"]).status.code(), Some(1));
    assert_eq!(search(&["--format", "csv", "--", "unicorn"]).status.code(), Some(1));
    let broken = search(&["type:avro", "field:(a"]);
    assert_eq!(broken.status.code(), Some(2));
    insta::assert_snapshot!(text(&broken.stderr), @r"
    error: The group opened at position 17 is not closed.
      type:avro field:(a
                      ^
    Perhaps: type:avro field:(a)
    ");
    let nowhere = sluicegate().args(["search", "x"]).env_remove("SLUICEGATE_REGISTRY").output().unwrap();
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("--registry"));
}

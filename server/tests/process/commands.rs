//! The small commands, and configuration that cannot be used: each with its exit code and its sentence.

use crate::server::{Place, run, sluicegate, text};

#[test]
fn version_prints_the_version() {
    let output = run(&["version"]);
    assert!(output.status.success());
    assert_eq!(text(&output.stdout), format!("sluicegate {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(text(&run(&["--version"]).stdout), text(&output.stdout));
}

#[test]
fn openapi_prints_what_the_server_answers() {
    let output = run(&["openapi"]);
    assert!(output.status.success());
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed, serde_json::to_value(server::http::api::document()).unwrap());
}

#[test]
fn help_names_every_variable_and_every_command() {
    let help = text(&run(&["--help"]).stdout);
    for name in ["ADDR", "DATA", "REGISTRY", "REGISTRY_USER", "REGISTRY_PASSWORD", "REGISTRY_TOKEN", "SITE", "CONFIG"] {
        let named = ["=", "]"].map(|end| format!("SLUICEGATE_{name}{end}"));
        assert!(named.iter().any(|name| help.contains(name)), "{name}\n{help}");
    }
    for command in ["serve", "render", "diff", "evolve", "check", "register", "search", "token", "openapi", "version"] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(&format!("{command} "))), "{command}\n{help}");
    }
}

#[test]
fn help_does_not_print_a_secret_of_the_environment() {
    let output = sluicegate().arg("--help").env("SLUICEGATE_REGISTRY_PASSWORD", "hunter2").output().unwrap();
    assert!(!text(&output.stdout).contains("hunter2"));
}

#[test]
fn misuse_is_told_with_exit_code_two() {
    for arguments in [&["fly"][..], &["--port", "1"], &["render"], &["token"], &["token", "create"], &["serve", "x"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("Usage: ") && output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_token_for_somebody_who_is_not_there_names_who_is() {
    let place = Place::new();
    let output = sluicegate().args(["token", "create", "--user", "root", "--data"]).arg(place.data()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "error: There is no user root. There are: engineer, analyst, platform-1, platform-2.\n"
    );
}

#[test]
fn a_token_for_a_folder_without_a_console_says_what_to_do() {
    let place = Place::new();
    let output =
        sluicegate().args(["token", "create", "--user", "engineer", "--data"]).arg(place.data()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.starts_with("error: There is no console in ") && told.contains("sluicegate serve"), "{told}");
    assert!(!place.data().join("sluicegate.db").exists(), "nothing is made");
}

/// What `serve` says to a configuration file with this text.
fn with_file(content: &str) -> (Option<i32>, String) {
    let place = Place::new();
    let file = place.data().join("sluicegate.toml");
    std::fs::write(&file, content).unwrap();
    let output = place.command().arg("--config").arg(&file).output().unwrap();
    let told = text(&output.stderr).replace(&file.display().to_string(), "FILE");
    assert!(!place.data().join("sluicegate.db").exists(), "nothing is made");
    (output.status.code(), told)
}

#[test]
fn a_configuration_file_that_cannot_be_used_says_where() {
    let mut all = String::new();
    let files = [
        "adress = \"127.0.0.1:3000\"",
        "[registry]\nlocation = \"demo\"\nurl = \"x\"",
        "[platform]\ndatabase = 7",
        "addr = ",
    ];
    for content in files {
        let (code, told) = with_file(content);
        assert_eq!(code, Some(2), "{told}");
        all.push_str(&format!("{content}\n=> {}\n\n", told.trim_end()));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn settings_that_cannot_be_used_have_their_sentence() {
    let place = Place::new();
    let settings = [
        ("SLUICEGATE_ADDR", "localhost", "is not an address and port. Write it as 127.0.0.1:3000."),
        ("SLUICEGATE_REGISTRY", "ftp://registry.example", "only http and https are understood"),
        ("SLUICEGATE_REGISTRY", "http://", "not a valid URL"),
        ("SLUICEGATE_CONFIG", "/no/such/file.toml", "cannot be read"),
    ];
    for (name, value, expected) in settings {
        let mut command = sluicegate();
        let output = command.env(name, value).arg("--data").arg(place.data()).output().unwrap();
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {told}");
        assert!(told.starts_with("error: ") && told.contains(expected), "{name}: {told}");
    }
}

//! The hundred changes of schemas: what `check` and `register` say of each, and what a registry says.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::cases::{self, Case};
use crate::differences::Differences;
use crate::registry::Registry;
use crate::server::sluicegate;

#[tokio::test]
#[ignore = "needs a registry: make test-real starts one"]
async fn check_finds_and_passes_what_axonops_does() {
    agree("axonops").await;
}

#[tokio::test]
#[ignore = "needs a registry: make test-real starts one"]
async fn check_finds_and_passes_what_apicurio_does() {
    agree("apicurio").await;
}

async fn agree(name: &'static str) {
    let registry = Registry::given(name);
    let cases = cases::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/compatibility"));
    let mut differences = Differences::of(name, "agreement");
    let mut unchanged = Differences::of(name, "unchanged");
    for (i, case) in cases.iter().enumerate() {
        let language = case.old.schema_type.word();
        let subject = format!("agreement-{language}-{i}");
        registry
            .register(&subject, &case.old, &[])
            .await
            .unwrap_or_else(|said| panic!("{language} {}: {said}", case.name));
        registry.set_level(&subject, case.level).await;
        let taken = registry.would_take(&subject, &case.new).await;
        if taken != case.compatible {
            differences.meet(&format!("{language}: {}", case.name), if taken { "taken" } else { "refused" });
        }
        if commands(&registry, &subject, case, taken).await == Some(1) && case.old != case.new {
            unchanged.meet(&format!("{language}: {}", case.name), "no version was added");
        }
    }
    let met = differences.met();
    println!("{name}: {} of {} verdicts agree", cases.len() - met, cases.len());
    differences.settle(|_| true);
    unchanged.settle(|_| true);
}

/// `check` gives the verdict of the rules, and `register` registers what passes it, if the registry takes it; then how many versions
/// there are.
async fn commands(registry: &Registry, subject: &str, case: &Case, taken: bool) -> Option<usize> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("event").with_extension(case.new.schema_type.extension());
    std::fs::write(&file, &case.new.text).unwrap();
    let run = |command: &str, more: &[&str]| {
        let mut process = sluicegate();
        process.args([command, "--registry", &registry.url, "--subject", subject]).args(more).arg(&file);
        process.stdin(Stdio::null()).output().unwrap()
    };

    let checked = run("check", &["--format", "json"]);
    let told = String::from_utf8_lossy(&checked.stderr);
    assert_eq!(checked.status.code(), Some(i32::from(!case.compatible)), "{}: {told}", case.name);
    let found: Vec<Value> = serde_json::from_slice(&checked.stdout).unwrap();
    let incompatible = found.iter().any(|finding| finding["code"] == "incompatible");
    assert_eq!(incompatible, !case.compatible, "{}: {found:?}", case.name);

    let dry = run("register", &[]);
    assert_eq!(dry.status.code(), Some(i32::from(!case.compatible)), "{}", case.name);
    assert_eq!(registry.count(subject).await, 1, "{}: nothing is registered without --yes", case.name);
    let registered = run("register", &["--yes"]);
    let passes = case.compatible && taken;
    let told = String::from_utf8_lossy(&registered.stderr);
    assert_eq!(registered.status.code(), Some(i32::from(!passes)), "{}: {told}", case.name);
    let count = registry.count(subject).await;
    assert!(passes || count == 1, "{}: {count} versions", case.name);
    passes.then_some(count)
}

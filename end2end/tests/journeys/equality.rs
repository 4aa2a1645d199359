//! The generator in the browser gives the same bytes as the one on the server: compared by digest over every case of the generator that
//! has a schema of its own, with the case's design.

use std::path::PathBuf;

use end2end::{Result, Settings, Visitor, journey, seen};
use serde_json::{Value, json};

/// A case: the subject that it becomes in the registry, and its design.
struct Case {
    subject: String,
    design: Value,
}

/// Lays the cases out as a registry.
fn registry(folder: &std::path::Path) -> Result<Vec<Case>> {
    let tables = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/tables");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(tables)? {
        let case = entry?;
        for extension in ["avsc", "proto", "json"] {
            let schema = case.path().join("schema").with_extension(extension);
            if !schema.exists() {
                continue;
            }
            let subject = case.file_name().to_string_lossy().into_owned();
            std::fs::create_dir(folder.join(&subject))?;
            std::fs::copy(schema, folder.join(&subject).join("1").with_extension(extension))?;
            let design = std::fs::read_to_string(case.path().join("design.json")).unwrap_or_else(|_| "{}".to_owned());
            cases.push(Case { subject, design: serde_json::from_str(&design)? });
        }
    }
    Ok(cases)
}

/// Begins a draft of the case with its design, as the pages do, and gives the draft's path.
async fn draft(visitor: &Visitor, case: &Case) -> Result<String> {
    let begin = json!({ "name": case.subject, "version": "1" });
    let script = format!(
        "(async () => {{
            const begun = await fetch('/api/ui/create-draft', {{ method: 'POST', body: new URLSearchParams({begin}) }});
            const path = begun.headers.get('location');
            const id = Number(path.split('/').pop());
            const body = JSON.stringify({{ id, builds_on: 1, design: {design} }});
            const headers = {{ 'Content-Type': 'application/json' }};
            const saved = await fetch('/api/ui/save-draft', {{ method: 'POST', headers, body }});
            return saved.ok ? path : await saved.text();
        }})()",
        design = case.design
    );
    Ok(visitor.evaluate_value(&script).await?.trim_matches('"').to_owned())
}

/// The digest that wasm shows after an edit, and the one in the document that the server renders of the same draft.
async fn digests(visitor: &Visitor, path: &str) -> Result<(String, String)> {
    visitor.open_path(&format!("{path}?pane=table")).await?;
    visitor.field("Comment").fill("The same in the browser.", None).await?;
    seen(visitor.get_by_text("Saved", true).first()).await?;
    let browser = visitor.evaluate_value("document.querySelector('.digest').title").await?;
    let script = "(async () => {
        for (let tries = 0; tries < 50; tries++) {
            const page = await (await fetch(location.href)).text();
            if (page.includes('The same in the browser.')) return page.match(/sha256:[0-9a-f]{64}/)[0];
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        return 'the edit was not saved';
    })()";
    let server = visitor.evaluate_value(script).await?;
    Ok((browser.trim_matches('"').to_owned(), server.trim_matches('"').to_owned()))
}

#[test]
fn the_browser_renders_the_bytes_that_the_server_renders_for_every_case() -> Result {
    journey(async |journey| {
        let folder = tempfile::tempdir()?;
        let cases = registry(folder.path())?;
        assert!(cases.len() >= 20, "the cases of the generator are elsewhere");
        let settings = Settings::default().with("SLUICEGATE_REGISTRY", &folder.path().display().to_string());
        let world = journey.world_with(settings).await?;
        let visitor = journey.person(&world, "analyst").await?;
        for case in &cases {
            let path = draft(&visitor, case).await?;
            assert!(path.starts_with("/designs/"), "{}: {path}", case.subject);
            let (browser, server) = digests(&visitor, &path).await?;
            assert_eq!(browser, server, "{}", case.subject);
        }
        Ok(())
    })
}

//! Asks axe-core whether a page keeps to the accessibility rules; only what it calls serious or critical fails a journey.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{Result, Visitor, checkout};

const RUN: &str = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
    .filter(violation => violation.impact === 'serious' || violation.impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(node => ({
        target: node.target.join(' '), html: node.html, summary: node.failureSummary })) }))";

/// Fails with every serious or critical finding on the page as it is now.
pub async fn accessible(visitor: &Visitor) -> Result {
    let findings = findings(visitor).await?;
    if findings.is_empty() {
        return Ok(());
    }
    let mut text = format!("{} is not accessible ({} theme):", visitor.url(), visitor.visit.theme.name());
    for finding in &findings {
        describe(&mut text, finding)?;
    }
    Err(text.into())
}

async fn findings(visitor: &Visitor) -> Result<Vec<Value>> {
    if visitor.evaluate_value("typeof window.axe").await? == "undefined" {
        let file = checkout().join("node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(&file)
            .map_err(|error| format!("{} cannot be read; `npm ci` installs it: {error}", file.display()))?;
        visitor.evaluate_expression(&source).await?;
    }
    Ok(visitor.evaluate(RUN, None::<&()>).await?)
}

fn describe(text: &mut String, finding: &Value) -> Result {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (id, impact, help) = (word(&finding["id"]), word(&finding["impact"]), word(&finding["help"]));
    write!(text, "\n{impact}: {help} [{id}]")?;
    for node in finding["nodes"].as_array().into_iter().flatten() {
        let summary = word(&node["summary"]).replace('\n', "\n        ");
        write!(text, "\n    {} {}\n        {summary}", word(&node["target"]), word(&node["html"]))?;
    }
    Ok(())
}

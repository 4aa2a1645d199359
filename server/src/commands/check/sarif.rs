//! Findings as SARIF 2.1.0: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Finding, is_error};

/// What a path in a URI keeps.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The whole document.
pub fn document(findings: &[Finding]) -> Value {
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.diagnostic.code.as_str()).collect();
    let rules: Vec<Value> = codes.into_iter().map(|code| json!({ "id": code })).collect();
    let driver = json!({ "name": "sluicegate", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "results": findings.iter().map(result).collect::<Vec<_>>() }],
    })
}

fn result(finding: &Finding) -> Value {
    let uri = utf8_percent_encode(&finding.file, PATH).to_string();
    json!({
        "ruleId": finding.diagnostic.code,
        "level": if is_error(finding) { "error" } else { "warning" },
        "message": { "text": finding.message() },
        "locations": [{
            "physicalLocation": { "artifactLocation": { "uri": uri }, "region": { "startLine": finding.line } },
            "logicalLocations": [{ "fullyQualifiedName": finding.diagnostic.path.to_string() }],
        }],
    })
}

//! Findings as annotations of GitHub Actions: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use super::{Finding, is_error};

/// One annotation, a line.
pub fn annotation(finding: &Finding) -> String {
    let level = if is_error(finding) { "error" } else { "warning" };
    let (file, code) = (property(&finding.file), property(&finding.diagnostic.code));
    format!("::{level} file={file},line={},title={code}::{}\n", finding.line, data(&finding.message()))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_ends_the_annotation() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("50% of it: done\n::error::x"), "50%25 of it: done%0A::error::x");
    }
}

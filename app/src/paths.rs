//! Every path of the console, built in one place, so that names with awkward characters are encoded once and right.

use domain::draft::DraftId;
use domain::request::RequestId;
use domain::run::RunId;
use domain::subject::{SubjectName, Version};

/// The Explore page.
pub const EXPLORE: &str = "/";
/// Drafts.
pub const DESIGNS: &str = "/designs";
/// Requests.
pub const REQUESTS: &str = "/requests";
/// Runs.
pub const RUNS: &str = "/runs";
/// The catalogue.
pub const EVENTS: &str = "/events";
/// API tokens.
pub const TOKENS: &str = "/tokens";
/// Many events at once.
pub const BULK: &str = "/bulk";
/// The registries and their state.
pub const REGISTRIES: &str = "/registries";
/// Sign-in page.
pub const SIGN_IN: &str = "/sign-in";
/// Where the sign-in form posts to.
pub const BEGIN_SESSION: &str = "/session/begin";
/// Where the sign-out form posts to.
pub const END_SESSION: &str = "/session/end";
/// Where the theme form posts to.
pub const THEME: &str = "/preferences/theme";

/// A path with these values in its query, each encoded; the path alone when there are none.
pub fn with_query(path: &str, pairs: &[(&str, String)]) -> String {
    let query: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// Explore with the query of a kept search.
pub fn kept_search(query: &str) -> String {
    if query.is_empty() { EXPLORE.to_owned() } else { format!("{EXPLORE}?{query}") }
}

/// A subject's page. The name is a query parameter: in a path, `..` and `%2F` do not survive every proxy.
pub fn subject(name: &SubjectName) -> String {
    format!("/subject?name={}", encode(name.as_str()))
}

/// What a subject's page shows of a version, as the address says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SubjectTab {
    /// The tree of its fields.
    #[default]
    Fields,
    /// Its text.
    Raw,
    /// Its text with everything that it refers to, in the order in which it is read.
    Resolved,
    /// What changed since another version.
    Compare,
    /// What it refers to, and who refers to it.
    References,
}

impl SubjectTab {
    /// The word in the address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fields => "fields",
            Self::Raw => "raw",
            Self::Resolved => "resolved",
            Self::Compare => "compare",
            Self::References => "references",
        }
    }

    /// The view with this word; the fields when there is none.
    pub fn of(word: &str) -> Self {
        [Self::Raw, Self::Resolved, Self::Compare, Self::References]
            .into_iter()
            .find(|tab| tab.word() == word)
            .unwrap_or_default()
    }
}

/// A subject's page at a version, in one of its views.
pub fn subject_version(name: &SubjectName, version: Version, tab: SubjectTab) -> String {
    format!("{}&version={version}&view={}", subject(name), tab.word())
}

/// A version as its registry shows it; nothing where the registry is no server.
pub fn in_registry(place: &str, name: &SubjectName, version: Version) -> Option<String> {
    let is_server = place.starts_with("http://") || place.starts_with("https://");
    is_server.then(|| format!("{place}/subjects/{}/versions/{version}", encode(name.as_str())))
}

/// How two versions are compared, as the address says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompareBy {
    /// By what the fields mean.
    #[default]
    Meaning,
    /// Line by line.
    Text,
}

impl CompareBy {
    /// The word in the address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Meaning => "meaning",
            Self::Text => "text",
        }
    }

    /// The way with this word; by meaning when there is none.
    pub fn of(word: &str) -> Self {
        if word == Self::Text.word() { Self::Text } else { Self::Meaning }
    }
}

/// A subject's page with what changed from one version to another.
pub fn subject_compare(name: &SubjectName, from: Version, to: Version, by: CompareBy) -> String {
    format!("{}&from={from}&by={}", subject_version(name, to, SubjectTab::Compare), by.word())
}

/// A draft's designer.
pub fn design(id: DraftId) -> String {
    format!("{DESIGNS}/{id}")
}

/// A draft's designer with one of its panes and one of its artifacts open, by their words.
pub fn design_open(id: DraftId, pane: &str, artifact: &str) -> String {
    format!("{}?pane={}&artifact={}", design(id), encode(pane), encode(artifact))
}

/// A draft's review.
pub fn review(id: DraftId) -> String {
    format!("{DESIGNS}/{id}/review")
}

/// A request.
pub fn request(id: RequestId) -> String {
    format!("{REQUESTS}/{}", id.0)
}

/// The requests of one inbox, by its word (`mine`, `to_review`, `all`).
pub fn requests_in(inbox: &str) -> String {
    format!("{REQUESTS}?inbox={}", encode(inbox))
}

/// Whether a path can stand in a header as it is: visible ASCII, without blanks and line breaks.
pub fn is_plain(path: &str) -> bool {
    path.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The path to go back to after signing in: the one given if it stays on this server, Explore otherwise.
pub fn local_or_explore(path: Option<String>) -> String {
    path.filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && is_plain(path))
        .unwrap_or_else(|| EXPLORE.to_owned())
}

/// A run.
pub fn run(id: RunId) -> String {
    format!("{RUNS}/{id}")
}

/// The server-sent events of a run.
pub fn run_stream(id: RunId) -> String {
    format!("{RUNS}/{id}/stream")
}

/// Percent-encodes everything but unreserved characters.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awkward_subject_names_survive_in_a_url() {
        let name = SubjectName::parse(":.eu:a/b%?#..ü\"&=+").unwrap();
        assert_eq!(subject(&name), "/subject?name=%3A.eu%3Aa%2Fb%25%3F%23..%C3%BC%22%26%3D%2B");
    }

    #[test]
    fn a_way_back_never_leads_to_another_server() {
        let back = |path: &str| local_or_explore(Some(path.to_owned()));
        assert_eq!(back("/requests/12?inbox=all"), "/requests/12?inbox=all");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "evil", ""] {
            assert_eq!(back(elsewhere), EXPLORE, "{elsewhere:?}");
        }
        assert_eq!(local_or_explore(None), EXPLORE);
    }

    #[test]
    fn a_path_that_no_header_can_hold_leads_nowhere() {
        for hostile in ["/?query=ü", "/?query=a\nset-cookie: b", "/?query=a b", "/\0", "/\u{7f}"] {
            assert!(!is_plain(hostile), "{hostile:?}");
            assert_eq!(local_or_explore(Some(hostile.to_owned())), EXPLORE, "{hostile:?}");
        }
        assert!(is_plain(&kept_search("q=%C3%BC&type=avro")));
    }
}

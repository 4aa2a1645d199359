//! The URLs of the API, with subject names that can hold anything. `.` and `..` cannot be path segments, encoded or not (WHATWG URL, 4.3:
//! `%2e%2e` is a double-dot segment too), so they are asked for by their qualified name in the default context, `:.:..`.

use domain::subject::{SchemaId, SubjectName, Version};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use service::ports::registry::RegistryError;
use url::Url;

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a registry server is.
pub struct Address(String);

impl Address {
    pub fn new(base: Url) -> Self {
        Self(base.as_str().trim_end_matches('/').to_owned())
    }

    pub fn describe(&self) -> String {
        self.0.clone()
    }

    /// The list of subjects, from this place on where it is paged.
    pub fn subjects(&self, deleted: bool, prefix: Option<&str>, offset: usize) -> Result<Url, RegistryError> {
        let mut query = Vec::new();
        if deleted {
            query.push("deleted=true".to_owned());
        }
        if let Some(prefix) = prefix {
            query.push(format!("subjectPrefix={}", encoded(prefix)));
        }
        if offset > 0 {
            query.push(format!("offset={offset}"));
        }
        let query = query.join("&");
        self.join(&format!("/subjects{}{query}", if query.is_empty() { "" } else { "?" }))
    }

    pub fn contexts(&self) -> Result<Url, RegistryError> {
        self.join("/contexts")
    }

    /// The listing of all versions of the subjects that begin with the prefix.
    pub fn schemas(&self, prefix: &str, offset: usize, limit: usize, deleted: bool) -> Result<Url, RegistryError> {
        let prefix = encoded(prefix);
        self.join(&format!("/schemas?subjectPrefix={prefix}&deleted={deleted}&offset={offset}&limit={limit}"))
    }

    /// The largest id of a subject's context.
    pub fn newest_id(&self, subject: &SubjectName, id: SchemaId) -> Result<Url, RegistryError> {
        self.join(&format!("/schemas/ids/{id}?fetchMaxId=true&subject={}", encoded(subject.as_str())))
    }

    /// Who uses an id of a subject's context.
    pub fn uses(&self, subject: &SubjectName, id: SchemaId) -> Result<Url, RegistryError> {
        let context = subject.context().map(|context| format!("&subject={}", encoded(&format!(":{context}:"))));
        self.join(&format!("/schemas/ids/{id}/versions?deleted=true{}", context.unwrap_or_default()))
    }

    /// The subject's versions, those that are soft-deleted with them if they are wanted.
    pub fn versions_listed(&self, subject: &SubjectName, deleted: bool) -> Result<Url, RegistryError> {
        let query = if deleted { "?deleted=true" } else { "" };
        self.join(&format!("/subjects/{}/versions{query}", segment(subject)))
    }

    pub fn versions(&self, subject: &SubjectName) -> Result<Url, RegistryError> {
        self.join(&format!("/subjects/{}/versions", segment(subject)))
    }

    pub fn version(&self, subject: &SubjectName, version: Version) -> Result<Url, RegistryError> {
        self.join(&format!("/subjects/{}/versions/{version}?deleted=true", segment(subject)))
    }

    /// A subject's `config` or `mode`, or that of the whole registry.
    pub fn setting(&self, of: &str, subject: Option<&SubjectName>) -> Result<Url, RegistryError> {
        match subject {
            Some(subject) => self.join(&format!("/{of}/{}?defaultToGlobal=true", segment(subject))),
            None => self.join(&format!("/{of}")),
        }
    }

    /// Parsing could rewrite the path; then something else would be asked than was meant, so that is an error.
    fn join(&self, path: &str) -> Result<Url, RegistryError> {
        let text = format!("{}{path}", self.0);
        match Url::parse(&text) {
            Ok(url) if url.as_str() == text => Ok(url),
            _ => Err(RegistryError::Garbage("The subject's name cannot be written in a URL.".into())),
        }
    }
}

/// Says what a missing subject means when it had to be asked for by another name.
pub fn explain(subject: &SubjectName, error: RegistryError) -> RegistryError {
    match error {
        RegistryError::NotFound(_) if is_dots(subject) => RegistryError::Garbage(format!(
            "URLs cannot hold the name {subject}, and the registry does not know it as :.:{subject} either. Register it under another name."
        )),
        other => other,
    }
}

fn segment(subject: &SubjectName) -> String {
    let qualified = format!(":.:{subject}");
    let name = if is_dots(subject) { &qualified } else { subject.as_str() };
    encoded(name)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

fn is_dots(subject: &SubjectName) -> bool {
    matches!(subject.as_str(), "." | "..")
}

//! The URLs of the API, with subject names that can hold anything. `.` and `..` cannot be path segments, encoded or not (WHATWG URL, 4.3:
//! `%2e%2e` is a double-dot segment too), so they are asked for by their qualified name in the default context, `:.:..`.

use domain::subject::{SubjectName, Version};
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

    pub fn subjects(&self) -> Result<Url, RegistryError> {
        self.join("/subjects")
    }

    pub fn versions(&self, subject: &SubjectName) -> Result<Url, RegistryError> {
        self.join(&format!("/subjects/{}/versions", segment(subject)))
    }

    pub fn version(&self, subject: &SubjectName, version: Version) -> Result<Url, RegistryError> {
        self.join(&format!("/subjects/{}/versions/{version}", segment(subject)))
    }

    /// The subject's level, or that of the whole registry.
    pub fn level(&self, subject: &SubjectName) -> Result<Url, RegistryError> {
        self.join(&format!("/config/{}?defaultToGlobal=true", segment(subject)))
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
    utf8_percent_encode(name, SEGMENT).to_string()
}

fn is_dots(subject: &SubjectName) -> bool {
    matches!(subject.as_str(), "." | "..")
}

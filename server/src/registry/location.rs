//! Where the registry is, as the operator writes it, and what is needed to be let in.

use std::fmt;
use std::path::PathBuf;

use url::Url;

use super::CALLS_A_SECOND;

/// What the adapter is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryConfig {
    /// Where the registry is.
    pub location: Location,
    /// How often a server is asked at most.
    pub calls_a_second: u32,
}

impl From<Location> for RegistryConfig {
    fn from(location: Location) -> Self {
        Self { location, calls_a_second: CALLS_A_SECOND }
    }
}

/// A place where a registry can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In the binary.
    Demo,
    /// A folder `<subject>/<version>.{avsc,proto,json}`.
    Directory(PathBuf),
    /// A server with the Confluent Schema Registry API.
    Url {
        /// Its address without credentials, query and fragment, and without a slash at the end of the path.
        url: Url,
        /// How it is convinced.
        auth: Auth,
    },
}

/// Credentials for a registry server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Auth {
    /// None.
    #[default]
    None,
    /// HTTP basic authentication.
    Basic {
        /// User, or the name of an API key.
        user: String,
        /// Password, or the secret of an API key.
        password: Secret,
    },
    /// A bearer token.
    Bearer(Secret),
}

/// Text that never shows in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Why a text is not a place; never repeats the text, which may hold credentials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    /// Something like a URL that cannot be one.
    #[error("The registry's address is not a valid URL ({0}). Write it as https://host:port/path.")]
    NotAUrl(String),
    /// Another scheme.
    #[error(
        "The registry's address has the scheme {0}; only http and https are understood. A folder is given by its path."
    )]
    Scheme(String),
    /// Query or fragment.
    #[error("The registry's address cannot have a query or a fragment. Leave out what begins with ? or #.")]
    Query,
    /// Credentials that cannot be decoded.
    #[error("User and password in the registry's address are not valid UTF-8 when decoded.")]
    Credentials,
}

impl Location {
    /// The same place with other credentials; they matter only to a server.
    #[must_use]
    pub fn with_auth(self, auth: Auth) -> Self {
        match self {
            Self::Url { url, .. } => Self::Url { url, auth },
            other => other,
        }
    }
}

/// Reads a place: nothing or `demo`, an http or https URL (with `user:password@` if need be), or a folder.
pub fn parse_location(text: &str) -> Result<Location, LocationError> {
    let text = text.trim();
    if text.is_empty() || text == "demo" {
        return Ok(Location::Demo);
    }
    let Some((scheme, _)) = text.split_once("://") else { return Ok(Location::Directory(PathBuf::from(text))) };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(LocationError::Scheme(scheme.chars().filter(|c| !c.is_control()).take(20).collect()));
    }
    let mut url = Url::parse(text).map_err(|error| LocationError::NotAUrl(error.to_string()))?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(LocationError::Query);
    }
    let auth = take_credentials(&mut url)?;
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(Location::Url { url, auth })
}

fn take_credentials(url: &mut Url) -> Result<Auth, LocationError> {
    let decode = |text: &str| {
        let decoded = percent_encoding::percent_decode_str(text).decode_utf8().map(|text| text.into_owned());
        decoded.map_err(|_| LocationError::Credentials)
    };
    if url.username().is_empty() && url.password().is_none() {
        return Ok(Auth::None);
    }
    let (user, password) = (decode(url.username())?, Secret(decode(url.password().unwrap_or_default())?));
    let removed = url.set_username("").and_then(|()| url.set_password(None));
    removed.map(|()| Auth::Basic { user, password }).map_err(|()| LocationError::Credentials)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Location {
        parse_location(text).unwrap()
    }

    #[test]
    fn nothing_is_the_demo_a_path_is_a_folder_and_a_url_is_a_server() {
        assert_eq!(parsed(""), Location::Demo);
        assert_eq!(parsed(" demo "), Location::Demo);
        assert_eq!(parsed("../corpus/json"), Location::Directory("../corpus/json".into()));
        assert_eq!(parsed("./demo"), Location::Directory("./demo".into()));
        let Location::Url { url, auth } = parsed("HTTPS://registry.example:8443/apis/ccompat/v7/") else { panic!() };
        assert_eq!(url.as_str(), "https://registry.example:8443/apis/ccompat/v7");
        assert_eq!(auth, Auth::None);
    }

    #[test]
    fn credentials_in_the_address_are_taken_out_and_never_shown() {
        let location = parsed("http://us%40er:p%3Ass@registry:8081");
        let Location::Url { url, auth } = &location else { panic!() };
        assert_eq!(url.as_str(), "http://registry:8081/");
        assert_eq!(*auth, Auth::Basic { user: "us@er".into(), password: Secret("p:ss".into()) });
        assert!(!format!("{location:?}").contains("p:ss"));
    }

    #[test]
    fn what_cannot_be_a_registry_says_why_without_repeating_secrets() {
        for text in
            ["ftp://u:secret@h", "http://", "https://u:secret@h/?x=secret", "https://h:99999/secret", "http://%ff:x@h"]
        {
            let sentence = parse_location(text).unwrap_err().to_string();
            assert!(sentence.ends_with('.') && !sentence.contains("secret"), "{sentence}");
        }
    }
}

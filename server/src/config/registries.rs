//! The registries that a console reads: the one of the flags, called `default`, and those that a file names.

use std::collections::HashSet;
use std::time::Duration;

use domain::registry::RegistryName;

use super::{ConfigError, file};
use crate::registry::{Auth, CALLS_A_SECOND, Location, RegistryConfig, Secret, parse_location};

/// How many calls a second a registry can be given at most.
const MOST_CALLS_A_SECOND: u32 = 10_000;
const MOST_REGISTRIES: usize = 50;

/// One registry of the console.
#[derive(Debug, Clone)]
pub struct RegistrySetting {
    /// Its name here.
    pub name: RegistryName,
    /// Where it is, and how it is asked.
    pub registry: RegistryConfig,
    /// How often it is read.
    pub poll: Duration,
}

impl RegistrySetting {
    /// The only registry, read so often.
    pub fn only(location: Location, poll: Duration) -> Self {
        Self { name: RegistryName::default(), registry: location.into(), poll }
    }
}

/// What is said of one registry, wherever it is said.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub location: Option<String>,
    pub user: Option<String>,
    pub password: Option<String>,
    pub token: Option<String>,
    pub poll_seconds: Option<u64>,
    pub requests_per_second: Option<u32>,
}

impl Said {
    fn has_settings(&self) -> bool {
        let numbers = self.poll_seconds.is_some() || self.requests_per_second.is_some();
        numbers || self.user.is_some() || self.password.is_some() || self.token.is_some()
    }

    /// The registry of this name.
    pub fn registry(self, name: RegistryName) -> Result<RegistrySetting, ConfigError> {
        let refuse = |sentence: String| ConfigError::Registry(format!("Registry {name}: {sentence}"));
        let text = self.location.unwrap_or_else(|| "demo".into());
        let location = parse_location(&text).map_err(|error| refuse(error.to_string()))?;
        let credentials = Credentials { user: self.user, password: self.password, token: self.token };
        let location = credentials.apply(location)?;
        let poll = self.poll_seconds.unwrap_or_else(|| default_poll(&location)).max(1);
        let calls_a_second = self.requests_per_second.unwrap_or(CALLS_A_SECOND);
        if !(1..=MOST_CALLS_A_SECOND).contains(&calls_a_second) {
            return Err(refuse(format!(
                "{calls_a_second} requests a second cannot be meant. Give 1 to {MOST_CALLS_A_SECOND}."
            )));
        }
        let registry = RegistryConfig { location, calls_a_second };
        Ok(RegistrySetting { name, registry, poll: Duration::from_secs(poll) })
    }
}

/// All registries in the order of the configuration: the one of flags and `[registry]`, unless only others are named, then the others.
pub fn all(first: Said, others: Vec<file::Named>) -> Result<Vec<RegistrySetting>, ConfigError> {
    if others.len() > MOST_REGISTRIES {
        return Err(ConfigError::Registry(format!("There can be {MOST_REGISTRIES} [[registries]] at most.")));
    }
    if first.location.is_none() && !others.is_empty() && first.has_settings() {
        return Err(ConfigError::Registry(
            "[registry] has settings and no location. Give it a location, or move its settings to those of the [[registries]] that they are for."
                .into(),
        ));
    }
    let mut all = Vec::new();
    if first.location.is_some() || others.is_empty() {
        all.push(first.registry(RegistryName::default())?);
    }
    for other in others {
        all.push(named(other)?);
    }
    let mut names = HashSet::new();
    match all.iter().find(|setting| !names.insert(&setting.name)) {
        Some(twice) => {
            Err(ConfigError::Registry(format!("There are two registries called {}. Rename one.", twice.name)))
        }
        None => Ok(all),
    }
}

fn named(named: file::Named) -> Result<RegistrySetting, ConfigError> {
    let name = RegistryName::parse(named.name).map_err(|error| ConfigError::Registry(error.to_string()))?;
    let secret = |variable: Option<String>| match variable {
        None => Ok(None),
        Some(variable) => match std::env::var(&variable) {
            Ok(value) if !value.is_empty() => Ok(Some(value)),
            _ => Err(ConfigError::Registry(format!(
                "Registry {name}: the environment variable {variable:?} that should hold its secret is not set."
            ))),
        },
    };
    let said = Said {
        location: Some(named.location),
        user: named.user,
        password: secret(named.password_env)?,
        token: secret(named.token_env)?,
        poll_seconds: named.poll_seconds,
        requests_per_second: named.requests_per_second,
    };
    said.registry(name)
}

pub struct Credentials {
    pub user: Option<String>,
    pub password: Option<String>,
    pub token: Option<String>,
}

impl Credentials {
    /// The location with these credentials; those in its URL stay when none are given.
    pub fn apply(self, location: Location) -> Result<Location, ConfigError> {
        match (self.user, self.password, self.token) {
            (None, None, None) => Ok(location),
            (Some(user), password, None) => {
                Ok(location.with_auth(Auth::Basic { user, password: Secret(password.unwrap_or_default()) }))
            }
            (None, None, Some(token)) => Ok(location.with_auth(Auth::Bearer(Secret(token)))),
            _ => {
                Err(ConfigError::Registry("Give the registry either a user and password, or a token, not both.".into()))
            }
        }
    }
}

fn default_poll(location: &Location) -> u64 {
    if matches!(location, Location::Url { .. }) { 30 } else { 5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(location: &str) -> Said {
        Said { location: Some(location.to_owned()), ..Said::default() }
    }

    fn other(name: &str) -> file::Named {
        file::Named { name: name.to_owned(), location: "http://r:8081".into(), ..file::Named::default() }
    }

    fn names(first: Said, others: Vec<file::Named>) -> Result<Vec<String>, String> {
        let all = all(first, others).map_err(|error| error.to_string())?;
        Ok(all.into_iter().map(|setting| setting.name.to_string()).collect())
    }

    #[test]
    fn the_only_registry_is_called_default_and_others_follow_it() {
        assert_eq!(names(Said::default(), vec![]).unwrap(), ["default"]);
        assert_eq!(names(Said::default(), vec![other("eu"), other("us")]).unwrap(), ["eu", "us"]);
        assert_eq!(names(said("demo"), vec![other("eu")]).unwrap(), ["default", "eu"]);
    }

    #[test]
    fn what_cannot_be_used_says_which_registry_is_meant() {
        let twice = names(said("demo"), vec![other("eu"), other("eu")]).unwrap_err();
        assert!(twice.contains("two registries called eu"), "{twice}");
        let bad = names(Said::default(), vec![other("EU")]).unwrap_err();
        assert!(bad.contains("lower-case"), "{bad}");
        let secret = file::Named { token_env: Some("SLUICEGATE_TEST_IS_NOT_SET".into()), ..other("eu") };
        let unset = names(Said::default(), vec![secret]).unwrap_err();
        assert!(unset.contains("Registry eu") && unset.contains("SLUICEGATE_TEST_IS_NOT_SET"), "{unset}");
        let placeless = Said { token: Some("t".into()), ..Said::default() };
        assert!(names(placeless, vec![other("eu")]).unwrap_err().contains("has settings and no location"));
        let slow = Said { requests_per_second: Some(0), ..said("demo") };
        assert!(names(slow, vec![]).unwrap_err().contains("requests a second"));
    }
}

//! What rows that come without files need to know of the account: where it is and who sends them. Secrets are references only.

use serde::{Deserialize, Serialize};

/// How the sink job or Kafka Connect reaches Snowflake. Texts may be references (`${provider:path:key}`), which are resolved where
/// the job or the connector runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Streaming {
    /// The account's address, such as `acme-eu1.snowflakecomputing.com:443`.
    pub account_url: String,
    /// The user that sends the rows; the platform's loader role is granted to it.
    pub user: String,
    /// Where the user's private key is; always a reference.
    pub private_key: String,
    /// Where Kafka Connect finds the schema registry.
    pub registry_url: String,
    /// The header that has the whole envelope as a JSON object; without it each of the envelope's keys is a header of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub envelope_header: Option<String>,
}

impl Default for Streaming {
    fn default() -> Self {
        Self {
            account_url: "${env:SNOWFLAKE_URL}".into(),
            user: "EVENT_LOADER".into(),
            private_key: "${env:SNOWFLAKE_PRIVATE_KEY}".into(),
            registry_url: "${env:SCHEMA_REGISTRY_URL}".into(),
            envelope_header: None,
        }
    }
}

impl Streaming {
    /// Whether the private key is a reference to a secret and not a secret.
    pub fn has_key_by_reference(&self) -> bool {
        let inner = self.private_key.strip_prefix("${").and_then(|text| text.strip_suffix('}'));
        let is_part = |part: &str| !part.is_empty() && !part.contains(['$', '{', '}', '\n', '\r']);
        inner.is_some_and(|inner| inner.contains(':') && inner.split(':').all(is_part) && inner.len() <= 300)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_reference_or_it_is_none() {
        let by_reference =
            |key: &str| Streaming { private_key: key.into(), ..Streaming::default() }.has_key_by_reference();
        for key in ["${env:KEY}", "${file:/etc/secrets/snowflake.properties:key}", "${vault:secret/snowflake:key}"] {
            assert!(by_reference(key), "{key}");
        }
        for key in ["", "MIIEvQIBADANBg", "${}", "${key}", "${env:}", "${a:b} ${c:d}", "-----BEGIN PRIVATE KEY-----"] {
            assert!(!by_reference(key), "{key}");
        }
    }
}

//! How an event's rows come into its table: from files by Snowpipe, from the sink job by Snowpipe Streaming, or from Kafka Connect.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What loads an event, under the name that configuration and design give it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadKind {
    /// The sink job writes Parquet files, and a pipe copies each one that is announced.
    #[default]
    Snowpipe,
    /// The sink job sends rows to a pipe, without files.
    SnowpipeStreaming,
    /// Snowflake's connector for Kafka sends the topic's records to a pipe; there is no sink job.
    KafkaConnector,
}

impl LoadKind {
    /// All kinds, in the order that they are offered in.
    pub const ALL: [Self; 3] = [Self::Snowpipe, Self::SnowpipeStreaming, Self::KafkaConnector];

    /// The name in configuration and designs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Snowpipe => "snowpipe",
            Self::SnowpipeStreaming => "snowpipe_streaming",
            Self::KafkaConnector => "kafka_connector",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Snowpipe => "Snowpipe",
            Self::SnowpipeStreaming => "Snowpipe Streaming",
            Self::KafkaConnector => "Kafka connector",
        }
    }

    /// What it is called within a sentence.
    pub fn named(self) -> &'static str {
        if self == Self::KafkaConnector { "the Kafka connector" } else { self.label() }
    }

    /// What it means for an event, one sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Snowpipe => {
                "The sink job writes Parquet files into the bucket, and a pipe loads each file that is announced to it."
            }
            Self::SnowpipeStreaming => {
                "The sink job sends each row to a pipe as JSON, without files: rows are there within seconds, and a row that does not fit is set aside alone."
            }
            Self::KafkaConnector => {
                "Snowflake's connector for Kafka sends the topic's records to a pipe, so there is neither a sink job nor a file; the envelope comes from the record's headers."
            }
        }
    }

    /// Whether its rows come in files.
    pub fn has_files(self) -> bool {
        self == Self::Snowpipe
    }

    /// Whether a sink job of the platform's brings the rows.
    pub fn has_job(self) -> bool {
        self != Self::KafkaConnector
    }
}

impl fmt::Display for LoadKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_stored_under_its_word() {
        for kind in LoadKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
    }
}

//! What brings an event's rows to the load. What a row holds of a field follows from it.

use crate::platform::{LoadKind, Writer, WriterProfile};

/// What brings the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// Parquet files of the sink job.
    Files(WriterProfile),
    /// The sink job, as JSON.
    Job,
    /// Snowflake's connector for Kafka, as JSON of what its converter has read.
    Connector,
}

impl Carrier {
    /// What brings the rows of a load; `profile` writes its files where there are any.
    pub fn of(kind: LoadKind, profile: WriterProfile) -> Self {
        match kind {
            LoadKind::Snowpipe => Self::Files(profile),
            LoadKind::SnowpipeStreaming => Self::Job,
            LoadKind::KafkaConnector => Self::Connector,
        }
    }

    /// The library that writes the files, if there are any.
    pub fn writer(self) -> Option<Writer> {
        match self {
            Self::Files(profile) => Some(profile.writer()),
            Self::Job | Self::Connector => None,
        }
    }

    /// Whether what stands for the one value under its `key` stays around it. Kafka Connect's converters take the value out of messages
    /// that are there to be null, and out of unions of one type.
    pub(super) fn wraps(self, key: &str) -> bool {
        match self {
            Self::Files(profile) => profile.writer() != Writer::RowData,
            Self::Job => false,
            Self::Connector => key == "paths",
        }
    }

    /// What fields are in that belong together.
    pub(super) fn group(self) -> &'static str {
        if matches!(self, Self::Files(_)) { "a group" } else { "an object" }
    }
}

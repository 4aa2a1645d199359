//! Who writes the Parquet files, with which settings. It decides what a file holds of a field, and so what the load selects.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::subject::SchemaType;

/// A writer of Parquet files with its settings, under the name that configuration and design give it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WriterProfile {
    /// Flink RowData as Flink writes it by default: timestamps as INT96, three-level lists, annotated maps.
    #[serde(rename = "flink_rowdata_int96")]
    FlinkRowdataInt96,
    /// Flink RowData with timestamps as INT64 micros that hold UTC; the recommended one.
    #[default]
    #[serde(rename = "flink_rowdata_int64_utc")]
    FlinkRowdataInt64Utc,
    /// Avro records as parquet-avro writes them by default: two-level lists, which hold no null.
    #[serde(rename = "avro_2level")]
    Avro2Level,
    /// Avro records with three-level lists.
    #[serde(rename = "avro_3level")]
    Avro3Level,
    /// Protobuf messages as parquet-protobuf writes them by default: lists and maps without Parquet's annotations.
    #[serde(rename = "proto_legacy")]
    ProtoLegacy,
    /// Protobuf messages with the lists and maps of the Parquet specification.
    #[serde(rename = "proto_spec")]
    ProtoSpec,
}

impl WriterProfile {
    /// All profiles, in the order that they are offered in.
    pub const ALL: [Self; 6] = [
        Self::FlinkRowdataInt64Utc,
        Self::FlinkRowdataInt96,
        Self::Avro3Level,
        Self::Avro2Level,
        Self::ProtoSpec,
        Self::ProtoLegacy,
    ];

    /// The name in configuration, designs and the sink job's values.
    pub fn word(self) -> &'static str {
        match self {
            Self::FlinkRowdataInt96 => "flink_rowdata_int96",
            Self::FlinkRowdataInt64Utc => "flink_rowdata_int64_utc",
            Self::Avro2Level => "avro_2level",
            Self::Avro3Level => "avro_3level",
            Self::ProtoLegacy => "proto_legacy",
            Self::ProtoSpec => "proto_spec",
        }
    }

    /// What it writes: Flink's rows, Avro records or Protobuf messages.
    pub fn writer(self) -> Writer {
        match self {
            Self::FlinkRowdataInt96 | Self::FlinkRowdataInt64Utc => Writer::RowData,
            Self::Avro2Level | Self::Avro3Level => Writer::Avro,
            Self::ProtoLegacy | Self::ProtoSpec => Writer::Protobuf,
        }
    }

    /// Whether it can write events of this language. Rows are made from any; records and messages only from their own.
    pub fn writes(self, language: SchemaType) -> bool {
        match self.writer() {
            Writer::RowData => true,
            Writer::Avro => language == SchemaType::Avro,
            Writer::Protobuf => language == SchemaType::Protobuf,
        }
    }
}

impl fmt::Display for WriterProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The library that writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Writer {
    /// Flink's own Parquet format. The job makes the rows, so what Parquet cannot say it writes as JSON text.
    RowData,
    /// parquet-avro. The record is written as it is, and what Parquet cannot say stops the job.
    Avro,
    /// parquet-protobuf. The message is written as it is, and what Parquet cannot say is cut off or stops the job.
    Protobuf,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_stored_under_its_word() {
        for profile in WriterProfile::ALL {
            assert_eq!(serde_json::to_value(profile).unwrap(), profile.word());
        }
    }

    #[test]
    fn a_word_that_is_no_profile_is_refused_with_those_that_are() {
        let refused = serde_json::from_str::<WriterProfile>("\"parquet\"").unwrap_err().to_string();
        assert!(WriterProfile::ALL.iter().all(|profile| refused.contains(profile.word())), "{refused}");
    }
}

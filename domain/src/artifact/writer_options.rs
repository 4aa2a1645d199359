//! The settings that make a writer write as its profile says, under the writer's own names.

use serde::Serialize;

use crate::platform::WriterProfile;

/// The options of one profile.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum WriterOptions {
    /// Flink's Parquet format.
    RowData {
        #[serde(rename = "parquet.write.int64.timestamp")]
        int64_timestamps: bool,
        #[serde(rename = "parquet.timestamp.time.unit", skip_serializing_if = "Option::is_none")]
        time_unit: Option<&'static str>,
        #[serde(rename = "parquet.utc-timezone")]
        utc: bool,
    },
    /// parquet-avro.
    Avro {
        #[serde(rename = "parquet.avro.write-old-list-structure")]
        two_level_lists: bool,
        #[serde(rename = "parquet.avro.write-parquet-uuid")]
        uuid_type: bool,
    },
    /// parquet-protobuf. Wrappers stay groups: with that option every other scalar is written as required, and an event that leaves
    /// one out stops the job.
    Protobuf {
        #[serde(rename = "parquet.proto.writeSpecsCompliant")]
        marked_lists: bool,
        #[serde(rename = "parquet.proto.unwrapProtoWrappers")]
        unwrap_wrappers: bool,
        #[serde(rename = "parquet.proto.maxRecursion")]
        max_recursion: u8,
    },
}

impl WriterOptions {
    /// The options of a profile; defaults are written down too, so that a newer library with others changes nothing.
    pub(super) fn of(profile: WriterProfile) -> Self {
        let avro = |two_level_lists| Self::Avro { two_level_lists, uuid_type: false };
        let protobuf = |marked_lists| Self::Protobuf { marked_lists, unwrap_wrappers: false, max_recursion: 5 };
        match profile {
            WriterProfile::FlinkRowdataInt96 => Self::RowData { int64_timestamps: false, time_unit: None, utc: true },
            WriterProfile::FlinkRowdataInt64Utc => {
                Self::RowData { int64_timestamps: true, time_unit: Some("micros"), utc: true }
            }
            WriterProfile::Avro2Level => avro(true),
            WriterProfile::Avro3Level => avro(false),
            WriterProfile::ProtoLegacy => protobuf(false),
            WriterProfile::ProtoSpec => protobuf(true),
        }
    }
}

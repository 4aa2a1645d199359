//! The imports that registries resolve by themselves: `google/protobuf` comes with the compiler, `google/type` and `confluent`
//! are written down here from their public descriptions. A reference with the same name takes precedence over the latter.

use prost_reflect::DescriptorPool;
use prost_reflect::prost_types::FileDescriptorProto;

/// The text of a bundled file.
pub fn text(import: &str) -> Option<&'static str> {
    Some(match import {
        "google/type/calendar_period.proto" => include_str!("bundled/calendar_period.proto"),
        "google/type/color.proto" => include_str!("bundled/color.proto"),
        "google/type/date.proto" => include_str!("bundled/date.proto"),
        "google/type/datetime.proto" => include_str!("bundled/datetime.proto"),
        "google/type/dayofweek.proto" => include_str!("bundled/dayofweek.proto"),
        "google/type/decimal.proto" => include_str!("bundled/decimal.proto"),
        "google/type/expr.proto" => include_str!("bundled/expr.proto"),
        "google/type/fraction.proto" => include_str!("bundled/fraction.proto"),
        "google/type/interval.proto" => include_str!("bundled/interval.proto"),
        "google/type/latlng.proto" => include_str!("bundled/latlng.proto"),
        "google/type/localized_text.proto" => include_str!("bundled/localized_text.proto"),
        "google/type/money.proto" => include_str!("bundled/money.proto"),
        "google/type/month.proto" => include_str!("bundled/month.proto"),
        "google/type/phone_number.proto" => include_str!("bundled/phone_number.proto"),
        "google/type/postal_address.proto" => include_str!("bundled/postal_address.proto"),
        "google/type/quaternion.proto" => include_str!("bundled/quaternion.proto"),
        "google/type/timeofday.proto" => include_str!("bundled/timeofday.proto"),
        // What features of single languages are is all that these say, and nothing of it is about fields.
        "google/protobuf/cpp_features.proto"
        | "google/protobuf/go_features.proto"
        | "google/protobuf/java_features.proto" => "syntax = \"proto2\"; package pb;",
        "confluent/meta.proto" => include_str!("bundled/confluent_meta.proto"),
        "confluent/type/decimal.proto" => include_str!("bundled/confluent_decimal.proto"),
        _ => return None,
    })
}

/// The descriptor of a well-known file. It takes precedence over references: registries serve newer texts of these files that
/// say the same in editions syntax.
pub fn well_known(import: &str) -> Option<FileDescriptorProto> {
    if !import.starts_with("google/protobuf/") {
        return None;
    }
    DescriptorPool::global().get_file_by_name(import).map(|file| file.file_descriptor_proto().clone())
}

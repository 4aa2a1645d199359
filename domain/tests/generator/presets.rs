//! Presets: what they make of an event, and that what a person edits stays on top.

use domain::design::{Change, Design};
use domain::platform::Platform;
use domain::preset::{BuiltIn, OwnPreset, PersonalData, Suggestion, built_in, own, start};
use domain::render::render_schema;
use domain::schema::{SchemaText, read};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::Context;

use crate::listing;
use crate::tables::{design, rendered};

const LISTING: &str = "\
orderId string
customer record
  email string
  birthDate date
  level int
shipping record
  carrier string
contacts array<string> // personal data of helpers
phones map<string>
people array<string>
";

fn platform() -> Platform {
    let personal_data = PersonalData { masking_policy: Some("POLICIES.MASK".into()), ..PersonalData::default() };
    Platform { personal_data, ..Platform::default() }
}

fn names(design: &Design) -> Vec<String> {
    let rendering = rendered(listing::read(LISTING), SchemaType::Avro, design);
    assert!(!rendering.has_errors(), "{:?}", rendering.diagnostics);
    let around = rendering.table.envelope.len();
    let count = rendering.table.columns().count() - around - rendering.table.load_metadata.len();
    rendering.table.columns().skip(around).take(count).map(|column| column.name.clone()).collect()
}

fn suggestion(preset: BuiltIn) -> Suggestion {
    built_in(preset, &listing::read(LISTING), &platform())
}

fn reasons(suggestion: &Suggestion) -> Vec<String> {
    suggestion.reasons.iter().map(|(path, reason)| format!("{path}: {reason}")).collect()
}

#[test]
fn pii_safe_masks_text_and_leaves_the_rest_of_personal_data_out() {
    let made = suggestion(BuiltIn::PiiSafe);
    assert_eq!(names(&made.design), ["ORDER_ID", "CUSTOMER__EMAIL", "CUSTOMER__LEVEL", "SHIPPING", "PEOPLE"]);
    assert_eq!(
        reasons(&made),
        [
            "contacts: Its documentation says personal data. It is left out.",
            "customer: It holds customer.email. Its other fields have columns of their own.",
            "customer.birthDate: Its name says birth date. It is left out.",
            "customer.email: Its name says email. The policy POLICIES.MASK masks it.",
            "phones: Its name says phone. It is left out.",
        ]
    );
}

#[test]
fn pii_safe_finds_tagged_records_wherever_a_field_holds_them() {
    let person = r#"{"type":"record","name":"Person","fields":[{"name":"level","type":"int"}]}"#;
    let avro = format!(
        r#"{{"type":"record","name":"Placed","fields":[{{"name":"id","type":"int"}},{{"name":"list","type":{{"type":"array","items":{person}}}}},
        {{"name":"map","type":{{"type":"map","values":"Person"}}}},{{"name":"union","type":["string","Person"]}}]}}"#
    );
    let mut text = SchemaText::new(SchemaType::Avro, avro);
    text.tags.insert("Person".into(), vec!["PII".into()]);
    let left_out = |text: &SchemaText| reasons(&built_in(BuiltIn::PiiSafe, &read(text), &platform()));
    let said = |paths: [&str; 3]| paths.map(|path| format!("{path}: It is tagged PII. It is left out."));
    assert_eq!(left_out(&text), said(["list", "map", "union"]));
    let protobuf = r#"syntax = "proto3"; import "confluent/meta.proto";
        message Placed { int32 id = 1; repeated Person list = 2; map<string, Person> map = 3; oneof union { Person person = 4; int32 n = 5; } }
        message Person { option (confluent.message_meta).tags = "PII"; int32 level = 1; }"#;
    assert_eq!(left_out(&SchemaText::new(SchemaType::Protobuf, protobuf)), said(["list", "map", "person"]));
}

#[test]
fn pii_safe_takes_every_field_of_a_tagged_event_for_personal_data() {
    let mut schema = listing::read("id int\nnote string\nplace record\n  city string");
    schema.event.tags = vec!["INTERNAL".into(), "pii".into()];
    let made = built_in(BuiltIn::PiiSafe, &schema, &platform());
    assert_eq!(
        reasons(&made),
        [
            "id: The event is tagged pii. It is left out.",
            "note: The event is tagged pii. The policy POLICIES.MASK masks it.",
            "place: The event is tagged pii. It is left out.",
        ]
    );
    schema.event.tags.pop();
    assert_eq!(built_in(BuiltIn::PiiSafe, &schema, &platform()), Suggestion::default());
}

#[test]
fn wide_and_flat_gives_every_field_of_every_record_a_column() {
    let made = suggestion(BuiltIn::WideAndFlat);
    assert_eq!(
        names(&made.design),
        [
            "ORDER_ID",
            "CUSTOMER__EMAIL",
            "CUSTOMER__BIRTH_DATE",
            "CUSTOMER__LEVEL",
            "SHIPPING__CARRIER",
            "CONTACTS",
            "PHONES",
            "PEOPLE"
        ]
    );
}

#[test]
fn raw_variant_is_one_column() {
    let made = suggestion(BuiltIn::RawVariant);
    assert_eq!(names(&made.design), ["PAYLOAD"]);
    let rendering = rendered(listing::read(LISTING), SchemaType::Avro, &made.design);
    assert_eq!(rendering.table.computed[0].expression.to_string(), "$1::VARIANT");
}

#[test]
fn what_a_person_edits_stays_over_a_preset_and_can_be_taken_back_alone() {
    let mine = design(&[("customer.email", Change::Keep(false)), ("orderId", Change::Rename("ID".into()))]);
    let preset = suggestion(BuiltIn::PiiSafe).design;
    let both = preset.overridden_by(&mine);
    assert_eq!(names(&both), ["ID", "CUSTOMER__LEVEL", "SHIPPING", "PEOPLE"]);
    let edit = domain::design::Edit {
        path: "customer.email".parse().unwrap(),
        change: Change::TakeBack(domain::design::Part::Keep),
    };
    assert_eq!(names(&both.apply(&edit).unwrap()), ["ID", "CUSTOMER__EMAIL", "CUSTOMER__LEVEL", "SHIPPING", "PEOPLE"]);
}

#[test]
fn a_preset_of_the_organisation_edits_the_fields_that_an_event_has() {
    let text = r#"{"name": "house", "base": "pii-safe", "design": {"columns": {"orderId": {"type": "VARCHAR(36)"}, "gone": {"keep": false}},
        "table": {"retentionDays": 3}, "topic": {"partitions": 6}}}"#;
    let house: OwnPreset = serde_json::from_str(text).unwrap();
    let made = own(&house, &listing::read(LISTING), &platform());
    assert_eq!(made.design.edit_count(), suggestion(BuiltIn::PiiSafe).design.edit_count() + 3);
    let with_default = Platform { presets: vec![house], default_preset: Some("house".into()), ..platform() };
    assert_eq!(start(&listing::read(LISTING), &with_default), made);
    assert_eq!(start(&listing::read(LISTING), &platform()), Suggestion::default());
}

#[test]
fn a_platform_says_all_of_it_in_its_configuration() {
    let text = r#"{"defaultPreset": "house", "naming": "snake_upper", "externalVolume": "LAKE", "errorIntegration": "NI_SNOWPIPE_ERRORS",
        "furtherKafkaClusters": ["analytics"], "columnNames": {"_EVENT_ID": "EVENT_ID"},
        "personalData": {"maskingPolicy": "GOVERNANCE.POLICIES.MASK_TEXT"},
        "presets": [{"name": "house", "about": "What every table of ours has.", "base": "pii-safe", "design": {"table": {"tags": {"GOVERNANCE.DOMAIN": "events"}}}}]}"#;
    let platform: Platform = serde_json::from_str(text).unwrap();
    let made = start(&listing::read(LISTING), &platform);
    let masked = made.design.columns.values().filter_map(|edit| edit.masking_policy.as_deref());
    assert_eq!(masked.collect::<Vec<_>>(), ["GOVERNANCE.POLICIES.MASK_TEXT"]);
    assert_eq!(made.design.table.tags.map(|tags| tags.len()), Some(1));
    let written = serde_json::to_string(&platform).unwrap();
    assert_eq!(serde_json::from_str::<Platform>(&written).unwrap(), platform);
}

#[test]
fn a_default_preset_that_is_none_is_told() {
    let platform = Platform { default_preset: Some("hose".into()), ..platform() };
    let subject = SubjectName::parse("order.placed-value").unwrap();
    let (version, schema_type, design) = (Version(1), SchemaType::Avro, Design::default());
    let context = Context { subject: &subject, version, schema_type, platform: &platform, design: &design, live: &[] };
    let found = render_schema(listing::read("a string"), context).diagnostics;
    assert_eq!(found.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(), ["default-preset"]);
}

#[test]
fn oneof_cases_gives_every_oneof_that_a_column_reaches_a_column() {
    let folder = crate::cases::root().join("oneofs_with_a_column_of_their_own");
    let text = std::fs::read_to_string(folder.join("schema.proto")).unwrap();
    let schema = read(&SchemaText::new(SchemaType::Protobuf, text));
    let made = built_in(BuiltIn::OneofCases, &schema, &platform());
    let design = std::fs::read_to_string(folder.join("design.json")).unwrap();
    assert_eq!(made.design, serde_json::from_str(&design).unwrap());
    assert_eq!(
        reasons(&made)[0],
        "card: MEANS_CASE_2 says which member of the oneof means is set.",
        "and a name that a field has is left to the field"
    );
    let none = built_in(BuiltIn::OneofCases, &listing::read(LISTING), &platform());
    assert_eq!(none, Suggestion::default());
}

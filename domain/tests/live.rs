//! What an evolution does to a live event's place, kind, policies, options, pipes and topic: it says so, and does it or refuses.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use domain::artifact::ArtifactKind;
use domain::design::Design;
use domain::evolve::{Evolution, Live, Procedure, evolve};
use domain::platform::Platform;
use domain::render::{RenderInput, render};
use domain::schema::SchemaText;
use domain::subject::{SchemaType, SubjectName, Version};

const OLD: &str = r#"{"name":"id","type":"string"},{"name":"email","type":"string"},{"name":"amount","type":"int"}"#;
const TABLE: &str = r#"ALTER TABLE "RAW"."EVENTS"."SALE""#;

fn input(fields: &str, version: u32, design: &str) -> RenderInput {
    RenderInput {
        subject: SubjectName::parse("sale-value").unwrap(),
        version: Version(version),
        schema: SchemaText::new(SchemaType::Avro, format!(r#"{{"type":"record","name":"Order","fields":[{fields}]}}"#)),
        platform: Platform { external_volume: Some("VOLUME".into()), ..Platform::default() },
        design: serde_json::from_str::<Design>(design).unwrap(),
        live: Live::default(),
    }
}

/// The event with `before` live as version 1, and then as version 2 with other fields and another design.
fn evolved(before: &str, fields: &str, after: &str) -> Evolution {
    evolve(&Live::of(&render(&input(OLD, 1, before))), &input(fields, 2, after))
}

fn statements(evolution: &Evolution) -> Vec<String> {
    evolution.steps.iter().flat_map(|step| step.statements.iter().cloned()).collect()
}

fn has(evolution: &Evolution, code: &str, is_error: bool) -> bool {
    evolution.findings.iter().any(|found| found.code == code && found.is_error() == is_error)
}

fn terraform(evolution: &Evolution) -> &str {
    &evolution.artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::Warehouse).unwrap().content
}

/// The block of a column in Terraform.
fn block<'a>(evolution: &'a Evolution, column: &str) -> &'a str {
    let start = terraform(evolution).split_once(&format!("= \"{column}\"\n")).unwrap().1;
    start.split_once('}').unwrap().0
}

fn assert_statement(evolution: &Evolution, wanted: &str) {
    let all = statements(evolution);
    assert!(all.iter().any(|statement| statement == wanted), "{wanted}\n{all:#?}");
}

#[test]
fn what_would_move_or_drop_what_is_live_is_refused() {
    let refused = [
        ("{}", r#"{"load":{"stagePrefix":"sales/orders"}}"#, "live-stage-moved"),
        (r#"{"load":{"stagePrefix":"sales/orders"}}"#, "{}", "live-stage-moved"),
        ("{}", r#"{"table":{"transient":true}}"#, "live-table-kind"),
        ("{}", r#"{"table":{"kind":"iceberg"}}"#, "live-table-kind"),
        (r#"{"table":{"transient":true}}"#, "{}", "live-table-kind"),
        ("{}", r#"{"load":{"awsSnsTopic":"arn:aws:sns:eu-central-1:123456789012:name"}}"#, "live-sns-topic"),
        ("{}", r#"{"topic":{"partitions":2}}"#, "live-topic-partitions"),
        ("{}", r#"{"topic":{"replication":3}}"#, "live-topic-replication"),
    ];
    for (before, after, code) in refused {
        let evolution = evolved(before, OLD, after);
        assert!(has(&evolution, code, true), "{code}: {:#?}", evolution.findings);
        let unchanged = evolved(before, OLD, before);
        assert!(!unchanged.has_errors(), "{before}: {:#?}", unchanged.findings);
    }
    assert!(has(&evolved("{}", OLD, r#"{"topic":{"partitions":64}}"#), "live-topic-partitions", false));
}

#[test]
fn another_platform_does_not_take_a_live_event_elsewhere() {
    let live = Live::of(&render(&input(OLD, 1, "{}")));
    let to = |change: fn(&mut Platform)| {
        let mut new = input(OLD, 2, "{}");
        change(&mut new.platform);
        evolve(&live, &new)
    };
    assert!(!to(|_| {}).has_errors());
    assert!(has(&to(|platform| platform.bucket_url = "s3://another/bucket".into()), "live-stage-moved", true));
    assert!(has(&to(|platform| platform.database = "OTHER".into()), "live-table-moved", true));
    assert!(has(&to(|platform| platform.schema = "OTHER".into()), "live-table-moved", true));
    assert!(has(&to(|platform| platform.kafka_cluster = "other".into()), "live-topic-cluster", true));
}

#[test]
fn a_masked_column_stays_masked_whatever_happens_to_its_field() {
    let masked = r#"{"columns":{"email":{"maskingPolicy":"SEC.MASK_EMAIL","tags":{"PII":"yes"},"collation":"en-ci"}}}"#;
    let without = r#"{"name":"id","type":"string"},{"name":"amount","type":"int"}"#;
    let renamed = format!(r#"{without},{{"name":"email_address","type":"string","aliases":["email"]}}"#);
    let retyped = format!(r#"{without},{{"name":"email","type":"int"}}"#);
    let dropped = r#"{"columns":{"email":{"keep":false}}}"#;
    for (fields, after) in
        [(without, "{}"), (&renamed, "{}"), (OLD, dropped), (OLD, "{}"), (&retyped, masked), (&retyped, "{}")]
    {
        let evolution = evolved(masked, fields, after);
        let email = block(&evolution, "EMAIL");
        assert!(email.contains("MASK_EMAIL") && email.contains("en-ci"), "{fields} {after}\n{email}");
        let definition = evolution.artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::Table).unwrap();
        let line = definition.content.lines().find(|line| line.contains("\"EMAIL\"")).unwrap();
        assert!(line.contains("MASKING POLICY \"RAW\".\"SEC\".\"MASK_EMAIL\""), "{line}");
    }
    assert!(has(&evolved(masked, OLD, "{}"), "live-policy-removed", true));
    assert!(has(&evolved(masked, &retyped, "{}"), "live-policy-removed", true));
    assert!(has(&evolved(masked, &renamed, "{}"), "live-policy-left", false));
    let beside = evolved(masked, &retyped, r#"{"columns":{"email":{"maskingPolicy":"SEC.MASK_EMAIL"}}}"#);
    assert!(!beside.has_errors(), "{:#?}", beside.findings);
    assert!(block(&beside, "EMAIL_V2").contains("MASK_EMAIL"));
}

#[test]
fn policies_tags_and_options_become_statements() {
    let after = r#"{"columns":{"email":{"maskingPolicy":"S.M","tags":{"T":"it's"}}},"table":{"retentionDays":5,
        "clusterByDay":true,"changeTracking":true,"rowAccess":{"policy":"S.R","columns":["id"]},"tags":{"A":"b"},
        "maxDataExtensionDays":3},"load":{"errorIntegration":"NI"}}"#;
    let set = evolved("{}", OLD, after);
    assert!(!set.has_errors(), "{:#?}", set.findings);
    for change in [
        r#"ALTER COLUMN "EMAIL" SET MASKING POLICY "RAW"."S"."M""#,
        r#"ALTER COLUMN "EMAIL" SET TAG "RAW"."EVENTS"."T" = 'it''s'"#,
        r#"CLUSTER BY (TO_DATE("_EVENT_CREATED_AT"))"#,
        "SET DATA_RETENTION_TIME_IN_DAYS = 5",
        "SET MAX_DATA_EXTENSION_TIME_IN_DAYS = 3",
        "SET CHANGE_TRACKING = TRUE",
        r#"SET TAG "RAW"."EVENTS"."A" = 'b'"#,
        r#"ADD ROW ACCESS POLICY "RAW"."S"."R" ON ("ID")"#,
    ] {
        assert_statement(&set, &format!("{TABLE} {change};"));
    }
    assert_statement(&set, r#"ALTER PIPE "RAW"."EVENTS"."PIPE_SALE_V1" SET ERROR_INTEGRATION = "NI";"#);
    let kept =
        r#"{"columns":{"email":{"maskingPolicy":"S.N"}},"table":{"rowAccess":{"policy":"S.R2","columns":["email"]}}}"#;
    let unset = evolve(&set.live, &input(OLD, 3, kept));
    assert!(!unset.has_errors(), "{:#?}", unset.findings);
    assert_eq!(unset.findings.iter().filter(|found| found.code == "live-tag-removed").count(), 2, "column and table");
    for change in [
        r#"ALTER COLUMN "EMAIL" SET MASKING POLICY "RAW"."S"."N" FORCE"#,
        r#"ALTER COLUMN "EMAIL" UNSET TAG "RAW"."EVENTS"."T""#,
        "DROP CLUSTERING KEY",
        "UNSET DATA_RETENTION_TIME_IN_DAYS",
        "SET CHANGE_TRACKING = FALSE",
        r#"UNSET TAG "RAW"."EVENTS"."A""#,
        r#"DROP ROW ACCESS POLICY "RAW"."S"."R", ADD ROW ACCESS POLICY "RAW"."S"."R2" ON ("EMAIL")"#,
    ] {
        assert_statement(&unset, &format!("{TABLE} {change};"));
    }
    assert_statement(&unset, r#"ALTER PIPE "RAW"."EVENTS"."PIPE_SALE_V2" UNSET ERROR_INTEGRATION;"#);
    let altering = |evolution: &Evolution| evolution.steps.first().unwrap().statements.len();
    let again = evolve(&unset.live, &input(OLD, 4, kept));
    assert_eq!(altering(&again), 1, "only the comment is left to do: {:#?}", statements(&again));
}

#[test]
fn what_protects_rows_or_orders_values_is_not_taken_off() {
    let before =
        r#"{"columns":{"email":{"collation":"en-ci"}},"table":{"rowAccess":{"policy":"S.R","columns":["id"]}}}"#;
    let evolution = evolved(before, OLD, "{}");
    assert!(has(&evolution, "live-policy-removed", true) && has(&evolution, "live-collation", true));
    assert!(!statements(&evolution).iter().any(|statement| statement.contains("ROW ACCESS")));
}

#[test]
fn keys_and_row_access_follow_the_column_that_is_filled() {
    let design = r#"{"table":{"rowAccess":{"policy":"S.R","columns":["amount"]},"clusterBy":[{"column":"amount"}]}}"#;
    let retyped = r#"{"name":"id","type":"string"},{"name":"email","type":"string"},{"name":"amount","type":"string"}"#;
    let evolution = evolved(design, retyped, design);
    assert_statement(&evolution, &format!(r#"{TABLE} CLUSTER BY ("AMOUNT_V2");"#));
    let moved = r#"DROP ROW ACCESS POLICY "RAW"."S"."R", ADD ROW ACCESS POLICY "RAW"."S"."R" ON ("AMOUNT_V2")"#;
    assert_statement(&evolution, &format!("{TABLE} {moved};"));
    assert!(has(&evolution, "live-row-access", false));
    assert!(terraform(&evolution).contains(r#"cluster_by      = ["AMOUNT_V2"]"#), "{}", terraform(&evolution));
    let rebuilt = &evolution.rebuild.iter().find_map(|step| step.statements.first()).unwrap();
    assert!(!rebuilt.contains("AMOUNT_V2") && rebuilt.contains(r#"ON ("AMOUNT")"#), "{rebuilt}");
}

#[test]
fn a_pipe_whose_copy_stays_is_not_made_anew() {
    let live = Live::of(&render(&input(OLD, 1, "{}")));
    let commented = evolve(&live, &input(OLD, 1, r#"{"table":{"comment":"orders"}}"#));
    assert_eq!(commented.procedure, Procedure::TableOnly);
    assert!(!statements(&commented).iter().any(|statement| statement.contains("PIPE")), "{:#?}", commented.steps);
    assert!(!has(&commented, "live-pipe-recreated", false));
    let filtered = evolve(&live, &input(OLD, 1, r#"{"load":{"pattern":".*[.]parquet"}}"#));
    assert_eq!(filtered.procedure, Procedure::SamePrefix);
    assert!(has(&filtered, "live-pipe-recreated", false), "{:#?}", filtered.findings);
}

#[test]
fn a_narrower_type_is_cast_to_what_the_column_holds() {
    let narrow = r#"{"columns":{"amount":{"type":"NUMBER(3,0)"}},"computed":{"c":{"name":"TWICE","type":"NUMBER(4,0)","expression":"amount"}}}"#;
    let wide = r#"{"computed":{"c":{"name":"TWICE","type":"NUMBER(20,0)","expression":"amount"}}}"#;
    let evolution = evolved(wide, OLD, narrow);
    let pipe = evolution.artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::Pipe).unwrap();
    assert!(!pipe.content.contains("NUMBER(3,0)") && !pipe.content.contains("NUMBER(4,0)"), "{}", pipe.content);
    assert!(pipe.content.contains(r#"$1:"amount"::NUMBER(38,0)"#) && pipe.content.contains("NUMBER(20,0)"));
    assert_eq!(evolution.findings.iter().filter(|found| found.code == "live-column-wider").count(), 2);
    assert_eq!(evolution.live.columns.len(), render(&input(OLD, 1, wide)).live().columns.len());
}

#[test]
fn what_went_live_before_all_this_was_kept_still_evolves() {
    let mut old = serde_json::to_value(Live::of(&render(&input(OLD, 1, "{}")))).unwrap();
    old.as_object_mut().unwrap().remove("standing");
    for column in old.get_mut("columns").unwrap().as_array_mut().unwrap() {
        column.as_object_mut().unwrap().remove("attributes");
    }
    let live: Live = serde_json::from_value(old).unwrap();
    let evolution = evolve(&live, &input(OLD, 2, r#"{"columns":{"email":{"maskingPolicy":"S.M"}}}"#));
    assert!(!evolution.has_errors(), "{:#?}", evolution.findings);
    let text = serde_json::to_string(&evolution.live).unwrap();
    assert_eq!(serde_json::from_str::<Live>(&text).unwrap(), evolution.live, "from then on all of it is kept");
}

#[test]
fn names_and_values_are_quoted_whatever_is_typed() {
    let design = r#"{"columns":{"email":{"maskingPolicy":"\"a\"\";b\".M","tags":{"\"t';--\"":"v';\\ --"}}},"table":{"tags":{"\"q\"\"\"":"'"}}}"#;
    let set = evolved("{}", OLD, design);
    for change in [
        r#"ALTER COLUMN "EMAIL" SET MASKING POLICY "RAW"."a"";b"."M""#,
        r#"ALTER COLUMN "EMAIL" SET TAG "RAW"."EVENTS"."t';--" = 'v'';\\ --'"#,
        r#"SET TAG "RAW"."EVENTS"."q""" = ''''"#,
    ] {
        assert_statement(&set, &format!("{TABLE} {change};"));
    }
}

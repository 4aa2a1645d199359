//! The statements that the warehouse's owner signed off for `order.placed`, compared token by token.

use domain::design::Change;
use domain::platform::WriterProfile;
use domain::render::Rendering;
use domain::sql::{copy_lines, create_stage, create_table};
use domain::subject::SchemaType;
use sqlparser::dialect::SnowflakeDialect;
use sqlparser::tokenizer::{Token, Tokenizer};

use crate::listing;
use crate::tables::{avro, design, rendered, row};

const LISTING: &str = "\
orderId string // orderId
amount decimal(12,2)
itemsTotal decimal(20,0)
Status string
shippingAddress? record
  city string
tags array<string>
";

const TABLE: &str = r#"
CREATE TABLE IF NOT EXISTS "RAW"."EVENTS"."ORDER_PLACED" (
  "_EVENT_ID" VARCHAR(36) NOT NULL COMMENT 'envelope: event id',
  "_EVENT_CREATED_AT" TIMESTAMP_NTZ(6) COMMENT 'envelope: creation time, UTC',
  "_EVENT_SOURCE" VARCHAR COMMENT 'envelope: source',
  "_EVENT_SCHEMA_REF" VARCHAR COMMENT 'envelope: subject/version',
  "_EVENT_ENCODING" VARCHAR COMMENT 'envelope: AVRO, PROTOBUF or JSON_SCHEMA',
  "_EVENT_CUSTOM_ATTRIBUTES" VARIANT COMMENT 'envelope: non-schematized attributes',
  "ORDER_ID" VARCHAR COMMENT 'orderId',
  "AMOUNT" NUMBER(12,2),
  "ITEMS_TOTAL" NUMBER(20,0),
  "STATUS" VARCHAR,
  "SHIPPING_ADDRESS" VARIANT,
  "SHIPPING_ADDRESS__CITY" VARCHAR,
  "TAGS" ARRAY,
  "_LOAD_FILE" VARCHAR,
  "_LOAD_ROW" NUMBER(38,0),
  "_LOADED_AT" TIMESTAMP_LTZ(9)
) CLUSTER BY (TO_DATE("_EVENT_CREATED_AT")) DATA_RETENTION_TIME_IN_DAYS = 1 CHANGE_TRACKING = FALSE COMMENT = 'order.placed v3';
"#;

const STAGE: &str = r#"
CREATE STAGE IF NOT EXISTS "RAW"."EVENTS"."STG_ORDER_PLACED" URL = 's3://bucket/events/order.placed/' STORAGE_INTEGRATION = S3_EVENTS FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE) COMMENT = 'order.placed';
"#;

/// As signed off, for the writer profile that is in use: a bare cast of the creation time, and attributes that cannot cost a file.
const COPY: &str = r#"
COPY INTO "RAW"."EVENTS"."ORDER_PLACED" ("_EVENT_ID", "_EVENT_CREATED_AT", "_EVENT_SOURCE", "_EVENT_SCHEMA_REF", "_EVENT_ENCODING", "_EVENT_CUSTOM_ATTRIBUTES", "ORDER_ID", "AMOUNT", "ITEMS_TOTAL", "STATUS", "SHIPPING_ADDRESS", "SHIPPING_ADDRESS__CITY", "TAGS", "_LOAD_FILE", "_LOAD_ROW", "_LOADED_AT")
FROM (
  SELECT
    $1:"event_id"::VARCHAR,
    $1:"created_at"::TIMESTAMP_NTZ(6),
    $1:"source"::VARCHAR,
    $1:"schema_ref"::VARCHAR,
    $1:"encoding"::VARCHAR,
    IFF(CHECK_JSON($1:"custom_attributes"::VARCHAR) IS NULL, PARSE_JSON($1:"custom_attributes"::VARCHAR), NULL),
    $1:"orderId"::VARCHAR,
    $1:"amount"::NUMBER(12,2),
    $1:"itemsTotal"::NUMBER(20,0),
    $1:"Status"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"shippingAddress"), NULL, $1:"shippingAddress"),
    GET_PATH($1, '"shippingAddress"."city"')::VARCHAR,
    $1:"tags"::ARRAY,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=3/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;
"#;

/// The expressions that were signed off one by one, `-- name` above each.
///
/// What is generated differs in three places. `proto_ts_strict` glues seconds and nanos together as text, which is wrong for dates
/// before 1970, so the arithmetic form is generated. `map_rebuild` unpacks the `key_value` of a map as the old reader shows it; the
/// pinned reader shows a map as an object, and where a writer does not mark a map the list of pairs is the value itself. `money`
/// divides the nanos, and a division rounds to six digits, so they are multiplied; an amount without nanos is kept, too.
const EXPRESSIONS: [(&str, &str); 2] = [
    (
        "robust_ts",
        r#"CASE WHEN IS_TIMESTAMP_LTZ($1:"created_at") THEN CONVERT_TIMEZONE('UTC', $1:"created_at"::TIMESTAMP_LTZ)::TIMESTAMP_NTZ(6) WHEN IS_INTEGER($1:"created_at") THEN TO_TIMESTAMP_NTZ($1:"created_at"::NUMBER(38,0), 6) ELSE $1:"created_at"::TIMESTAMP_NTZ(6) END"#,
    ),
    (
        "uuid_fixed",
        r#"REGEXP_REPLACE(HEX_ENCODE($1:"id"::BINARY, 0), '(.{8})(.{4})(.{4})(.{4})(.{12})', '\\1-\\2-\\3-\\4-\\5')"#,
    ),
];

fn tokens(sql: &str) -> Vec<Token> {
    let tokens = Tokenizer::new(&SnowflakeDialect {}, sql).tokenize().unwrap();
    tokens.into_iter().filter(|token| !matches!(token, Token::Whitespace(_))).collect()
}

#[test]
fn order_placed_is_what_was_signed_off() {
    let rendering = avro(
        LISTING,
        &[
            ("shippingAddress", Change::Expand(true)),
            ("", Change::ClusterByDay(true)),
            ("", Change::RetentionDays(Some(1))),
        ],
    );
    let platform = domain::platform::Platform::default();
    let copy = copy_lines(&rendering.table, &rendering.load, &platform).into_text();
    assert_eq!(create_table(&rendering.table, &platform), TABLE.trim_start(), "the table, byte for byte");
    assert_eq!(tokens(&create_stage(&rendering.load, &platform)), tokens(STAGE));
    assert_eq!(tokens(&copy), tokens(COPY));
}

fn expression(rendering: &Rendering, path: &str) -> String {
    row(rendering, path).column.expression.to_string()
}

#[test]
fn the_expressions_that_were_signed_off_are_generated_where_the_form_calls_for_them() {
    // A key of the envelope's is another key in the file; the expression is compared under the name that was signed off.
    let avro =
        avro("created_at local(6)\nid uuid-bytes", &[("", Change::WriterProfile(Some(WriterProfile::Avro3Level)))]);
    let generated =
        [expression(&avro, "created_at").replace("payload_created_at", "created_at"), expression(&avro, "id")];
    for ((name, signed), generated) in EXPRESSIONS.into_iter().zip(generated) {
        assert_eq!(generated, signed, "{name}");
    }
}

#[test]
fn where_the_signed_expressions_would_be_wrong_others_are_generated() {
    let proto = |profile| {
        let edits = [("price", Change::Expand(true)), ("", Change::WriterProfile(Some(profile)))];
        let listing = "ts instant(9)\nm map<string>\nprice record(google.type.Money)\n  currency_code string\n  units long\n  nanos int";
        rendered(listing::read(listing), SchemaType::Protobuf, &design(&edits))
    };
    let spec = proto(WriterProfile::ProtoSpec);
    assert_eq!(
        expression(&spec, "ts"),
        r#"TO_TIMESTAMP_NTZ(GET_PATH($1, '"ts"."seconds"')::NUMBER(38,0) * 1000000000 + NVL(GET_PATH($1, '"ts"."nanos"')::NUMBER(38,0), 0), 9)"#
    );
    assert_eq!(
        expression(&spec, "price.units"),
        r#"(GET_PATH($1, '"price"."units"')::NUMBER(38,0) + NVL(GET_PATH($1, '"price"."nanos"')::NUMBER(38,0), 0) * 0.000000001)::NUMBER(38,9)"#
    );
    assert_eq!(row(&spec, "price.units").column.name, "PRICE__AMOUNT");
    assert_eq!(row(&spec, "price.currency_code").column.name, "PRICE__CURRENCY");
    assert!(!row(&spec, "price.nanos").kept, "the amount has them");
    let as_array = row(&proto(WriterProfile::ProtoLegacy), "m").choices.iter().any(|ty| ty.to_string() == "ARRAY");
    assert!(as_array && row(&spec, "m").choices.iter().all(|ty| ty.to_string() != "ARRAY"));
}

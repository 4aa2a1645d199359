CREATE PIPE "RAW"."EVENTS"."PIPE_ORDER_PLACED_V1"
  AUTO_INGEST = TRUE
  COMMENT = 'order_placed v1'
AS COPY INTO "RAW"."EVENTS"."ORDER_PLACED" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "IBAN",
  "CARD",
  "ORDER_",
  "MEANS_CASE",
  "REFUND",
  "NOTE",
  "EARLIER",
  "MEANS_CASE_2",
  "REFUND__TO_CASE",
  "_LOAD_FILE",
  "_LOAD_ROW",
  "_LOADED_AT"
)
FROM (
  SELECT
    $1:"event_id"::VARCHAR,
    $1:"created_at"::TIMESTAMP_NTZ(6),
    $1:"source"::VARCHAR,
    $1:"schema_ref"::VARCHAR,
    $1:"encoding"::VARCHAR,
    IFF(CHECK_JSON($1:"custom_attributes"::VARCHAR) IS NULL, PARSE_JSON($1:"custom_attributes"::VARCHAR), NULL),
    $1:"iban"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"card"), NULL, $1:"card"),
    $1:"order"::VARCHAR,
    $1:"means_case"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"refund"), NULL, $1:"refund"),
    $1:"note"::VARCHAR,
    $1:"earlier"::ARRAY,
    (CASE WHEN $1:"iban"::VARCHAR IS NOT NULL THEN 'iban' WHEN IFF(IS_NULL_VALUE($1:"card"), NULL, $1:"card") IS NOT NULL THEN 'card' WHEN $1:"order"::VARCHAR IS NOT NULL THEN 'order' END)::VARCHAR,
    (CASE WHEN GET(IFF(IS_NULL_VALUE($1:"refund"), NULL, $1:"refund"), 'account')::VARCHAR IS NOT NULL THEN 'account' WHEN GET(IFF(IS_NULL_VALUE($1:"refund"), NULL, $1:"refund"), 'voucher')::VARCHAR IS NOT NULL THEN 'voucher' END)::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

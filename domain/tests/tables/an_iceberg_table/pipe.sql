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
  "ORDER_ID",
  "ID",
  "RAW",
  "AT",
  "PLACED",
  "EXACT",
  "TAGS",
  "LABELS",
  "ADDRESS",
  "ADDRESS__CITY",
  "AMOUNT",
  "TEXT",
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
    NVL($1:"orderId"::VARCHAR, '?'),
    $1:"id"::VARCHAR,
    $1:"raw"::BINARY,
    $1:"at"::TIME(6),
    $1:"placed"::TIMESTAMP_NTZ(6),
    TO_TIMESTAMP_NTZ($1:"exact"::NUMBER(38,0), 9),
    IFF(IS_NULL_VALUE($1:"tags"), NULL, $1:"tags"),
    IFF(IS_NULL_VALUE($1:"labels"), NULL, $1:"labels"),
    IFF(IS_NULL_VALUE($1:"address"), NULL, $1:"address"),
    GET_PATH($1, '"address"."city"')::VARCHAR,
    $1:"amount"::NUMBER(12,2),
    TRY_CAST($1:"text"::VARCHAR AS TIMESTAMP_LTZ(6)),
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

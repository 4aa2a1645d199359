CREATE PIPE "RAW"."EVENTS"."PIPE_EDITION_ORDERS_V1"
  AUTO_INGEST = TRUE
  COMMENT = 'edition.orders v1'
AS COPY INTO "RAW"."EVENTS"."EDITION_ORDERS" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "ORDER_ID",
  "CUSTOMER",
  "RETRIES",
  "RATIO",
  "NOTE",
  "MARK",
  "STATUS",
  "IMPLICIT",
  "LEVEL",
  "FIRST_LINE",
  "LINES",
  "NUMBERS",
  "BY_NUMBER",
  "IBAN",
  "CARD",
  "PLACED_AT",
  "MAYBE",
  "OPTIONAL",
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
    $1:"order_id"::VARCHAR,
    $1:"customer"::VARCHAR,
    $1:"retries"::NUMBER(38,0),
    $1:"ratio"::FLOAT,
    $1:"note"::VARCHAR,
    $1:"mark"::BINARY,
    $1:"status"::VARCHAR,
    $1:"implicit"::NUMBER(38,0),
    $1:"level"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"first_line"), NULL, $1:"first_line"),
    $1:"lines"::ARRAY,
    $1:"numbers"::ARRAY,
    IFF(IS_NULL_VALUE($1:"by_number"), NULL, $1:"by_number"),
    $1:"iban"::VARCHAR,
    $1:"card"::NUMBER(38,0),
    TO_TIMESTAMP_NTZ(GET_PATH($1, '"placed_at"."seconds"')::NUMBER(38,0) * 1000000000 + NVL(GET_PATH($1, '"placed_at"."nanos"')::NUMBER(38,0), 0), 9),
    $1:"maybe"::NUMBER(38,0),
    $1:"optional"::BOOLEAN,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_EDITION_ORDERS"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

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
  "UNBOUNDED",
  "BOUNDED",
  "UNSIGNED",
  "UNSIGNED_FORMAT",
  "LARGE",
  "HUGE",
  "OF_THESE",
  "WHOLE",
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
    $1:"unbounded"::NUMBER(38,0),
    $1:"bounded"::NUMBER(38,0),
    $1:"unsigned"::NUMBER(38,0),
    $1:"unsigned_format"::NUMBER(38,0),
    $1:"large"::NUMBER(38,0),
    $1:"huge"::VARCHAR,
    $1:"of_these"::NUMBER(38,0),
    $1:"whole"::NUMBER(38,0),
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

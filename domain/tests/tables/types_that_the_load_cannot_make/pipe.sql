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
  "FLAG",
  "AT",
  "AT2",
  "TAGS",
  "TAGS2",
  "ID",
  "NAME",
  "N",
  "N2",
  "N3",
  "S",
  "O",
  "X",
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
    $1:"flag"::BOOLEAN,
    $1:"at"::TIMESTAMP_NTZ(6),
    $1:"at2"::TIMESTAMP_NTZ(6),
    $1:"tags"::ARRAY,
    $1:"tags2"::ARRAY,
    $1:"id"::VARCHAR,
    $1:"name"::VARCHAR,
    $1:"n"::NUMBER(38,0),
    $1:"n2"::NUMBER(38,0),
    $1:"n3"::NUMBER(38,0),
    $1:"s"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"o"), NULL, $1:"o"),
    $1:"x"::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

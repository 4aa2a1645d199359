CREATE PIPE "RAW"."EVENTS"."PIPE_TYPES_ALL_V2"
  AUTO_INGEST = TRUE
  COMMENT = 'types.all v2'
AS COPY INTO "RAW"."EVENTS"."TYPES_ALL" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "COUNT32",
  "COUNT64",
  "SMALL",
  "LARGE",
  "RATIO",
  "NAME",
  "RAW",
  "KIND",
  "CREATED_AT",
  "LASTED",
  "ITEMS",
  "LABELS",
  "EXTRA",
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
    IFF($1:"count32"::NUMBER(38,0) < 0, $1:"count32"::NUMBER(38,0) + 4294967296, $1:"count32"::NUMBER(38,0))::NUMBER(38,0),
    IFF($1:"count64"::NUMBER(38,0) < 0, $1:"count64"::NUMBER(38,0) + 18446744073709551616, $1:"count64"::NUMBER(38,0))::NUMBER(20,0),
    $1:"small"::NUMBER(38,0),
    $1:"large"::NUMBER(38,0),
    $1:"ratio"::FLOAT,
    $1:"name"::VARCHAR,
    $1:"raw"::BINARY,
    $1:"kind"::VARCHAR,
    TO_TIMESTAMP_NTZ(GET_PATH($1, '"payload_created_at"."seconds"')::NUMBER(38,0) * 1000000000 + NVL(GET_PATH($1, '"payload_created_at"."nanos"')::NUMBER(38,0), 0), 9),
    (GET_PATH($1, '"lasted"."seconds"')::NUMBER(38,0) + NVL(GET_PATH($1, '"lasted"."nanos"')::NUMBER(38,0), 0) * 0.000000001)::NUMBER(38,9),
    $1:"items"::ARRAY,
    IFF(IS_NULL_VALUE($1:"labels"), NULL, $1:"labels"),
    IFF(CHECK_JSON($1:"extra"::VARCHAR) IS NULL, PARSE_JSON($1:"extra"::VARCHAR), NULL),
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_TYPES_ALL"/v=2/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

CREATE PIPE "RAW"."EVENTS"."PIPE_TYPES_CUT_V1"
  AUTO_INGEST = TRUE
  COMMENT = 'types.cut v1'
AS COPY INTO "RAW"."EVENTS"."TYPES_CUT" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "ID",
  "PROPERTIES",
  "TREE",
  "ACCEPTED",
  "EMPTIES",
  "_LOAD_FILE",
  "_LOAD_ROW",
  "_LOADED_AT"
)
FROM (
  SELECT
    $1:"event_id"::VARCHAR,
    TO_TIMESTAMP_NTZ(GET_PATH($1, '"created_at"."seconds"')::NUMBER(38,0) * 1000000000 + NVL(GET_PATH($1, '"created_at"."nanos"')::NUMBER(38,0), 0), 9)::TIMESTAMP_NTZ(6),
    $1:"source"::VARCHAR,
    $1:"schema_ref"::VARCHAR,
    $1:"encoding"::VARCHAR,
    IFF(CHECK_JSON($1:"custom_attributes"::VARCHAR) IS NULL, PARSE_JSON($1:"custom_attributes"::VARCHAR), NULL),
    $1:"id"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"properties"), NULL, $1:"properties"),
    IFF(IS_NULL_VALUE($1:"tree"), NULL, $1:"tree"),
    IFF(IS_NULL_VALUE($1:"accepted"), NULL, $1:"accepted"),
    $1:"empties"::ARRAY,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_TYPES_CUT"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

CREATE PIPE "RAW"."EVENTS"."PIPE_TYPES_REFUSED_V1"
  AUTO_INGEST = TRUE
  COMMENT = 'types.refused v1'
AS COPY INTO "RAW"."EVENTS"."TYPES_REFUSED" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "TREE",
  "TREE__NAME",
  "TREE__CHILDREN",
  "NULLS",
  "EMPTIES",
  "HUGE",
  "FINE",
  "_LOAD_FILE",
  "_LOAD_ROW",
  "_LOADED_AT"
)
FROM (
  SELECT
    $1:"event_id"::VARCHAR,
    CONVERT_TIMEZONE('UTC', $1:"created_at"::TIMESTAMP_LTZ)::TIMESTAMP_NTZ(6),
    $1:"source"::VARCHAR,
    $1:"schema_ref"::VARCHAR,
    $1:"encoding"::VARCHAR,
    IFF(CHECK_JSON($1:"custom_attributes"::VARCHAR) IS NULL, PARSE_JSON($1:"custom_attributes"::VARCHAR), NULL),
    IFF(IS_NULL_VALUE($1:"tree"), NULL, $1:"tree"),
    GET_PATH($1, '"tree"."name"')::VARCHAR,
    GET_PATH($1, '"tree"."children"')::ARRAY,
    $1:"nulls"::ARRAY,
    $1:"empties"::ARRAY,
    $1:"huge"::BINARY,
    $1:"fine"::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_TYPES_REFUSED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

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
  "COUNT",
  "RATIO",
  "PRICE",
  "NAME",
  "ID",
  "CREATED",
  "DAY",
  "AT",
  "LASTED",
  "PHOTO",
  "KIND",
  "ANYTHING",
  "EITHER",
  "TAGS",
  "LABELS",
  "ADDRESS",
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
    $1:"count"::NUMBER(38,0),
    $1:"ratio"::FLOAT,
    $1:"price"::NUMBER(38,2),
    $1:"name"::VARCHAR,
    $1:"id"::VARCHAR,
    CONVERT_TIMEZONE('UTC', TRY_CAST($1:"created"::VARCHAR AS TIMESTAMP_TZ(9)))::TIMESTAMP_NTZ(6),
    TRY_TO_DATE($1:"day"::VARCHAR, 'YYYY-MM-DD'),
    $1:"at"::VARCHAR,
    $1:"lasted"::VARCHAR,
    TRY_TO_BINARY($1:"photo"::VARCHAR, 'BASE64'),
    $1:"kind"::VARCHAR,
    IFF(CHECK_JSON($1:"anything"::VARCHAR) IS NULL, PARSE_JSON($1:"anything"::VARCHAR), NULL),
    IFF(CHECK_JSON($1:"either"::VARCHAR) IS NULL, PARSE_JSON($1:"either"::VARCHAR), NULL),
    $1:"tags"::ARRAY,
    IFF(IS_NULL_VALUE($1:"labels"), NULL, $1:"labels"),
    IFF(IS_NULL_VALUE($1:"address"), NULL, $1:"address"),
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_TYPES_ALL"/v=2/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

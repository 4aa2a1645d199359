CREATE PIPE "RAW"."EVENTS"."PIPE_TYPES_JSON_SCHEMA_V1"
  AUTO_INGEST = TRUE
  COMMENT = 'types.json_schema v1'
AS COPY INTO "RAW"."EVENTS"."TYPES_JSON_SCHEMA" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "PAGE_ID",
  "LOADED_AT",
  "DAY",
  "CLOCK",
  "MILLIS",
  "PRICE",
  "RATIO",
  "LOCALE",
  "KIND",
  "THUMBNAIL",
  "LABELS",
  "OPEN",
  "EITHER",
  "TAGS",
  "VIEWPORT",
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
    $1:"pageId"::VARCHAR,
    CONVERT_TIMEZONE('UTC', TRY_CAST($1:"loadedAt"::VARCHAR AS TIMESTAMP_TZ(9)))::TIMESTAMP_NTZ(6),
    TRY_TO_DATE($1:"day"::VARCHAR, 'YYYY-MM-DD'),
    $1:"clock"::VARCHAR,
    $1:"millis"::NUMBER(38,0),
    $1:"price"::NUMBER(38,2),
    $1:"ratio"::FLOAT,
    $1:"locale"::VARCHAR,
    $1:"kind"::VARCHAR,
    TRY_TO_BINARY($1:"thumbnail"::VARCHAR, 'BASE64'),
    IFF(IS_NULL_VALUE($1:"labels"), NULL, $1:"labels"),
    IFF(CHECK_JSON($1:"open"::VARCHAR) IS NULL, PARSE_JSON($1:"open"::VARCHAR), NULL),
    IFF(CHECK_JSON($1:"either"::VARCHAR) IS NULL, PARSE_JSON($1:"either"::VARCHAR), NULL),
    $1:"tags"::ARRAY,
    IFF(IS_NULL_VALUE($1:"viewport"), NULL, $1:"viewport"),
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_TYPES_JSON_SCHEMA"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

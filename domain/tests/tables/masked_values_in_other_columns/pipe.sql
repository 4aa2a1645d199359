CREATE PIPE "RAW"."EVENTS"."PIPE_SIGNUP_V1"
  AUTO_INGEST = TRUE
  COMMENT = 'signup v1'
AS COPY INTO "RAW"."EVENTS"."SIGNUP" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "EMAIL",
  "COUNTRY",
  "CONTACT",
  "CONTACT__PHONE",
  "CONTACT__CHANNEL",
  "CARD",
  "CARD__LAST4",
  "DOMAIN",
  "PLACE",
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
    $1:"email"::VARCHAR,
    $1:"country"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"contact"), NULL, $1:"contact"),
    GET_PATH($1, '"contact"."phone"')::VARCHAR,
    GET_PATH($1, '"contact"."channel"')::VARCHAR,
    IFF(IS_NULL_VALUE($1:"card"), NULL, $1:"card"),
    GET_PATH($1, '"card"."last4"')::VARCHAR,
    SPLIT_PART($1:"email"::VARCHAR, '@', 2)::VARCHAR,
    $1:"country"::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_SIGNUP"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

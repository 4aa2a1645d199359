CREATE PIPE "RAW"."EVENTS"."PIPE_RETYPED_V1"
  AUTO_INGEST = TRUE
  COMMENT = 'retyped v1'
AS COPY INTO "RAW"."EVENTS"."RETYPED" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "DAY_WHOLE",
  "DAY_TEXT",
  "DAY_TIME",
  "DAY_NUMBER",
  "OPENS_WHOLE",
  "OPENS_TEXT",
  "OPENS_SECONDS",
  "CENTS",
  "CENTS__CURRENCY",
  "CENTS__AMOUNT",
  "CENTS__NANOS",
  "SMALL__CURRENCY",
  "SMALL__AMOUNT",
  "NUMBER_TEXT",
  "PARTS",
  "PARTS__YEAR",
  "PARTS__MONTH",
  "PARTS__DAY",
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
    IFF(IS_NULL_VALUE($1:"day_whole"), NULL, $1:"day_whole"),
    TO_VARCHAR(TRY_TO_DATE(LPAD(NULLIF(GET_PATH($1, '"day_text"."year"')::VARCHAR, '0'), 4, '0') || '-' || LPAD(GET_PATH($1, '"day_text"."month"')::VARCHAR, 2, '0') || '-' || LPAD(GET_PATH($1, '"day_text"."day"')::VARCHAR, 2, '0'), 'YYYY-MM-DD'), 'YYYY-MM-DD'),
    TRY_TO_DATE(LPAD(NULLIF(GET_PATH($1, '"day_time"."year"')::VARCHAR, '0'), 4, '0') || '-' || LPAD(GET_PATH($1, '"day_time"."month"')::VARCHAR, 2, '0') || '-' || LPAD(GET_PATH($1, '"day_time"."day"')::VARCHAR, 2, '0'), 'YYYY-MM-DD')::TIMESTAMP_NTZ(6),
    TRY_TO_DATE(LPAD(NULLIF(GET_PATH($1, '"day_number"."year"')::VARCHAR, '0'), 4, '0') || '-' || LPAD(GET_PATH($1, '"day_number"."month"')::VARCHAR, 2, '0') || '-' || LPAD(GET_PATH($1, '"day_number"."day"')::VARCHAR, 2, '0'), 'YYYY-MM-DD'),
    $1:"opens_whole"::OBJECT,
    TO_VARCHAR(TRY_TO_TIME(LPAD(GET_PATH($1, '"opens_text"."hours"')::VARCHAR, 2, '0') || ':' || LPAD(GET_PATH($1, '"opens_text"."minutes"')::VARCHAR, 2, '0') || ':' || LPAD(GET_PATH($1, '"opens_text"."seconds"')::VARCHAR, 2, '0') || '.' || LPAD(GET_PATH($1, '"opens_text"."nanos"')::VARCHAR, 9, '0'), 'HH24:MI:SS.FF9'), 'HH24:MI:SS.FF9'),
    TRY_TO_TIME(LPAD(GET_PATH($1, '"opens_seconds"."hours"')::VARCHAR, 2, '0') || ':' || LPAD(GET_PATH($1, '"opens_seconds"."minutes"')::VARCHAR, 2, '0') || ':' || LPAD(GET_PATH($1, '"opens_seconds"."seconds"')::VARCHAR, 2, '0') || '.' || LPAD(GET_PATH($1, '"opens_seconds"."nanos"')::VARCHAR, 9, '0'), 'HH24:MI:SS.FF9')::TIME(0),
    IFF(IS_NULL_VALUE($1:"cents"), NULL, $1:"cents"),
    GET_PATH($1, '"cents"."currency_code"')::VARCHAR,
    (GET_PATH($1, '"cents"."units"')::NUMBER(38,0) + NVL(GET_PATH($1, '"cents"."nanos"')::NUMBER(38,0), 0) * 0.000000001)::NUMBER(38,2),
    GET_PATH($1, '"cents"."nanos"')::NUMBER(38,0),
    GET_PATH($1, '"small"."currency_code"')::VARCHAR,
    (GET_PATH($1, '"small"."units"')::NUMBER(38,0) + NVL(GET_PATH($1, '"small"."nanos"')::NUMBER(38,0), 0) * 0.000000001)::NUMBER(12,9),
    TRY_TO_DECIMAL(GET_PATH($1, '"number_text"."value"')::VARCHAR, 9, 2),
    TRY_TO_DATE(LPAD(NULLIF(GET_PATH($1, '"parts"."year"')::VARCHAR, '0'), 4, '0') || '-' || LPAD(GET_PATH($1, '"parts"."month"')::VARCHAR, 2, '0') || '-' || LPAD(GET_PATH($1, '"parts"."day"')::VARCHAR, 2, '0'), 'YYYY-MM-DD'),
    GET_PATH($1, '"parts"."year"')::NUMBER(38,0),
    GET_PATH($1, '"parts"."month"')::NUMBER(38,0),
    GET_PATH($1, '"parts"."day"')::NUMBER(38,0),
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_RETYPED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

CREATE PIPE "RAW"."EVENTS"."PIPE_COURIER_MOVED_V3"
  AUTO_INGEST = TRUE
  COMMENT = 'courier_moved v3'
AS COPY INTO "RAW"."EVENTS"."COURIER_MOVED" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "COURIER_ID",
  "MOVED_AT",
  "POSITION",
  "POSITION__LATITUDE",
  "POSITION__LONGITUDE",
  "POSITION__FIXED_AT",
  "SINCE_LAST",
  "ORDER_COUNT",
  "ODOMETER",
  "BATTERY",
  "VEHICLE",
  "ZONES",
  "COUNTERS",
  "EXTRA",
  "ORDER_ID",
  "SHIFT_ID",
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
    $1:"courier_id"::VARCHAR,
    TO_TIMESTAMP_NTZ(GET_PATH($1, '"moved_at"."seconds"')::NUMBER(38,0) * 1000000000 + NVL(GET_PATH($1, '"moved_at"."nanos"')::NUMBER(38,0), 0), 9),
    IFF(IS_NULL_VALUE($1:"position"), NULL, $1:"position"),
    GET_PATH($1, '"position"."latitude"')::FLOAT,
    GET_PATH($1, '"position"."longitude"')::FLOAT,
    TO_TIMESTAMP_NTZ(GET_PATH($1, '"position"."fixed_at"."seconds"')::NUMBER(38,0) * 1000000000 + NVL(GET_PATH($1, '"position"."fixed_at"."nanos"')::NUMBER(38,0), 0), 9),
    (GET_PATH($1, '"since_last"."seconds"')::NUMBER(38,0) + NVL(GET_PATH($1, '"since_last"."nanos"')::NUMBER(38,0), 0) * 0.000000001)::NUMBER(38,9),
    $1:"order_count"::NUMBER(38,0),
    IFF($1:"odometer"::NUMBER(38,0) < 0, $1:"odometer"::NUMBER(38,0) + 18446744073709551616, $1:"odometer"::NUMBER(38,0))::NUMBER(20,0),
    IFF($1:"battery"::NUMBER(38,0) < 0, $1:"battery"::NUMBER(38,0) + 4294967296, $1:"battery"::NUMBER(38,0))::NUMBER(38,0),
    $1:"vehicle"::VARCHAR,
    $1:"zones"::ARRAY,
    IFF(IS_NULL_VALUE($1:"counters"), NULL, $1:"counters"),
    IFF(CHECK_JSON($1:"extra"::VARCHAR) IS NULL, PARSE_JSON($1:"extra"::VARCHAR), NULL),
    $1:"order_id"::VARCHAR,
    $1:"shift_id"::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_COURIER_MOVED"/v=3/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

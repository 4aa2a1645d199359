CREATE PIPE "RAW"."EVENTS"."PIPE_ORDER_PLACED_V14"
  AUTO_INGEST = TRUE
  COMMENT = 'order_placed v14'
AS COPY INTO "RAW"."EVENTS"."ORDER_PLACED" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "ID",
  "ORDER_",
  "ORDER__TOTAL",
  "ORDER__SHIP_TO__POSTAL_CODE",
  "ORDER__SHIP_TO__GEO",
  "ORDER__SHIP_TO__GEO__LAT",
  "ORDER__SHIP_TO__GEO__LNG",
  "ORDER__ITEMS",
  "LAST",
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
    $1:"id"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"order"), NULL, $1:"order"),
    GET_PATH($1, '"order"."total"')::NUMBER(9,2),
    GET_PATH($1, '"order"."shipTo"."postal_code"')::VARCHAR,
    IFF(IS_NULL_VALUE(GET_PATH($1, '"order"."shipTo"."geo"')), NULL, GET_PATH($1, '"order"."shipTo"."geo"')),
    GET_PATH($1, '"order"."shipTo"."geo"."lat"')::FLOAT,
    GET_PATH($1, '"order"."shipTo"."geo"."lng"')::FLOAT,
    GET_PATH($1, '"order"."items"')::ARRAY,
    $1:"last"::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=14/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

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
  "ORDER_ID",
  "PLACED_AT",
  "TOTAL_PRICE",
  "ADDRESS",
  "ADDRESS__CITY",
  "ADDRESS__GEO",
  "ADDRESS__GEO__LAT",
  "LABELS",
  "PAYLOAD",
  "SMALL",
  "AMOUNT_CENTS",
  "CITY",
  "LAT",
  "CHANNEL",
  "FIRST_ITEM",
  "PRICE",
  "FILE",
  "whole event",
  "DAY",
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
    $1:"orderId"::VARCHAR,
    $1:"placedAt"::TIMESTAMP_NTZ(6),
    $1:"total price"::FLOAT,
    IFF(IS_NULL_VALUE($1:"address"), NULL, $1:"address"),
    GET_PATH($1, '"address"."city"')::VARCHAR,
    IFF(IS_NULL_VALUE(GET_PATH($1, '"address"."geo"')), NULL, GET_PATH($1, '"address"."geo"')),
    GET_PATH($1, '"address"."geo"."lat"')::FLOAT,
    IFF(IS_NULL_VALUE($1:"labels"), NULL, $1:"labels"),
    IFF(CHECK_JSON($1:"payload"::VARCHAR) IS NULL, PARSE_JSON($1:"payload"::VARCHAR), NULL),
    NVL($1:"small"::NUMBER(38,0), 0::NUMBER(38,0)),
    (($1:"amount"::NUMBER(12,2) * 100) - 1)::NUMBER(14,0),
    (NVL(GET_PATH($1, '"address"."city"')::VARCHAR, 'unknown') || ' (' || $1:"orderId"::VARCHAR || ')')::VARCHAR,
    GET_PATH($1, '"address"."geo"."lat"')::FLOAT,
    GET(IFF(IS_NULL_VALUE($1:"labels"), NULL, $1:"labels"), 'channel')::VARCHAR,
    GET(GET(GET(IFF(CHECK_JSON($1:"payload"::VARCHAR) IS NULL, PARSE_JSON($1:"payload"::VARCHAR), NULL), 'items'), 0), 'sku')::VARIANT,
    (CASE WHEN ($1:"total price"::FLOAT > 0) AND (NVL($1:"small"::NUMBER(38,0), 0::NUMBER(38,0)) IN (1, 2)) THEN $1:"total price"::FLOAT::NUMBER(12,2) ELSE NULL END)::NUMBER(12,2),
    SPLIT_PART(METADATA$FILENAME, '/', -1)::VARCHAR,
    $1::VARIANT,
    TO_DATE($1:"placedAt"::TIMESTAMP_NTZ(6))::DATE,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

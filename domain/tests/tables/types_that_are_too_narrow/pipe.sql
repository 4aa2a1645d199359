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
  "ITEMS_TOTAL",
  "AMOUNT",
  "COUNT",
  "NAME",
  "CODE",
  "RAW",
  "DIGEST",
  "AT",
  "DAY",
  "RATIO",
  "PRICE",
  "TEXT",
  "ID",
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
    $1:"itemsTotal"::NUMBER(10,0),
    $1:"amount"::NUMBER(12,0),
    $1:"count"::NUMBER(18,0),
    $1:"name"::VARCHAR,
    $1:"code"::VARCHAR,
    $1:"raw"::BINARY,
    $1:"digest"::BINARY,
    $1:"at"::TIMESTAMP_NTZ(0),
    $1:"day"::TIMESTAMP_NTZ(6)::DATE,
    $1:"ratio"::NUMBER(10,2),
    $1:"price"::FLOAT,
    IFF(CHECK_JSON($1:"text"::VARCHAR) IS NULL, PARSE_JSON($1:"text"::VARCHAR), NULL),
    $1:"id"::NUMBER(38,0),
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=14/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

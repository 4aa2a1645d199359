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
  "ORDER_ID_CA13A6",
  "ORDERID",
  "ORDER_ID_4A78EE",
  "ORDER_",
  "SELECT_",
  "CURRENT_DATE_",
  "EVENT_ID",
  "EVENT_CREATED_AT",
  "LOAD_FILE",
  "LOADED_AT",
  "LOADED_AT_14FBEA",
  "_2FA",
  "_ID",
  "_ID_0DD4AF",
  "HTTP_SERVER",
  "I18N",
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
    $1:"order_id"::VARCHAR,
    $1:"ORDERID"::VARCHAR,
    $1:"OrderID"::VARCHAR,
    $1:"order"::VARCHAR,
    $1:"select"::VARCHAR,
    $1:"current_date"::DATE,
    $1:"_event_id"::VARCHAR,
    $1:"_EVENT_CREATED_AT"::VARCHAR,
    $1:"_load_file"::VARCHAR,
    $1:"loadedAt"::VARCHAR,
    $1:"_loadedAt"::VARCHAR,
    $1:"2fa"::BOOLEAN,
    $1:"_id"::VARCHAR,
    $1:"__id"::VARCHAR,
    $1:"HTTPServer"::VARCHAR,
    $1:"i18n"::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

CREATE PIPE "RAW"."EVENTS"."PIPE_ORDER_PLACED_V3"
  COMMENT = 'order.placed v3'
AS COPY INTO "RAW"."EVENTS"."ORDER_PLACED" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "ORDER_ID",
  "AMOUNT",
  "ITEMS_TOTAL",
  "STATUS",
  "SHIPPING_ADDRESS",
  "SHIPPING_ADDRESS__CITY",
  "TAGS",
  "_LOAD_TOPIC",
  "_LOAD_PARTITION",
  "_LOAD_OFFSET",
  "_LOADED_AT"
)
FROM (
  SELECT
    $1:"event_id"::VARCHAR,
    CONVERT_TIMEZONE('UTC', TRY_CAST($1:"created_at"::VARCHAR AS TIMESTAMP_TZ(9)))::TIMESTAMP_NTZ(6),
    $1:"source"::VARCHAR,
    $1:"schema_ref"::VARCHAR,
    $1:"encoding"::VARCHAR,
    IFF(CHECK_JSON($1:"custom_attributes"::VARCHAR) IS NULL, PARSE_JSON($1:"custom_attributes"::VARCHAR), NULL),
    $1:"orderId"::VARCHAR,
    TRY_TO_DECIMAL($1:"amount"::VARCHAR, 12, 2),
    TRY_TO_DECIMAL($1:"itemsTotal"::VARCHAR, 20, 0),
    $1:"Status"::VARCHAR,
    IFF(IS_NULL_VALUE($1:"shippingAddress"), NULL, $1:"shippingAddress"),
    GET_PATH($1, '"shippingAddress"."city"')::VARCHAR,
    $1:"tags"::ARRAY,
    GET_PATH($1, '"RECORD_METADATA"."topic"')::VARCHAR,
    GET_PATH($1, '"RECORD_METADATA"."partition"')::NUMBER(38,0),
    GET_PATH($1, '"RECORD_METADATA"."offset"')::NUMBER(38,0),
    TO_TIMESTAMP_LTZ(GET_PATH($1, '"RECORD_METADATA"."SnowflakeConnectorPushTime"')::NUMBER(38,0), 3)
  FROM TABLE(DATA_SOURCE(TYPE => 'STREAMING'))
);

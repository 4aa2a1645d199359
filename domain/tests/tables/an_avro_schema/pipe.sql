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
  "ORDER_ID",
  "CONSUMER_ID",
  "STORE_ID",
  "PLACED_AT",
  "AMOUNT",
  "CURRENCY",
  "ITEMS_TOTAL",
  "STATUS",
  "IS_GROUP_ORDER",
  "COUPON_CODE",
  "ITEMS",
  "SHIPPING_ADDRESS",
  "SHIPPING_ADDRESS__CITY",
  "SHIPPING_ADDRESS__POSTAL_CODE",
  "DELIVERY_NOTE",
  "TAGS",
  "PAYMENT",
  "REPLIES",
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
    $1:"consumerId"::NUMBER(38,0),
    $1:"storeId"::NUMBER(38,0),
    $1:"placedAt"::TIMESTAMP_NTZ(6),
    $1:"amount"::NUMBER(12,2),
    $1:"currency"::VARCHAR,
    $1:"itemsTotal"::NUMBER(10,0),
    $1:"Status"::VARCHAR,
    $1:"isGroupOrder"::BOOLEAN,
    $1:"promoCd"::VARCHAR,
    $1:"items"::ARRAY,
    IFF(IS_NULL_VALUE($1:"shippingAddress"), NULL, $1:"shippingAddress"),
    GET_PATH($1, '"shippingAddress"."city"')::VARCHAR,
    GET_PATH($1, '"shippingAddress"."postalCode"')::VARCHAR,
    $1:"deliveryNote"::VARCHAR,
    $1:"tags"::ARRAY,
    IFF(CHECK_JSON($1:"payment"::VARCHAR) IS NULL, PARSE_JSON($1:"payment"::VARCHAR), NULL),
    IFF(CHECK_JSON($1:"replies"::VARCHAR) IS NULL, PARSE_JSON($1:"replies"::VARCHAR), NULL),
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=14/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

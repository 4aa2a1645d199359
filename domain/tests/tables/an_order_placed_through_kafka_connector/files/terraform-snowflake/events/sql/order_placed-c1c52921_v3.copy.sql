COPY INTO "RAW"."EVENTS"."ORDER_PLACED" (
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
    GET_PATH($1, '"RECORD_METADATA"."headers"."event_id"')::VARCHAR,
    CONVERT_TIMEZONE('UTC', TRY_CAST(GET_PATH($1, '"RECORD_METADATA"."headers"."created_at"')::VARCHAR AS TIMESTAMP_TZ(9)))::TIMESTAMP_NTZ(6),
    GET_PATH($1, '"RECORD_METADATA"."headers"."source"')::VARCHAR,
    GET_PATH($1, '"RECORD_METADATA"."headers"."schema_ref"')::VARCHAR,
    GET_PATH($1, '"RECORD_METADATA"."headers"."encoding"')::VARCHAR,
    IFF(CHECK_JSON(GET_PATH($1, '"RECORD_METADATA"."headers"."custom_attributes"')::VARCHAR) IS NULL, PARSE_JSON(GET_PATH($1, '"RECORD_METADATA"."headers"."custom_attributes"')::VARCHAR), NULL),
    $1:"orderId"::VARCHAR,
    $1:"amount"::NUMBER(12,2),
    $1:"itemsTotal"::NUMBER(20,0),
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

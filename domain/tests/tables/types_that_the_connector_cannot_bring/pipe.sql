CREATE PIPE "RAW"."EVENTS"."ORDER_PLACED"
  COMMENT = 'order_placed v1'
AS COPY INTO "RAW"."EVENTS"."ORDER_PLACED" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "LIST",
  "KEPT",
  "OPEN",
  "CHOICE",
  "INNER_",
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
    $1:"list"::ARRAY,
    IFF(IS_NULL_VALUE($1:"kept"), NULL, $1:"kept"),
    IFF(IS_NULL_VALUE($1:"open"), NULL, $1:"open"),
    IFF(IS_NULL_VALUE($1:"choice"), NULL, $1:"choice"),
    IFF(IS_NULL_VALUE($1:"inner"), NULL, $1:"inner"),
    GET_PATH($1, '"RECORD_METADATA"."topic"')::VARCHAR,
    GET_PATH($1, '"RECORD_METADATA"."partition"')::NUMBER(38,0),
    GET_PATH($1, '"RECORD_METADATA"."offset"')::NUMBER(38,0),
    TO_TIMESTAMP_LTZ(GET_PATH($1, '"RECORD_METADATA"."SnowflakeConnectorPushTime"')::NUMBER(38,0), 3)
  FROM TABLE(DATA_SOURCE(TYPE => 'STREAMING'))
);

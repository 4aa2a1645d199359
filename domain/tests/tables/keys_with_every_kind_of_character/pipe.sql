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
  "WE_IRD",
  "BACK_SLASH",
  "IT_S",
  "A_B",
  "INJECTED",
  "_FIELD_6",
  "LINE_BREAK",
  "GRÖSSE",
  "名前",
  "_FIELD_10",
  "_FIELD_11",
  "_FIELD_12",
  "OUT_ER",
  "OUT_ER__IN_NER",
  "STRASSE",
  "STRASSE__NR",
  "STRASSE__IT_S",
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
    GET($1, 'we"ird')::VARCHAR,
    GET($1, 'back\\slash')::VARCHAR,
    $1:"it's"::VARCHAR,
    $1:"a.b"::VARCHAR,
    $1:"${injected}"::VARCHAR,
    $1:"$$"::VARCHAR,
    GET($1, 'line\nbreak')::VARCHAR,
    $1:"größe"::NUMBER(38,0),
    $1:"名前"::VARCHAR,
    $1:"🦀"::VARCHAR,
    $1:"👋"::VARCHAR,
    $1:" "::VARCHAR,
    IFF(IS_NULL_VALUE(GET($1, 'out"er')), NULL, GET($1, 'out"er')),
    GET(GET($1, 'out"er'), 'in''ner')::VARCHAR,
    IFF(IS_NULL_VALUE($1:"Straße"), NULL, $1:"Straße"),
    GET_PATH($1, '"Straße"."Nr."')::NUMBER(38,0),
    GET_PATH($1, '"Straße"."it''s"')::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=1/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;

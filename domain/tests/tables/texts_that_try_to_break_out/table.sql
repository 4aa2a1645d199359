CREATE TABLE IF NOT EXISTS "RAW"."EVENTS"."ORDER_PLACED" (
  "_EVENT_ID" VARCHAR(36) NOT NULL COMMENT 'envelope: event id',
  "_EVENT_CREATED_AT" TIMESTAMP_NTZ(6) COMMENT 'envelope: creation time, UTC',
  "_EVENT_SOURCE" VARCHAR COMMENT 'envelope: source',
  "_EVENT_SCHEMA_REF" VARCHAR COMMENT 'envelope: subject/version',
  "_EVENT_ENCODING" VARCHAR COMMENT 'envelope: AVRO, PROTOBUF or JSON_SCHEMA',
  "_EVENT_CUSTOM_ATTRIBUTES" VARIANT COMMENT 'envelope: non-schematized attributes',
  "A" VARCHAR COMMENT 'it''s; DROP TABLE X; --',
  "B" VARCHAR COMMENT 'back\\ slash \\'' quote',
  "C" VARCHAR COMMENT 'two\nlines\tand ${interpolation} %{directive} $$',
  "D" VARCHAR,
  "E" VARCHAR COMMENT 'nul \u0000 and \u202e reversed',
  "F" VARCHAR COMMENT 'a doc with "quotes", ''apostrophes'', \\backslashes and a */ end',
  "_LOAD_FILE" VARCHAR,
  "_LOAD_ROW" NUMBER(38,0),
  "_LOADED_AT" TIMESTAMP_LTZ(9)
) CHANGE_TRACKING = FALSE COMMENT = 'the "table"''s\\ comment';

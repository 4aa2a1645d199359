-- To version 2, step by step. Go on when a step's check says what it should.

-- 1. Stop the sink job's commits and let the pipe drain
-- A paused pipe does not drain, so it has to be empty before.
-- Check: pendingFileCount is 0. Write the time down as T0.
SELECT SYSTEM$PIPE_STATUS('"RAW"."EVENTS"."PIPE_ORDER_PLACED_V2"');

-- 2. Alter the table
-- The pipes that load now name their columns, so that new ones do not disturb them; a statement a column, so that a failure leaves no doubt what was done.
ALTER TABLE "RAW"."EVENTS"."ORDER_PLACED" ADD COLUMN "SHIPPING_ADDRESS__CITY" VARCHAR;
ALTER TABLE "RAW"."EVENTS"."ORDER_PLACED" ADD COLUMN "SHIPPING_ADDRESS__ZIP" VARCHAR;
-- Check: The table has exactly the 23 columns of its definition, new ones last.
DESC TABLE "RAW"."EVENTS"."ORDER_PLACED";

-- 3. Pause the pipe
-- A pipe is only made anew while it takes no files.
ALTER PIPE "RAW"."EVENTS"."PIPE_ORDER_PLACED_V2" SET PIPE_EXECUTION_PAUSED = TRUE;
-- Check: executionState is PAUSED and pendingFileCount is still 0.
SELECT SYSTEM$PIPE_STATUS('"RAW"."EVENTS"."PIPE_ORDER_PLACED_V2"');

-- 4. Make the pipe anew, paused
-- The COPY of a pipe cannot be altered; a new pipe has no history and no grants.
CREATE OR REPLACE PIPE "RAW"."EVENTS"."PIPE_ORDER_PLACED_V2"
  AUTO_INGEST = TRUE
  COMMENT = 'order_placed v2'
AS COPY INTO "RAW"."EVENTS"."ORDER_PLACED" (
  "_EVENT_ID",
  "_EVENT_CREATED_AT",
  "_EVENT_SOURCE",
  "_EVENT_SCHEMA_REF",
  "_EVENT_ENCODING",
  "_EVENT_CUSTOM_ATTRIBUTES",
  "ORDER_ID",
  "CUSTOMER",
  "AMOUNT",
  "QUANTITY",
  "WEIGHT",
  "STATUS",
  "PAYLOAD",
  "SHIPPING_ADDRESS",
  "BILLING_ADDRESS",
  "LINES",
  "LEGACY",
  "SHIPPING_ADDRESS__CITY",
  "SHIPPING_ADDRESS__ZIP",
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
    $1:"customer"::VARCHAR,
    $1:"amount"::NUMBER(10,2),
    $1:"quantity"::NUMBER(38,0),
    $1:"weight"::NUMBER(38,0),
    $1:"status"::VARCHAR,
    IFF(CHECK_JSON($1:"payload"::VARCHAR) IS NULL, PARSE_JSON($1:"payload"::VARCHAR), NULL),
    IFF(IS_NULL_VALUE($1:"shippingAddress"), NULL, $1:"shippingAddress"),
    IFF(IS_NULL_VALUE($1:"billingAddress"), NULL, $1:"billingAddress"),
    $1:"lines"::ARRAY,
    $1:"legacy"::VARCHAR,
    GET_PATH($1, '"shippingAddress"."city"')::VARCHAR,
    GET_PATH($1, '"shippingAddress"."zip"')::VARCHAR,
    METADATA$FILENAME,
    METADATA$FILE_ROW_NUMBER,
    METADATA$START_SCAN_TIME
  FROM @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=2/
)
FILE_FORMAT = (TYPE = PARQUET USE_VECTORIZED_SCANNER = TRUE)
ON_ERROR = SKIP_FILE;
ALTER PIPE "RAW"."EVENTS"."PIPE_ORDER_PLACED_V2" SET PIPE_EXECUTION_PAUSED = TRUE;
GRANT USAGE ON DATABASE "RAW" TO ROLE "SNOWPIPE_LOADER";
GRANT USAGE ON SCHEMA "RAW"."EVENTS" TO ROLE "SNOWPIPE_LOADER";
GRANT INSERT, SELECT ON TABLE "RAW"."EVENTS"."ORDER_PLACED" TO ROLE "SNOWPIPE_LOADER";
GRANT USAGE ON STAGE "RAW"."EVENTS"."STG_ORDER_PLACED" TO ROLE "SNOWPIPE_LOADER";
GRANT OWNERSHIP ON PIPE "RAW"."EVENTS"."PIPE_ORDER_PLACED_V2" TO ROLE "SNOWPIPE_LOADER";
GRANT USAGE ON DATABASE "RAW" TO ROLE "ANALYST";
GRANT USAGE ON SCHEMA "RAW"."EVENTS" TO ROLE "ANALYST";
GRANT SELECT ON TABLE "RAW"."EVENTS"."ORDER_PLACED" TO ROLE "ANALYST";
-- Check: notification_channel is the one that the bucket notifies.
DESC PIPE "RAW"."EVENTS"."PIPE_ORDER_PLACED_V2";

-- 5. Resume
-- Its owner changed while it was paused, so it is resumed by force.
SELECT SYSTEM$PIPE_FORCE_RESUME('"RAW"."EVENTS"."PIPE_ORDER_PLACED_V2"');
-- Check: executionState is RUNNING.
SELECT SYSTEM$PIPE_STATUS('"RAW"."EVENTS"."PIPE_ORDER_PLACED_V2"');

-- 6. Load what arrived in between
-- The new pipe does not know what the old one loaded: a bare REFRESH would load a week of files twice.
-- Check: Every file since T0 is in the history. Load those that are not with COPY INTO and FILES, or with REFRESH, PREFIX and MODIFIED_AFTER where that is exactly the set; use one of the two, never a bare REFRESH.
LIST @"RAW"."EVENTS"."STG_ORDER_PLACED"/v=2/;
SELECT "FILE_NAME", "STATUS", "LAST_LOAD_TIME" FROM TABLE("RAW".INFORMATION_SCHEMA.COPY_HISTORY(TABLE_NAME => '"RAW"."EVENTS"."ORDER_PLACED"', START_TIME => DATEADD(DAY, -14, CURRENT_TIMESTAMP())));

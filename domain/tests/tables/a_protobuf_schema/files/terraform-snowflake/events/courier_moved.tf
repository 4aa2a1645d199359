# A preview of the provider: its preview_features_enabled lists snowflake_table_resource.
resource "snowflake_table" "courier_moved" {
  database        = "RAW"
  schema          = "EVENTS"
  name            = "COURIER_MOVED"
  comment         = "courier_moved v3"
  change_tracking = false

  column {
    name     = "_EVENT_ID"
    type     = "VARCHAR(36)"
    nullable = false
    comment  = "envelope: event id"
  }

  column {
    name    = "_EVENT_CREATED_AT"
    type    = "TIMESTAMP_NTZ(6)"
    comment = "envelope: creation time, UTC"
  }

  column {
    name    = "_EVENT_SOURCE"
    type    = "VARCHAR"
    comment = "envelope: source"
  }

  column {
    name    = "_EVENT_SCHEMA_REF"
    type    = "VARCHAR"
    comment = "envelope: subject/version"
  }

  column {
    name    = "_EVENT_ENCODING"
    type    = "VARCHAR"
    comment = "envelope: AVRO, PROTOBUF or JSON_SCHEMA"
  }

  column {
    name    = "_EVENT_CUSTOM_ATTRIBUTES"
    type    = "VARIANT"
    comment = "envelope: non-schematized attributes"
  }

  column {
    name = "COURIER_ID"
    type = "VARCHAR"
  }

  column {
    name    = "MOVED_AT"
    type    = "TIMESTAMP_NTZ(9)"
    comment = "UTC"
  }

  column {
    name    = "POSITION"
    type    = "VARIANT"
    comment = "where to"
  }

  column {
    name = "POSITION__LATITUDE"
    type = "FLOAT"
  }

  column {
    name = "POSITION__LONGITUDE"
    type = "FLOAT"
  }

  column {
    name    = "POSITION__FIXED_AT"
    type    = "TIMESTAMP_NTZ(9)"
    comment = "UTC"
  }

  column {
    name    = "SINCE_LAST"
    type    = "NUMBER(38,9)"
    comment = "seconds"
  }

  column {
    name = "ORDER_COUNT"
    type = "NUMBER(38,0)"
  }

  column {
    name = "ODOMETER"
    type = "NUMBER(20,0)"
  }

  column {
    name = "BATTERY"
    type = "NUMBER(38,0)"
  }

  column {
    name    = "VEHICLE"
    type    = "VARCHAR"
    comment = "VEHICLE_UNKNOWN, BICYCLE, CAR"
  }

  column {
    name = "ZONES"
    type = "ARRAY"
  }

  column {
    name = "COUNTERS"
    type = "VARIANT"
  }

  column {
    name = "EXTRA"
    type = "VARIANT"
  }

  column {
    name = "ORDER_ID"
    type = "VARCHAR"
  }

  column {
    name = "SHIFT_ID"
    type = "VARCHAR"
  }

  column {
    name = "_LOAD_FILE"
    type = "VARCHAR"
  }

  column {
    name = "_LOAD_ROW"
    type = "NUMBER(38,0)"
  }

  column {
    name = "_LOADED_AT"
    type = "TIMESTAMP_LTZ(9)"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "snowflake_stage_external_s3" "courier_moved" {
  database            = "RAW"
  schema              = "EVENTS"
  name                = "STG_COURIER_MOVED"
  url                 = "s3://events/courier_moved/"
  storage_integration = "S3_EVENTS"
  comment             = "courier_moved"

  file_format {
    parquet {
      use_vectorized_scanner = "true"
    }
  }
}

# One entry per live prefix. Remove an old one in a later change, after it has drained.
locals {
  courier_moved_pipes = {
    v3 = file("${path.module}/sql/courier_moved_v3.copy.sql")
  }
}

# A preview of the provider: its preview_features_enabled lists snowflake_pipe_resource.
resource "snowflake_pipe" "courier_moved" {
  for_each       = local.courier_moved_pipes
  database       = "RAW"
  schema         = "EVENTS"
  name           = "PIPE_COURIER_MOVED_${upper(each.key)}"
  auto_ingest    = true
  copy_statement = each.value
  depends_on     = [snowflake_table.courier_moved, snowflake_stage_external_s3.courier_moved]
}

# The queue that the bucket has to notify.
output "courier_moved_sqs_arns" {
  value = { for version, pipe in snowflake_pipe.courier_moved : version => pipe.notification_channel }
}

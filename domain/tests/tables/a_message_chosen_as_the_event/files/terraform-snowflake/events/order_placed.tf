# A preview of the provider: its preview_features_enabled lists snowflake_table_resource.
resource "snowflake_table" "order_placed" {
  database        = "RAW"
  schema          = "EVENTS"
  name            = "ORDER_PLACED"
  comment         = "order_placed v1"
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
    name = "TOTAL"
    type = "VARIANT"
  }

  column {
    name = "TOTAL__CURRENCY"
    type = "VARCHAR"
  }

  column {
    name = "TOTAL__UNITS"
    type = "NUMBER(38,0)"
  }

  column {
    name = "LINES"
    type = "ARRAY"
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

resource "snowflake_stage_external_s3" "order_placed" {
  database            = "RAW"
  schema              = "EVENTS"
  name                = "STG_ORDER_PLACED"
  url                 = "s3://events/order_placed/"
  storage_integration = "S3_EVENTS"
  comment             = "order_placed"

  file_format {
    parquet {
      use_vectorized_scanner = "true"
    }
  }
}

# One entry per live prefix. Remove an old one in a later change, after it has drained.
locals {
  order_placed_pipes = {
    v1 = file("${path.module}/sql/order_placed_v1.copy.sql")
  }
}

# A preview of the provider: its preview_features_enabled lists snowflake_pipe_resource.
resource "snowflake_pipe" "order_placed" {
  for_each       = local.order_placed_pipes
  database       = "RAW"
  schema         = "EVENTS"
  name           = "PIPE_ORDER_PLACED_${upper(each.key)}"
  auto_ingest    = true
  copy_statement = each.value
  depends_on     = [snowflake_table.order_placed, snowflake_stage_external_s3.order_placed]
}

# The queue that the bucket has to notify.
output "order_placed_sqs_arns" {
  value = { for version, pipe in snowflake_pipe.order_placed : version => pipe.notification_channel }
}

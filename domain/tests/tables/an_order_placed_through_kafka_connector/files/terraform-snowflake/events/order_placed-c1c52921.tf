# A preview of the provider: its preview_features_enabled lists snowflake_table_resource.
resource "snowflake_table" "order_placed-c1c52921" {
  database                    = "RAW"
  schema                      = "EVENTS"
  name                        = "ORDER_PLACED"
  comment                     = "order.placed v3"
  data_retention_time_in_days = 1
  change_tracking             = false
  cluster_by                  = ["TO_DATE(_EVENT_CREATED_AT)"]

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
    name    = "ORDER_ID"
    type    = "VARCHAR"
    comment = "orderId"
  }

  column {
    name = "AMOUNT"
    type = "NUMBER(12,2)"
  }

  column {
    name = "ITEMS_TOTAL"
    type = "NUMBER(20,0)"
  }

  column {
    name = "STATUS"
    type = "VARCHAR"
  }

  column {
    name = "SHIPPING_ADDRESS"
    type = "VARIANT"
  }

  column {
    name = "SHIPPING_ADDRESS__CITY"
    type = "VARCHAR"
  }

  column {
    name = "TAGS"
    type = "ARRAY"
  }

  column {
    name = "_LOAD_TOPIC"
    type = "VARCHAR"
  }

  column {
    name = "_LOAD_PARTITION"
    type = "NUMBER(38,0)"
  }

  column {
    name = "_LOAD_OFFSET"
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

# What snowflake_table has no argument for.
locals {
  order_placed-c1c52921_settings = {
    "error logging" = "ALTER TABLE \"RAW\".\"EVENTS\".\"ORDER_PLACED\" SET ERROR_LOGGING = TRUE"
  }
}

resource "snowflake_execute" "order_placed-c1c52921_settings" {
  for_each   = local.order_placed-c1c52921_settings
  execute    = each.value
  revert     = "SELECT 1"
  depends_on = [snowflake_table.order_placed-c1c52921]
}

# A preview of the provider: its preview_features_enabled lists snowflake_pipe_resource.
resource "snowflake_pipe" "order_placed-c1c52921" {
  database       = "RAW"
  schema         = "EVENTS"
  name           = "ORDER_PLACED"
  auto_ingest    = false
  copy_statement = file("${path.module}/sql/order_placed-c1c52921_v3.copy.sql")
  depends_on     = [snowflake_table.order_placed-c1c52921]
}

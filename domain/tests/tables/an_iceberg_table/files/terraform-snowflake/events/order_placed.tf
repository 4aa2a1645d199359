# snowflake_table cannot make such a table. Once it exists this statement changes nothing; alter the table by statements.
resource "snowflake_execute" "order_placed_table" {
  execute = file("${path.module}/sql/order_placed.table.sql")
  revert  = "SELECT 1"
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
  depends_on     = [snowflake_execute.order_placed_table, snowflake_stage_external_s3.order_placed]
}

# The queue that the bucket has to notify.
output "order_placed_sqs_arns" {
  value = { for version, pipe in snowflake_pipe.order_placed : version => pipe.notification_channel }
}

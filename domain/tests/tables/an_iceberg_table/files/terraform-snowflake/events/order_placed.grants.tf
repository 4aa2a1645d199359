resource "snowflake_grant_privileges_to_account_role" "order_placed_loader_table" {
  account_role_name = "SNOWPIPE_LOADER"
  privileges        = ["INSERT", "SELECT"]

  on_schema_object {
    object_type = "TABLE"
    object_name = "\"RAW\".\"EVENTS\".\"ORDER_PLACED\""
  }

  depends_on = [snowflake_execute.order_placed_table]
}

resource "snowflake_grant_privileges_to_account_role" "order_placed_loader_stage" {
  account_role_name = "SNOWPIPE_LOADER"
  privileges        = ["USAGE"]

  on_schema_object {
    object_type = "STAGE"
    object_name = snowflake_stage_external_s3.order_placed.fully_qualified_name
  }
}

resource "snowflake_grant_privileges_to_account_role" "order_placed_reader_table" {
  for_each = {
    "ANALYST" = "ANALYST"
  }
  account_role_name = each.value
  privileges        = ["SELECT"]

  on_schema_object {
    object_type = "TABLE"
    object_name = "\"RAW\".\"EVENTS\".\"ORDER_PLACED\""
  }

  depends_on = [snowflake_execute.order_placed_table]
}

# The provider pauses a pipe and resumes it around this, if its role has OPERATE and MONITOR on it.
resource "snowflake_grant_ownership" "order_placed_pipe" {
  for_each            = snowflake_pipe.order_placed
  account_role_name   = "SNOWPIPE_LOADER"
  outbound_privileges = "COPY"

  on {
    object_type = "PIPE"
    object_name = each.value.fully_qualified_name
  }
}

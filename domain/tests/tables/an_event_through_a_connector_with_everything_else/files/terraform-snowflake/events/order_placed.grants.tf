resource "snowflake_grant_privileges_to_account_role" "order_placed_loader_table" {
  account_role_name = "SNOWPIPE_LOADER"
  privileges        = ["INSERT", "SELECT"]

  on_schema_object {
    object_type = "TABLE"
    object_name = "\"RAW\".\"EVENTS\".\"ORDER_PLACED\""
  }

  depends_on = [snowflake_execute.order_placed_table]
}

resource "snowflake_grant_privileges_to_account_role" "order_placed_loader_pipe" {
  account_role_name = "SNOWPIPE_LOADER"
  privileges        = ["MONITOR", "OPERATE"]

  on_schema_object {
    object_type = "PIPE"
    object_name = snowflake_pipe.order_placed.fully_qualified_name
  }
}

resource "snowflake_grant_privileges_to_account_role" "order_placed_operator_table" {
  account_role_name = "PIPE_OPERATOR"
  privileges        = ["INSERT", "SELECT"]

  on_schema_object {
    object_type = "TABLE"
    object_name = "\"RAW\".\"EVENTS\".\"ORDER_PLACED\""
  }

  depends_on = [snowflake_execute.order_placed_table]
}

resource "snowflake_grant_privileges_to_account_role" "order_placed_operator_pipe" {
  account_role_name = "PIPE_OPERATOR"
  privileges        = ["MONITOR", "OPERATE"]

  on_schema_object {
    object_type = "PIPE"
    object_name = snowflake_pipe.order_placed.fully_qualified_name
  }
}

resource "snowflake_grant_privileges_to_account_role" "order_placed_reader_table" {
  for_each = {
    "ANALYST" = "ANALYST"
    "BI"      = "BI"
  }
  account_role_name = each.value
  privileges        = ["SELECT"]

  on_schema_object {
    object_type = "TABLE"
    object_name = "\"RAW\".\"EVENTS\".\"ORDER_PLACED\""
  }

  depends_on = [snowflake_execute.order_placed_table]
}

resource "snowflake_grant_privileges_to_account_role" "order_placed-c1c52921_loader_table" {
  account_role_name = "SNOWPIPE_LOADER"
  privileges        = ["INSERT", "SELECT"]

  on_schema_object {
    object_type = "TABLE"
    object_name = snowflake_table.order_placed-c1c52921.fully_qualified_name
  }
}

resource "snowflake_grant_privileges_to_account_role" "order_placed-c1c52921_loader_pipe" {
  for_each          = snowflake_pipe.order_placed-c1c52921
  account_role_name = "SNOWPIPE_LOADER"
  privileges        = ["MONITOR", "OPERATE"]

  on_schema_object {
    object_type = "PIPE"
    object_name = each.value.fully_qualified_name
  }
}

resource "snowflake_grant_privileges_to_account_role" "order_placed-c1c52921_reader_table" {
  for_each = {
    "ANALYST" = "ANALYST"
  }
  account_role_name = each.value
  privileges        = ["SELECT"]

  on_schema_object {
    object_type = "TABLE"
    object_name = snowflake_table.order_placed-c1c52921.fully_qualified_name
  }
}

# snowflake_table cannot make such a table. Once it exists this statement changes nothing; alter the table by statements.
resource "snowflake_execute" "order_placed_table" {
  execute = file("${path.module}/sql/order_placed.table.sql")
  revert  = "SELECT 1"
}

# A preview of the provider: its preview_features_enabled lists snowflake_pipe_resource.
resource "snowflake_pipe" "order_placed" {
  database       = "RAW"
  schema         = "EVENTS"
  name           = "ORDER_PLACED"
  auto_ingest    = false
  copy_statement = file("${path.module}/sql/order_placed_v2.copy.sql")
  depends_on     = [snowflake_execute.order_placed_table]
}

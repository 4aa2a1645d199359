resource "kafka_topic" "order_placed" {
  name               = "order_placed"
  partitions         = 12
  replication_factor = 2
  config = {
    "min.insync.replicas" = "1"
    "retention.ms"        = "259200000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

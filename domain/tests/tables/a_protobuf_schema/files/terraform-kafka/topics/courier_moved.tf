resource "kafka_topic" "courier_moved" {
  name               = "courier_moved"
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

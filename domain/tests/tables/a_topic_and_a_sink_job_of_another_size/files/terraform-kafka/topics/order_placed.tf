resource "kafka_topic" "order_placed" {
  provider           = kafka.analytics
  name               = "order_placed"
  partitions         = 48
  replication_factor = 1
  config = {
    "min.insync.replicas" = "1"
    "retention.ms"        = "21600000"
  }

  lifecycle {
    prevent_destroy = true
  }
}

"""The log -> Kafka: one relay at a time tails it, each store in the order of its positions, at least once."""

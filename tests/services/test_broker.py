"""The broker that other tests rely on: it takes messages, and keeps them when it is stopped or killed."""

import uuid
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

from tests.services.broker import Broker

pytestmark = pytest.mark.services


def values(servers: str, topic: str) -> list[bytes]:
    consumer = KafkaConsumer(
        bootstrap_servers=servers, consumer_timeout_ms=3000, auto_offset_reset="earliest"
    )
    try:
        consumer.assign([TopicPartition(topic, 0)])
        return [message.value for message in consumer]
    finally:
        consumer.close()


def test_it_keeps_what_it_acknowledged_when_stopped_and_when_killed(tmp_path: Path) -> None:
    topic = f"t-{uuid.uuid4()}"
    with Broker(tmp_path / "kafka") as broker:
        admin = KafkaAdminClient(bootstrap_servers=broker.servers)
        admin.create_topics([NewTopic(topic, 1, 1)])
        admin.close()
        for text, end in ((b"one", broker.stop), (b"two", broker.kill)):
            producer = KafkaProducer(bootstrap_servers=broker.servers)
            producer.send(topic, text).get(10)
            producer.close()
            end()
            broker.start()
        assert values(broker.servers, topic) == [b"one", b"two"]

"""Messages of one store to Kafka, in order: a message is only sent when all before it are acknowledged or with it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kafka import KafkaProducer
from kafka.errors import (
    AuthorizationError,
    IllegalSaslStateError,
    InvalidProducerEpochError,
    KafkaError,
    KafkaTimeoutError,
    OutOfOrderSequenceNumberError,
    SaslAuthenticationFailedError,
    UnknownProducerIdError,
    UnsupportedSaslMechanismError,
)
from kafka.partitioner.default import murmur2

from lrs.kafka import KafkaAway, reaching
from lrs.relay.message import Message
from lrs.settings import Settings

# Messages go out in batches of at most so many bytes before compression.
BATCH_BYTES = 512 * 1024
# Kafka's own limit holds after compression, so it alone decides; beyond this a broker would not read the request.
MOST_REQUEST_BYTES = 64 * 1024 * 1024
# What a batch takes beside its records, and what compression may add to what cannot be compressed.
BATCH_OVERHEAD = 512
START_MS, REQUEST_MS, DELIVERY_MS = 5_000, 10_000, 20_000
# Errors of the connection, the session or the rights: no event is to blame, and another try may do.
_NO_EVENTS_FAULT = (
    AuthorizationError,
    IllegalSaslStateError,
    InvalidProducerEpochError,
    KafkaTimeoutError,
    OutOfOrderSequenceNumberError,
    SaslAuthenticationFailedError,
    UnknownProducerIdError,
    UnsupportedSaslMechanismError,
)


class Sent(NamedTuple):
    """How far a store's messages came: the last acknowledged position (None: none), and what was refused, and why."""

    position: int | None
    refused: Message | None = None
    reason: str = ""


class Producer:
    """An idempotent producer that waits for all replicas. Broken off after KafkaAway: open another."""

    def __init__(self, settings: Settings, limit: int) -> None:
        """`limit`: the largest message that the topic takes, in bytes. Raises KafkaAway."""
        self._settings = settings
        self._batch_bytes = max(1, min(BATCH_BYTES, limit - BATCH_OVERHEAD))
        self._kafka = self._open()

    def _open(self) -> KafkaProducer:
        settings = self._settings
        with reaching(settings) as options:
            return KafkaProducer(
                **options,
                enable_idempotence=True,
                acks="all",
                compression_type=None if settings.kafka_compression == "none" else settings.kafka_compression,
                max_request_size=MOST_REQUEST_BYTES,
                batch_size=self._batch_bytes,
                linger_ms=1000,  # `flush` ends it: so what is sent together is one batch
                allow_auto_create_topics=False,
                bootstrap_timeout_ms=START_MS,
                max_block_ms=START_MS,
                request_timeout_ms=REQUEST_MS,
                delivery_timeout_ms=DELIVERY_MS,
            )

    def close(self) -> None:
        self._kafka.close(timeout=1)

    def send(self, messages: Sequence[Message]) -> Iterator[Sent]:
        """Send messages of one store, batch by batch; nothing is sent after what was refused. Raises KafkaAway."""
        for batch in _batches(messages, self._batch_bytes):
            sent = self._send_together(batch)
            if sent.refused is not None and len(batch) > 1:
                # A batch is taken or refused whole; one by one it shows which of them it is.
                yield Sent(sent.position)
                yield from self._send_singly(batch, sent)
                return
            yield sent
            if sent.refused is not None:
                return

    def _send_singly(self, batch: Sequence[Message], before: Sent) -> Iterator[Sent]:
        for message in batch:
            if before.position is None or message.position > before.position:
                sent = self._send_together([message])
                yield sent
                if sent.refused is not None:
                    return

    def _send_together(self, batch: Sequence[Message]) -> Sent:
        sent = self._try_to_send(batch)
        if sent.refused is not None:
            # kafka-python 3.0 answers all that comes after a refusal with the error of the refused.
            self.close()
            self._kafka = self._open()
        return sent

    def _try_to_send(self, batch: Sequence[Message]) -> Sent:
        partition = partition_of(batch[0].key, self._settings.kafka_partitions)
        position: int | None = None
        try:
            promised = [
                self._kafka.send(self._settings.kafka_topic, m.value, m.key, m.headers, partition)
                for m in batch
            ]
            self._kafka.flush(DELIVERY_MS / 1000)
        except KafkaError as error:
            return _refused_or_away(position, batch[0], error)
        for message, acknowledgement in zip(batch, promised, strict=True):
            try:
                acknowledgement.get(REQUEST_MS / 1000)
            except KafkaError as error:
                return _refused_or_away(position, message, error)
            position = message.position
        return Sent(position)


def _refused_or_away(position: int | None, message: Message, error: KafkaError) -> Sent:
    if error.retriable or isinstance(error, _NO_EVENTS_FAULT):
        raise KafkaAway(f"Kafka does not take messages: {type(error).__name__}: {error}") from error
    return Sent(position, message, f"{type(error).__name__}: {error}")


def _batches(messages: Sequence[Message], limit: int) -> Iterator[list[Message]]:
    """Messages that go together; one over the limit goes alone, since it may be refused for its size."""
    batch: list[Message] = []
    size = 0
    for message in messages:
        if batch and size + message.size > limit:
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += message.size
    if batch:
        yield batch


def partition_of(key: bytes, partitions: int) -> int:
    """As every Kafka client would choose it, but of the number of partitions that is fixed at set-up."""
    return int(murmur2(key) & 0x7FFFFFFF) % partitions

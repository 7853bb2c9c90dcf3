"""An event as a Kafka message: schemas/xapi/message.json describes it."""

from typing import NamedTuple

from lrs.feed import LoggedEvent

# What a record takes in a batch beside its bytes: lengths, attributes, and differences of time and offset.
RECORD_OVERHEAD = 64


class Message(NamedTuple):
    """A message of one event: the store as its key, the analytic form as its value."""

    position: int
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]

    @property
    def size(self) -> int:
        """At most so many bytes before compression."""
        headers = sum(len(name) + len(value) + 8 for name, value in self.headers)
        return len(self.key) + len(self.value) + headers + RECORD_OVERHEAD


def to_message(event: LoggedEvent, previous: int) -> Message:
    """The message of an event; `previous` is the position of the store's event before it, 0 for the first.

    By `previous` a consumer sees that it has missed nothing: positions alone are shared with the other stores.
    """
    headers = {
        "position": str(event.position),
        "previous": str(previous),
        "kind": event.kind,
        "version": str(event.version),
        "store": event.store,
        "stored": str(event.stored),
    }
    if event.statement_id is not None:
        headers["statement_id"] = event.statement_id
    encoded = [(name, value.encode()) for name, value in headers.items()]
    return Message(event.position, event.store.encode(), event.form.encode(), encoded)

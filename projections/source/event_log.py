"""Straight from the log: the one machine's source, and where every rebuild begins."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from lrs.feed import Feed, LoggedEvent
from lrs.settings import Settings
from projections.source import Source


def open_source(settings: Settings) -> Feed:
    """The event log that the settings name, as a Source; close it after use."""
    return Feed.open(settings)


def batches(source: Source, store: str, after: int, size: int) -> Iterator[Sequence[LoggedEvent]]:
    """The events of a store after a position, `size` at a time; the next batch is read while this one is folded."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead") as reader:
        reading = reader.submit(source.read, store, after, size)
        while events := reading.result():
            reading = reader.submit(source.read, store, events[-1].position, size)
            yield events

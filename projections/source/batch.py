"""Events as an Arrow table: what DuckDB reads as `batch`."""

import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

import pyarrow as pa

from lrs.feed import LoggedEvent
from projections.source import Source

SCHEMA = pa.schema(
    [
        ("position", pa.int64()),
        ("store", pa.string()),
        ("kind", pa.string()),
        ("version", pa.int32()),
        ("statement_id", pa.string()),
        ("stored", pa.timestamp("us")),
        ("form", pa.string()),
    ]
)
# DuckDB shares an Arrow table among its threads by record batches.
ROWS_A_THREAD = 8192


class Batch(NamedTuple):
    """Some events: how many, the last one (None when there are none), and all of them as a table of SCHEMA."""

    events: int
    last: LoggedEvent | None
    table: pa.Table


def to_batch(events: Sequence[LoggedEvent]) -> Batch:
    pages = [events[start : start + ROWS_A_THREAD] for start in range(0, len(events), ROWS_A_THREAD)]
    return _of_pages([_to_page(page) for page in pages], events[-1] if events else None)


def _to_page(events: Sequence[LoggedEvent]) -> pa.RecordBatch:
    columns = zip(*events, strict=True)
    by_name = dict(zip(LoggedEvent._fields, columns, strict=True))
    arrays = [pa.array(by_name[field.name], field.type) for field in SCHEMA]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def _of_pages(pages: Sequence[pa.RecordBatch], last: LoggedEvent | None) -> Batch:
    return Batch(sum(page.num_rows for page in pages), last, pa.Table.from_batches(pages, schema=SCHEMA))


def batches(source: Source, store: str, after: int, size: int) -> Iterator[tuple[LoggedEvent, Batch]]:
    """The events of a store after a position, `size` at a time, each batch with its last event.

    The next batch is read and made into a table while this one is folded.
    """
    with _uncollected(), ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead") as reader:
        reading = reader.submit(_read, source, store, after, size)
        while (batch := reading.result()).last is not None:
            reading = reader.submit(_read, source, store, batch.last.position, size)
            yield batch.last, batch


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: events hold none, and walking them again and again takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(source: Source, store: str, after: int, size: int) -> Batch:
    """Page by page: what a page took in memory is then taken again by the next, and stays near the processor."""
    pages: list[pa.RecordBatch] = []
    last: LoggedEvent | None = None
    while len(pages) * ROWS_A_THREAD < size:
        events = source.read(store, last.position if last else after, ROWS_A_THREAD)
        if not events:
            break
        pages.append(_to_page(events))
        last = events[-1]
    return _of_pages(pages, last)

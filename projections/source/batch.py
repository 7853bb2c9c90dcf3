"""Events as an Arrow table: what DuckDB reads as `batch`."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

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
    columns: Sequence[Any] = list(zip(*events, strict=True)) if events else [[] for _ in LoggedEvent._fields]
    by_name = dict(zip(LoggedEvent._fields, columns, strict=True))
    table = pa.table([pa.array(by_name[field.name], field.type) for field in SCHEMA], schema=SCHEMA)
    parts = table.to_batches(max_chunksize=ROWS_A_THREAD)
    return Batch(len(events), events[-1] if events else None, pa.Table.from_batches(parts, schema=SCHEMA))


def batches(source: Source, store: str, after: int, size: int) -> Iterator[tuple[LoggedEvent, Batch]]:
    """The events of a store after a position, `size` at a time, each batch with its last event.

    The next batch is read and made into a table while this one is folded.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead") as reader:
        reading = reader.submit(_read, source, store, after, size)
        while (batch := reading.result()).last is not None:
            reading = reader.submit(_read, source, store, batch.last.position, size)
            yield batch.last, batch


def _read(source: Source, store: str, after: int, size: int) -> Batch:
    return to_batch(source.read(store, after, size))

"""A projection that runs: all of it or nothing, what it took, and which one it was that failed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from lrs.feed import LoggedEvent


class ProjectionFailed(RuntimeError):
    """A projection cannot take an event; the projector stands still before it and skips nothing."""

    def __init__(self, event: LoggedEvent | None, projection: str, cause: BaseException) -> None:
        where = f"position {event.position}, statement {event.statement_id}" if event else "all events"
        super().__init__(
            f"projection {projection} failed at {where} (store {event.store if event else '?'}): {cause}"
        )
        self.event, self.projection = event, projection


@contextmanager
def in_transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """What is written within is there when all of it went well, and nothing of it otherwise."""
    connection.execute("begin")
    try:
        yield connection
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


@contextmanager
def naming(event: LoggedEvent | None, projection: str) -> Iterator[None]:
    """Whatever is raised within is raised as ProjectionFailed, with the event and the projection."""
    try:
        yield
    except Exception as error:
        raise ProjectionFailed(event, projection, error) from error


@contextmanager
def timed(took: dict[str, float], name: str) -> Iterator[None]:
    """Add the seconds spent within to those of that name."""
    started = time.perf_counter()
    yield
    took[name] = took.get(name, 0.0) + time.perf_counter() - started

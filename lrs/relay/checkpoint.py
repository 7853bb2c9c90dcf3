"""How far each store is in Kafka: the relay's own note, beside the log and no part of it."""

import time
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from lrs.event_log.database import Database
from lrs.event_log.tables import relay_checkpoint


class RelayCheckpoint(NamedTuple):
    """A store's last acknowledged position, and why the event after it stands still, if it does."""

    store: str
    position: int
    problem: str | None = None


def read_checkpoints(database: Database) -> dict[str, RelayCheckpoint]:
    """By store; a store of which nothing was relayed is not in it."""
    columns = relay_checkpoint.c
    with database.reading() as connection:
        if not sa.inspect(connection).has_table(relay_checkpoint.name):
            return {}
        rows = connection.execute(sa.select(columns.store, columns.position, columns.problem)).all()
    return {row.store: RelayCheckpoint(*row) for row in rows}


def write_checkpoints(database: Database, checkpoints: Sequence[RelayCheckpoint]) -> None:
    """Write them in one transaction; a position never goes back, whoever else has relayed meanwhile."""
    now = time.time_ns() // 1000
    with database.writing() as connection:
        for each in checkpoints:
            _write(connection, each, now)


def _write(connection: sa.Connection, checkpoint: RelayCheckpoint, now: int) -> None:
    columns, values = relay_checkpoint.c, checkpoint._asdict() | {"changed": now}
    known = connection.execute(sa.select(columns.position).where(columns.store == checkpoint.store)).scalar()
    if known is None:
        connection.execute(sa.insert(relay_checkpoint).values(values))
    elif known <= checkpoint.position:
        connection.execute(
            sa.update(relay_checkpoint).where(columns.store == checkpoint.store).values(values)
        )

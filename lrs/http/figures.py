"""Where the log ends, and how far its copy in Kafka is: read at the moment that Prometheus asks."""

import time
from collections.abc import Iterable, Iterator
from functools import partial

import sqlalchemy as sa

from lrs.event_log.append import read_head
from lrs.event_log.database import Database
from lrs.event_log.read import stores
from lrs.figures import Figures, Gauge

# Each is a label's value: an installation with more is asked by its own tools.
MOST_STORES = 500
_RELAY = sa.table("relay_checkpoint", sa.column("store"), sa.column("position"), sa.column("problem"))
_LOG = sa.table("event_log", sa.column("position"), sa.column("store"), sa.column("stored"))


def log_figures(database: Database) -> Figures:
    """The figures of an event log, and of its relay where there is one; all of one moment."""
    return partial(_read, database)


def _read(database: Database) -> Iterable[Gauge]:
    """A database that does not answer is a figure too."""
    meaning = "Whether the event log can be read: 1 or 0"
    try:
        with database.reading() as connection:
            found = [*_heads(connection), *_relay(connection)]
    except sa.exc.SQLAlchemyError:
        return [Gauge("lrs_log_up", meaning, (), [((), 0)])]
    return [Gauge("lrs_log_up", meaning, (), [((), 1)]), *found]


def _heads(connection: sa.Connection) -> Iterator[Gauge]:
    heads = {(store,): read_head(connection, store) for store in stores(connection)[:MOST_STORES]}
    by = ("store",)
    positions = [(store, float(head.position)) for store, head in heads.items()]
    yield Gauge("lrs_log_head_position", "The last position of a store in the log", by, positions)
    when = [(store, head.stored / 1e6) for store, head in heads.items()]
    yield Gauge("lrs_log_head_stored_seconds", "When that was stored, in seconds since 1970", by, when)


def _relay(connection: sa.Connection) -> Iterator[Gauge]:
    if not sa.inspect(connection).has_table(_RELAY.name):
        return
    rows = connection.execute(sa.select(_RELAY).order_by(_RELAY.c.store).limit(MOST_STORES)).all()
    heads = {row.store: read_head(connection, row.store).position for row in rows}
    position = [((row.store,), float(row.position)) for row in rows]
    behind = [((row.store,), float(max(0, heads[row.store] - row.position))) for row in rows]
    age = [((row.store,), _age_after(connection, row.store, row.position)) for row in rows]
    stopped = [((row.store,), 1.0 if row.problem else 0.0) for row in rows]
    by = ("store",)
    yield Gauge("lrs_relay_position", "The last position of a store that Kafka has", by, position)
    yield Gauge("lrs_relay_lag_positions", "From there to the store's last position in the log", by, behind)
    yield Gauge("lrs_relay_lag_seconds", "Age of the oldest event that Kafka does not have", by, age)
    yield Gauge("lrs_relay_stopped", "1 when an event of the store cannot be relayed", by, stopped)


def _age_after(connection: sa.Connection, store: str, position: int) -> float:
    """Seconds since the first event of a store after a position was stored; 0 when there is none."""
    following = sa.select(_LOG.c.stored).where(_LOG.c.store == store, _LOG.c.position > position)
    stored = connection.execute(following.order_by(_LOG.c.position).limit(1)).scalar()
    return 0.0 if stored is None else max(0.0, time.time() - stored / 1e6)

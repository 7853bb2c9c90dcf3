"""How a process connects to PostgreSQL: bounded in number and in time, and by itself again after a loss."""

import math
import time
from typing import Any

import sqlalchemy as sa

# A connection to a server that has gone does not hold a request for longer than this, in seconds.
_CONNECT = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "fallback_application_name": "leerspoor",
}
# What a request may wait for a free connection, in seconds.
_POOL_TIMEOUT = 10
# A connection that rested for longer is tried before it is used: the server may have been restarted.
_RESTED_SECONDS = 1.0

_READING = {"statement_timeout": "60s", "lock_timeout": "10s"}
# A writer that stopped in the middle (a suspended machine, a network that was cut) would keep the lock from all others.
_WRITING = _READING | {"idle_in_transaction_session_timeout": "30s", "tcp_keepalives_idle": "10"}
_NO_LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


def postgresql_engines(address: sa.URL, readers: int) -> tuple[sa.Engine, sa.Engine]:
    """Up to `readers` connections that see one moment each, and one that writes what it finds committed."""
    reading = _engine(address, readers, "REPEATABLE READ", _READING)
    writing = _engine(address, 1, "READ COMMITTED", _WRITING)
    sa.event.listen(reading, "connect", _read_only)
    trial = _Trial()
    trial.watch(reading)
    trial.watch(writing)
    return reading, writing


def lift_limits(connection: sa.Connection) -> None:
    """Let this transaction wait for others and take as long as it needs."""
    for name in _NO_LIMITS:
        connection.exec_driver_sql(f"SET LOCAL {name} = 0")


def _engine(address: sa.URL, connections: int, isolation: Any, limits: dict[str, str]) -> sa.Engine:
    given = address.query.get("options", "")
    # What the address itself sets comes last, and so wins.
    options = " ".join([*(f"-c {name}={value}" for name, value in limits.items()), str(given)])
    engine = sa.create_engine(
        address.set(drivername="postgresql+psycopg").difference_update_query(["options"]),
        isolation_level=isolation, pool_size=connections, max_overflow=0, pool_use_lifo=True,
        pool_timeout=_POOL_TIMEOUT, hide_parameters=True,
        connect_args={**_CONNECT, **_named(address), "options": options.strip()},
    )  # fmt: skip
    return engine


def _named(address: sa.URL) -> dict[str, Any]:
    return {name: value for name, value in address.query.items() if name in _CONNECT}


def _read_only(connection: Any, _record: object) -> None:
    connection.read_only = True


class _Trial:
    """Tries a connection before it is used, when it rested for a while or another one was lost since."""

    def __init__(self) -> None:
        self._lost = 0.0

    def watch(self, engine: sa.Engine) -> None:
        sa.event.listen(engine, "invalidate", self._note_loss)
        sa.event.listen(engine, "checkin", self._note_use)
        sa.event.listen(engine, "checkout", self._try)

    def _note_loss(self, _connection: object, _record: object, _error: object) -> None:
        self._lost = time.monotonic()

    def _note_use(self, _connection: object, record: Any) -> None:
        record.record_info["used"] = time.monotonic()

    def _try(self, connection: Any, record: Any, _proxy: object) -> None:
        used = record.record_info.get("used", math.inf)  # never: it is new
        if used > self._lost and time.monotonic() - used < _RESTED_SECONDS:
            return
        before, connection.autocommit = connection.autocommit, True
        try:
            connection.execute("")
        except Exception as error:
            raise sa.exc.DisconnectionError("the connection was lost while it rested") from error
        finally:
            if not connection.closed:
                connection.autocommit = before

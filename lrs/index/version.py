"""Which release the index is of. Nodes of two releases may share a database while one takes over from the other."""

import sqlalchemy as sa

from lrs.event_log.prepared import fetch_all
from lrs.index.tables import INDEX_VERSION, index_state


class OtherIndex(RuntimeError):
    """The index is of another release: this one would fill it wrongly (503)."""


def is_current(connection: sa.Connection) -> bool:
    """Whether the index exists in the version that this release fills."""
    if not sa.inspect(connection).has_table(index_state.name):
        return False
    return connection.execute(sa.select(index_state.c.version)).scalar() == INDEX_VERSION


def state_of_definitions(connection: sa.Connection) -> int:
    """See lrs/index/activities.py. Raises OtherIndex."""
    ((version, state),) = fetch_all(connection, _STATE)
    if version != INDEX_VERSION:
        raise OtherIndex(f"the index is of version {version}, this release fills {INDEX_VERSION}: update it")
    return int(state)


_STATE = sa.select(index_state.c.version, index_state.c.definitions)

"""Which trouble of a database passes by itself, so that the same request is worth sending again."""

import sqlalchemy as sa

# By the class of SQLSTATE: connection, transaction taken back, resources (disk, memory, connections), lock not given,
# intervention of an operator (shutdown, time-out) or of the system; and a server that only reads, as after a failover.
_PASSING = ("08", "25006", "25P0", "40", "53", "55P03", "57", "58")


def passes(error: BaseException) -> bool:
    """Whether an error is the database's passing trouble, and nobody's statement is to blame."""
    if isinstance(error, sa.exc.TimeoutError):  # no connection of the pool came free
        return True
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_PASSING)
    # Without one: SQLite, or a server that could not be reached at all.
    return isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)

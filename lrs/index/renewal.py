"""Empty tables for a new index, in the place of the old one when they are filled.

Readers keep the old index meanwhile: SQLite keeps what they began with anyhow; on PostgreSQL a table that is dropped
keeps them waiting, so rows are deleted, or, when a release changed the tables, new ones are filled aside.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from lrs.index.grants import read_grants, restore_grants
from lrs.index.tables import index_metadata
from lrs.index.version import is_current

_ASIDE = "leerspoor_next"


@contextmanager
def emptied(connection: sa.Connection) -> Iterator[None]:
    """Within it the tables of the index are empty and as this release wants them; afterwards they are in place."""
    if is_current(connection):
        # Not dropped: roles keep what they were granted, and no right to change tables is needed.
        for table in index_metadata.sorted_tables:
            connection.execute(sa.delete(table))
        yield
    elif connection.dialect.name == "postgresql":
        with _made_aside(connection):
            yield
    else:
        index_metadata.drop_all(connection)
        index_metadata.create_all(connection)
        yield


@contextmanager
def _made_aside(connection: sa.Connection) -> Iterator[None]:
    home = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    connection.exec_driver_sql(f"CREATE SCHEMA {_ASIDE}")
    connection.exec_driver_sql(f"SET LOCAL search_path TO {_ASIDE}, {home}")
    index_metadata.create_all(connection, checkfirst=False)
    yield
    connection.exec_driver_sql(f"SET LOCAL search_path TO {home}")
    granted = read_grants(connection)
    index_metadata.drop_all(connection)
    for table in index_metadata.sorted_tables:
        connection.exec_driver_sql(f"ALTER TABLE {_ASIDE}.{table.name} SET SCHEMA {home}")
    connection.exec_driver_sql(f"DROP SCHEMA {_ASIDE}")
    restore_grants(connection, granted)

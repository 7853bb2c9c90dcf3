"""Alembic runs this file for `lrs migrate`; the connection, inside its transaction, is handed in."""

from alembic import context

from lrs.event_log.migrate import VERSION_TABLE
from lrs.event_log.tables import log_metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=log_metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()

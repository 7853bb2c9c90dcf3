"""Bring the event log's tables up to date: numbered migrations, each run once and recorded in the same transaction."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from lrs.event_log.database import Database, DatabaseUnusable

VERSION_TABLE = "event_log_version"
FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database) -> list[str]:
    """Apply the migrations that are missing, in one transaction; returns their numbers, none when up to date.

    Nothing is locked, and no right to change tables is needed, when there are none. Raises DatabaseUnusable when the
    database cannot keep every text.
    """
    with database.reading() as connection:
        if is_migrated(connection):
            return []
    config = _configuration()
    with database.writing(patient=True) as connection:
        check_encoding(connection)
        before = _applied(connection)
        if before == latest():
            return []
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return [r for r in numbers() if before is None or r > before]


def check_encoding(connection: sa.Connection) -> None:
    """Raises DatabaseUnusable for a PostgreSQL database that is not UTF8: statements hold any character."""
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise DatabaseUnusable(
            f"the database is encoded in {encoding}: make another one, CREATE DATABASE ... ENCODING 'UTF8'"
        )


def is_migrated(connection: sa.Connection) -> bool:
    return _applied(connection) == latest()


@cache  # the files of one release; they are read when a database is opened and whenever somebody asks for health
def numbers() -> tuple[str, ...]:
    """The numbers of all migrations, oldest first."""
    scripts = ScriptDirectory.from_config(_configuration()).walk_revisions()
    return tuple(sorted(script.revision for script in scripts))


def latest() -> str:
    return numbers()[-1]


def _applied(connection: sa.Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def _configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config

"""The directory of one store: opened for one moment, it finds people and hands out views by role."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from lrs.directory.enrolments import STAFF, classes_on
from lrs.directory.find_person import find_person
from lrs.directory.person import agents_of, roster_keys
from lrs.directory.store_index import Opened
from lrs.directory.view import View
from lrs.directory.viewer import Viewer
from lrs.event_log.database import Database, open_database
from lrs.event_log.migrate import is_migrated
from lrs.event_log.secret import agent_key_bytes, hold_to_secret
from lrs.index.version import is_current
from lrs.settings import Settings
from lrs.statement.agent_key import AgentKeys


class DirectoryUnusable(RuntimeError):
    """There is no log whose names could be read, or it is of another release; the text says what to do."""


class Directory:
    """The directory of one store before it is known who looks: whom a name on a command line stands for."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def seen_by(self, viewer: Viewer, day: date) -> View:
        return View(self._opened, viewer, day)

    def find_person(self, named: str) -> str | None:
        """The learner key of a person: by the roster's id of him, by an agent as JSON, or by any of his agent keys.

        None for somebody whom neither a roster nor a statement knows.
        """
        return find_person(self._opened, named)

    def agents_of(self, learner_key: str) -> frozenset[str]:
        """All keys that stand for a person: of his agents, and the roster's own, which enrolments know him by."""
        agents = agents_of(self._opened, [learner_key])
        return frozenset(roster_keys(self._opened, agents)[learner_key])

    def classes_taught(self, learner_key: str, day: date) -> frozenset[str]:
        """Keys of the classes in which a person teaches on a day, by the roster."""
        return frozenset(classes_on(self._opened, [learner_key], day, STAFF)[learner_key])


@contextmanager
def open_directory(settings: Settings, store: str) -> Iterator[Directory]:
    """One moment of a store's names. Raises DirectoryUnusable, DatabaseUnusable or WrongSecret."""
    database = open_database(settings.database_url, pool_size=2)
    try:
        keys = _keys(settings, database)
        with database.reading() as connection:
            yield Directory(Opened(connection, store, keys))
    finally:
        database.close()


def _keys(settings: Settings, database: Database) -> AgentKeys:
    with database.reading() as connection:
        if not (is_migrated(connection) and is_current(connection)):
            raise DirectoryUnusable("the log's database is not up to date: run `lrs migrate`")
    secret = agent_key_bytes(settings.agent_key_secret, settings.home)
    hold_to_secret(database, secret, settings.agent_key_version)
    return AgentKeys(secret, settings.agent_key_version)

"""Statements in, tables out: the real projector over events in memory, into a warehouse in a temporary folder."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lrs.feed import Head, LoggedEvent
from lrs.profile.conformance import record
from lrs.profile.files import read_profiles
from lrs.reference.entity import Entity as Record
from lrs.reference.entity import kind_of
from lrs.reference.form import form_of
from lrs.settings import Settings
from lrs.statement.agent_key import AgentKeys
from lrs.statement.analytic_form import analytic_form
from lrs.statement.instants import parse_instant
from projections.catalog import Projection, load_catalog, read_by
from projections.checkpoint import write_hashes
from projections.projector import Projector
from projections.touched import READS
from projections.warehouse import Warehouse

KEYS = AgentKeys(b"test", 1)
PROFILES = read_profiles()
AUTHORITY = {"account": {"homePage": "https://lrs.example.org", "name": "test"}}
Statement = dict[str, Any]


class Memory:
    """A Source of events in memory."""

    def __init__(self, events: Sequence[LoggedEvent]) -> None:
        self.events = list(events)

    def stores(self) -> list[str]:
        return sorted({event.store for event in self.events})

    def head(self, store: str) -> Head:
        own = self.read(store, 0, len(self.events))
        return Head(own[-1].position, own[-1].stored) if own else Head(0, 0)

    def read(self, store: str, after: int, limit: int) -> list[LoggedEvent]:
        return [e for e in self.events if e.store == store and e.position > after][:limit]

    def count_after(self, store: str, after: int) -> int:
        return len(self.read(store, after, len(self.events)))


def agent_key(agent: dict[str, Any]) -> str:
    return KEYS.key(agent)


def events_of(
    statements: Sequence[Statement],
    links: Sequence[Sequence[dict[str, Any]]] = (),
    records: Sequence[Record] = (),
) -> list[LoggedEvent]:
    """Statements, then links, then records of reference data, as they would be logged.

    A statement is stored a second after it happened unless it says when.
    """
    events = [_event(position, statement) for position, statement in enumerate(statements, 1)]
    for agents in links:
        form = json.dumps({"agents": [KEYS.key(agent) for agent in agents]})
        stored = events[-1].stored + 1 if events else 1
        events.append(LoggedEvent(len(events) + 1, "default", "person_linked", 1, None, stored, form))
    for each in records:
        stored = events[-1].stored + 1 if events else 1
        form = form_of(each.type, each.content, KEYS)
        events.append(LoggedEvent(len(events) + 1, "default", kind_of(each.type), 1, None, stored, form))
    return events


def _event(position: int, statement: Statement) -> LoggedEvent:
    statement = json.loads(json.dumps(statement), parse_float=Decimal)
    happened = parse_instant(statement["timestamp"])
    stored = parse_instant(statement["stored"]) if "stored" in statement else happened + 1_000_000
    conformance = record(PROFILES.check(statement))
    form = analytic_form(statement, statement["id"], happened, KEYS, KEYS.key(AUTHORITY), conformance)
    return LoggedEvent(position, "default", "statement", 1, statement["id"].lower(), stored, form)


@pytest.fixture(scope="session")
def catalog() -> list[Projection]:
    return load_catalog()


@pytest.fixture(scope="session")
def small_catalog(catalog: list[Projection]) -> list[Projection]:
    """A few tables and all that they are made from, and what the publication needs."""
    return made_for({"goal_progress", "attainment", "closed_year"}, catalog)


def made_for(names: set[str], catalog: list[Projection]) -> list[Projection]:
    """The projections of those names, all that they are made of, and what tells who is touched."""
    wanted = read_by(catalog, names | set(READS))
    return [projection for projection in catalog if projection.name in wanted]


@pytest.fixture(scope="module")
def named_catalog(request: pytest.FixtureRequest, catalog: list[Projection]) -> list[Projection]:
    """The projections that a file of tests names somewhere, and all that they are made of; all, when it names none."""
    words = set(re.findall(r"[a-z0-9_]+", Path(request.path).read_text("utf-8")))
    named = words & {projection.name for projection in catalog}
    return made_for(named, catalog) if named else catalog


@pytest.fixture(scope="module")
def named_warehouse(
    tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path, named_catalog: list[Projection]
) -> Path:
    """An empty warehouse of the projections that a file of tests names; a table that it does not name is not there."""
    settings = Settings(home=tmp_path_factory.mktemp("named"), duckdb_threads=1)
    warehouse, named = copied(empty_warehouse, settings), {projection.name for projection in named_catalog}
    kinds = "select table_name, table_type from information_schema.tables where table_schema = 'main'"
    # As the projector would, which asks for the kind of each.
    warehouse.connection.execute("begin")
    for name, kind in warehouse.connection.execute(kinds).fetchall():
        if name not in named:
            warehouse.connection.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {name}")
    write_hashes(warehouse.connection, named_catalog)
    warehouse.connection.execute("commit")
    assert Projector(warehouse, named_catalog).prepare(Memory([])) == []
    warehouse.close()
    return warehouse.folder


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory, catalog: list[Projection]) -> Path:
    """A warehouse with all tables and no rows: making it takes longer than most tests."""
    return prepared(tmp_path_factory.mktemp("empty"), catalog)


@pytest.fixture(scope="session")
def small_empty_warehouse(tmp_path_factory: pytest.TempPathFactory, small_catalog: list[Projection]) -> Path:
    """A warehouse with the tables of the small catalogue and no rows."""
    return prepared(tmp_path_factory.mktemp("small"), small_catalog)


def prepared(home: Path, catalog: list[Projection]) -> Path:
    """The folder of a warehouse with the tables of a catalogue and no rows."""
    warehouse = Warehouse(Settings(home=home, duckdb_threads=1), "default")
    Projector(warehouse, catalog).prepare(Memory([]))
    warehouse.close()
    return warehouse.folder


def copied(empty: Path, settings: Settings, store: str = "default") -> Warehouse:
    """A warehouse of one's own, in the home of these settings, as the one in that folder."""
    shutil.copytree(empty, settings.home / "warehouse" / store)
    return Warehouse(settings, store)


def projected(
    home: Path,
    empty: Path,
    catalog: list[Projection],
    events: list[LoggedEvent],
    batch_size: int | None = None,
) -> Warehouse:
    """A warehouse under `home` into which the events were folded, in batches of a size or all at once."""
    warehouse = copied(empty, Settings(home=home, duckdb_threads=1))
    projector = Projector(warehouse, catalog)
    for start in range(0, len(events), batch_size or len(events) or 1):
        projector.fold(events[start : start + (batch_size or len(events))])
    return warehouse


@pytest.fixture
def project(
    tmp_path: Path, named_catalog: list[Projection], named_warehouse: Path
) -> Iterator[Callable[..., duckdb.DuckDBPyConnection]]:
    """project(statements, links, batch_size, records) -> a connection to the warehouse that they give."""
    opened: list[Warehouse] = []

    def run(
        statements: Sequence[Statement],
        links: Sequence[Sequence[dict[str, Any]]] = (),
        batch_size: int | None = None,
        records: Sequence[Record] = (),
    ) -> duckdb.DuckDBPyConnection:
        home = tmp_path / str(len(opened))
        events = events_of(statements, links, records)
        opened.append(projected(home, named_warehouse, named_catalog, events, batch_size))
        return opened[-1].connection

    yield run
    for warehouse in opened:
        warehouse.close()


@pytest.fixture
def worked_example(project: Callable[..., duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    """The warehouse of the term worked out by hand."""
    folder = Path(__file__).parents[1] / "worked_example"
    statements = [json.loads(line) for line in (folder / "statements.ndjson").read_text().splitlines()]
    return project(statements, json.loads((folder / "links.json").read_text()), batch_size=50)

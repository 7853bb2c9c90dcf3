"""Live tables equal rebuilt tables: whatever comes in, in which order and batches, and wherever the projector dies."""

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrs.feed import LoggedEvent
from lrs.reference.entity import Entity, entity
from lrs.settings import Settings
from projections import refill
from projections.catalog import Projection
from projections.projector import Projector
from projections.running import ProjectionFailed
from projections.warehouse import Warehouse
from tests.projections.a_roster import a_class, a_pupil, a_school, a_stay
from tests.projections.a_statement import a_group, a_person, a_statement
from tests.projections.conftest import Memory, events_of

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
PEOPLE = ("ann", "bob", "cas")
HOUR = 3_600_000_000


def id_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    """One of the things that happen around goals and exercises, by one of three learners or a group of two of them."""
    verb = draw(st.sampled_from(["planned", "was-assigned", "scheduled", "attempted", "completed", "failed", "passed",
                                 "mastered", "deselected", "progressed", "viewed", "revised-plan", "estimated",
                                 "self-assessed", "requested-attention", "replied", "answered", "rated",
                                 "gave-feedback", "acted-on-feedback", "evaluated"]))  # fmt: skip
    thing = draw(
        st.sampled_from(["goal:read", "goal:write", "item:1", "lesson:1", "progress-view:1", "motivation:1"])
    )
    more: dict[str, Any] = {}
    if draw(st.booleans()):
        more["about"] = {"id": id_of(draw(st.integers(0, 14)))}
    if draw(st.booleans()):
        more |= {
            "score": draw(st.integers(0, 4)) / 4,
            "parent": draw(st.sampled_from(["goal:read", "lesson:1"])),
        }
    if verb == "evaluated":
        more |= {"learner": draw(st.sampled_from(PEOPLE)), "level": 2}
    if verb == "estimated" or draw(st.integers(0, 3)) == 0:
        more["duration"] = f"PT{draw(st.integers(1, 90))}M"
    if draw(st.booleans()):
        more["due"] = f"2025-10-{draw(st.integers(1, 28)):02d} 12:00"
        more["planned_start"] = f"2025-10-{draw(st.integers(1, 28)):02d} 09:00"
    if draw(st.booleans()):
        more["school"] = draw(st.sampled_from(["north", "12345", "elsewhere"]))
    if thing.startswith("item"):
        more["checklist"] = "read"
    month, day, hour = draw(st.integers(9, 11)), draw(st.integers(1, 28)), draw(st.integers(1, 9))
    at = f"2025-{month:02d}-{day:02d} {hour:02d}:00"
    if draw(st.integers(0, 4)) == 0:
        more["by"] = a_group("team", "ann", "bob")
    else:
        more["by"] = draw(st.sampled_from(PEOPLE))
    statement = a_statement(verb, thing, at, **more)
    if draw(st.integers(0, 3)) == 0:
        statement["object"].pop("definition", None)  # the type may be told by another statement, or never
    return statement


DAYS = ("2025-09-01", "2025-10-06", "2025-11-10")


@st.composite
def records(draw: st.DrawFn) -> Entity:
    """One record of reference data: rosters are corrected, schools renamed, holidays moved, goals tied to others."""
    name, class_key, first = draw(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["3a", "4z"]), st.sampled_from(DAYS))
    )
    record: Entity = draw(
        st.sampled_from(
            [
                a_stay(name, class_key, first, draw(st.sampled_from([None, "2025-10-20"]))),
                a_pupil(name, *draw(st.lists(st.sampled_from(PEOPLE), max_size=1))),
                a_pupil(name, role="teacher"),
                a_class(
                    class_key,
                    draw(st.sampled_from(["north", "south"])),
                    grade=draw(st.sampled_from(["3", "4"])),
                ),
                a_school("north", identifier=draw(st.sampled_from(["12345", "54321"]))),
                entity("calendar_period", "free", "test", kind="free", **{"from": first, "to": first}),
                entity("framework_goal", "read", "plan", framework="plan", title="x", parents=["write"]),
                entity("level_scheme", "metals", "levels", levels=[{"level": 2, "name": "gold", "order": 1}]),
            ]
        )
    )
    return record


@st.composite
def logs(draw: st.DrawFn) -> list[LoggedEvent]:
    """A log with voidings before and after their targets, links between people and reference data anywhere in it.

    It is stored in some hours after all of it, or in weeks that close one after another meanwhile.
    """
    said = draw(st.lists(statements(), min_size=1, max_size=14))
    for number, statement in enumerate(said):
        statement["id"] = id_of(number)
    targets = draw(st.lists(st.integers(0, len(said) + 2), max_size=3))
    voidings = [
        {
            **a_statement("attempted", "lesson:1", "2025-11-28 10:00"),
            "id": id_of(100 + n),
            "verb": {"id": VOIDED},
            "object": {"objectType": "StatementRef", "id": id_of(target)},
        }
        for n, target in enumerate(targets)
    ]
    order = draw(st.permutations(said + voidings))
    links = draw(st.lists(st.sampled_from([("ann", "bob"), ("bob", "cas")]), max_size=2))
    reference = draw(st.lists(records(), max_size=5))
    events = events_of(order, [[a_person(name) for name in link] for link in links], reference)
    shuffled = draw(st.permutations(events))
    first, between = draw(
        st.sampled_from(
            [(datetime(2025, 12, 1, tzinfo=UTC), HOUR), (datetime(2025, 9, 10, tzinfo=UTC), 100 * HOUR)]
        )
    )
    stored = int(first.timestamp()) * 1_000_000
    return [event._replace(position=n, stored=stored + n * between) for n, event in enumerate(shuffled, 1)]


def contents(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    query = (
        "select table_name from information_schema.tables "
        "where table_catalog = 'warehouse' and table_schema = 'main'"
    )
    names = [name for (name,) in connection.execute(query).fetchall()]
    return {name: connection.execute(f"from {name} order by all").fetchall() for name in names}


class Tables:
    """All projections, and the folder of a warehouse in which they have no rows.

    It has no repr of its own: of a failing example every argument is shown, a dataclass with what is in it, and the
    catalogue alone is a third of a megabyte.
    """

    def __init__(self, empty: Path, catalog: list[Projection]) -> None:
        self.empty, self.catalog = empty, catalog


@pytest.fixture(scope="module")
def tables(empty_warehouse: Path, catalog: list[Projection]) -> Tables:
    return Tables(empty_warehouse, catalog)


@contextmanager
def a_projector(folder: str, tables: Tables, source: Memory) -> Iterator[Projector]:
    """A projector over the warehouse in a folder: the one that is there, or at first a copy of the empty one."""
    if not (Path(folder) / "warehouse").exists():
        shutil.copytree(tables.empty, Path(folder) / "warehouse" / "default")
    warehouse = Warehouse(Settings(home=Path(folder), duckdb_threads=1), "default")
    try:
        projector = Projector(warehouse, tables.catalog)
        projector.prepare(source)
        yield projector
    finally:
        warehouse.close()


def rebuilt(events: list[LoggedEvent], tables: Tables) -> dict[str, list[tuple[Any, ...]]]:
    source = Memory(events)
    with TemporaryDirectory() as folder, a_projector(folder, tables, source) as projector:
        projector.rebuild(source)
        return contents(projector.warehouse.connection)


def in_batches(events: Sequence[LoggedEvent], choose: random.Random) -> Iterator[Sequence[LoggedEvent]]:
    """Batches of any size; now and then one that was there already comes again."""
    start = 0
    while start < len(events):
        size = choose.randint(1, 6)
        yield events[max(0, start - choose.randint(0, 3)) : start + size]
        start += size


# Every table is made for every example: two at a time, a hundred with LRS_TEST_EXAMPLES=thorough.
FEW = settings(
    max_examples=max(2, settings.default.max_examples // 10 - 8), suppress_health_check=list(HealthCheck)
)


@FEW
@given(logs(), st.randoms(use_true_random=False))
def test_live_equals_rebuild_in_any_batches_with_redelivery(
    tables: Tables, events: list[LoggedEvent], choose: random.Random
) -> None:
    source = Memory(events)
    with TemporaryDirectory() as folder, a_projector(folder, tables, source) as projector:
        for batch in in_batches(events, choose):
            projector.fold(batch)
        live = contents(projector.warehouse.connection)
    assert live == rebuilt(events, tables)


@FEW
@given(events=logs(), at_once=st.integers(8, 20))
def test_a_rebuild_some_learners_at_a_time_makes_the_same_tables(
    tables: Tables, events: list[LoggedEvent], at_once: int
) -> None:
    whole = rebuilt(events, tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refill, "AT_ONCE", at_once)
        assert rebuilt(events, tables) == whole


class Killed(BaseException):
    """The process died here."""


class Mortal:
    """A DuckDB connection that dies at its nth call, as a process would between two steps."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, calls: int) -> None:
        self._connection, self._calls = connection, calls

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._connection, name)
        if name not in ("execute", "register", "sql"):
            return found
        self._calls -= 1
        if self._calls == 0:
            raise Killed
        return found


@FEW
@given(logs(), st.integers(1, 1500), st.integers(1, 5))
def test_a_projector_that_dies_between_any_two_steps_goes_on_as_if_nothing_was(
    tables: Tables, events: list[LoggedEvent], calls: int, size: int
) -> None:
    source = Memory(events)
    with TemporaryDirectory() as folder:
        with a_projector(folder, tables, source) as projector:
            real = projector.warehouse.connection
            projector.warehouse.connection = Mortal(real, calls)  # type: ignore[assignment]
            try:
                for start in range(0, len(events), size):
                    projector.fold(events[start : start + size])
            except (Killed, ProjectionFailed, duckdb.Error):
                pass
            projector.warehouse.connection = real
        with a_projector(folder, tables, source) as projector:
            projector.fold(events)
            live = contents(projector.warehouse.connection)
    assert live == rebuilt(events, tables)

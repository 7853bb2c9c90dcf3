"""`lrs up --demo` before it starts anything: what it loads, and when it refuses."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from lrs.app import open_parts
from lrs.cli.demo import StoreInUse, load_demo
from lrs.event_log.read import count_events
from lrs.event_log.tables import event_log
from lrs.settings import Settings
from lrs.simulate.simulated_year import Plan, SimulatedYear
from tests.lrs.cli.test_commands import Shell, lines
from tests.lrs.conftest import a_statement, an_id

SMALL = Plan(seed=1, learners=8, until=9)


def load(home: Path, plan: Plan = SMALL) -> int:
    """Load the demo; the number of events in the log afterwards."""
    parts = open_parts(Settings(home=home))
    try:
        load_demo(parts, plan)
        with parts.database.engine.connect() as connection:
            return count_events(connection)
    finally:
        parts.database.close()


def kinds_in(home: Path) -> dict[str, int]:
    """Event kind -> how many there are in the log."""
    parts = open_parts(Settings(home=home))
    try:
        with parts.database.engine.connect() as connection:
            kinds = sa.select(event_log.c.kind, sa.func.count()).group_by(event_log.c.kind)
            return {kind: count for kind, count in connection.execute(kinds)}
    finally:
        parts.database.close()


def test_an_empty_store_gets_every_statement_and_who_is_who(tmp_path: Path) -> None:
    simulated = SimulatedYear(SMALL)
    load(tmp_path)
    kinds = kinds_in(tmp_path)
    assert kinds["statement"] == len({arrival.statement_id for arrival in simulated.arrivals()})
    assert kinds["person_linked"] == len(simulated.people.learners)
    assert {"enrolment_recorded", "framework_goal_recorded", "calendar_period_recorded"} <= set(kinds)


def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    assert load(tmp_path) == load(tmp_path)


def test_a_start_that_was_cut_off_is_finished_by_the_next(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "cut")
    texts = [arrival.text.decode() for arrival in SimulatedYear(SMALL).arrivals()]
    shell("import", "-", given="\n".join(texts[: len(texts) // 2]))
    assert load(tmp_path / "cut") == load(tmp_path / "whole")


def test_a_store_that_holds_anything_else_is_left_alone(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell("import", "-", given=lines(a_statement(id=an_id())))
    with pytest.raises(StoreInUse, match="needs an empty one"):
        load(tmp_path)
    assert len(shell("export").stdout.splitlines()) == 1


def test_up_says_that_a_store_is_in_use_and_starts_nothing(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell("import", "-", given=lines(a_statement(id=an_id())))
    assert "this store is in use" in shell("up", "--demo", "--port", "0", status=1).output

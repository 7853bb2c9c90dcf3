"""Tables agree with the oracle in every row and column, on random statements of all kinds and on simulated schools."""

from datetime import date, timedelta

import duckdb
import pytest

from projections.rok import INDICATORS
from tests.oracle.log import local
from tests.oracle.logs import LOGS
from tests.oracle.rows import differences
from tests.oracle.world import TABLES, World, world

Compared = tuple[World, duckdb.DuckDBPyConnection]
SCHOOL_FIGURES = ("effect", "school_indicator", "rok_evidence")
every_log = pytest.mark.parametrize("compared", LOGS, indirect=True, scope="session")


@every_log
@pytest.mark.parametrize("table", TABLES)
def test_a_table_agrees_with_the_oracle(compared: Compared, table: str) -> None:
    known, connection = compared
    assert differences(connection, table, TABLES[table](known)) == []


@every_log
@pytest.mark.parametrize("weeks", [2, 5])
def test_what_is_overdue_on_a_day_agrees_with_the_oracle(compared: Compared, weeks: int) -> None:
    known, connection = compared
    day = first_day(known) + timedelta(weeks=weeks)
    overdue = list(known.goals.overdue(day))
    assert differences(connection, "overdue", overdue, f"as_of = date '{day}'") == []


def test_the_logs_give_every_table_rows_and_every_indicator_a_value() -> None:
    """What is always empty, or always insufficient, would agree too."""
    worlds = [world(name) for name in LOGS]
    assert [table for table in TABLES if not any(list(TABLES[table](each)) for each in worlds)] == []
    rows = list(TABLES["indicator"](worlds[0]))
    assert {row["indicator"] for row in rows if row["sufficient"]} == {row["indicator"] for row in rows}


def test_the_logs_give_effects_and_every_figure_of_a_school_and_every_strength_of_evidence() -> None:
    worlds = [world(name) for name in LOGS]
    rows = {table: [row for each in worlds for row in TABLES[table](each)] for table in SCHOOL_FIGURES}
    told = [row for row in rows["effect"] if row["value"] is not None]
    assert told and all(row["low"] < row["value"] < row["high"] for row in told)
    assert {row["sufficient"] for row in rows["effect"]} == {True, False}
    assert {
        r["indicator"] for r in rows["school_indicator"] if r["value"] is not None and r["coverage"]
    } == INDICATORS
    assert {row["strength"] for row in rows["rok_evidence"]} == {"none", "weak", "partial", "strong"}


def first_day(known: World) -> date:
    return min(local(s.at) for s in known.log.statements).date()

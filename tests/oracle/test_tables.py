"""Tables agree with the oracle in every row and column, on random statements of all kinds and on simulated schools."""

from datetime import date, timedelta

import duckdb
import pytest

from tests.oracle.log import local
from tests.oracle.logs import LOGS
from tests.oracle.rows import differences
from tests.oracle.world import TABLES, World, world

Compared = tuple[World, duckdb.DuckDBPyConnection]
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


def first_day(known: World) -> date:
    return min(local(s.at) for s in known.log.statements).date()

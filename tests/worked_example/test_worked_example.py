"""The tables of the worked example are, row by row, those worked out by hand in its README."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lrs.statement.check import check_statement
from projections.catalog import Projection
from tests.projections.conftest import agent_key, events_of, projected

HERE = Path(__file__).parent
Row = tuple[str | None, ...]


@pytest.fixture
def people() -> dict[str, str]:
    """Learner key -> label. One person's key is the smallest of their agents' keys."""
    agents = json.loads((HERE / "people.json").read_text(encoding="utf-8"))
    return {min(agent_key(agent) for agent in accounts): label for label, accounts in agents.items()}


@pytest.fixture(scope="module")
def warehouse(
    tmp_path_factory: pytest.TempPathFactory, named_warehouse: Path, named_catalog: list[Projection]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The term, folded all at once; tests only read it."""
    links = json.loads((HERE / "links.json").read_text(encoding="utf-8"))
    events = events_of(statements(), links)
    made = projected(tmp_path_factory.mktemp("term"), named_warehouse, named_catalog, events)
    yield made.connection
    made.close()


def statements() -> list[dict[str, Any]]:
    with (HERE / "statements.ndjson").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def expected(table: str) -> tuple[list[str], list[Row]]:
    """Column names and sorted rows of the hand-made table; an empty field is NULL."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        columns, *rows = csv.reader(lines)
    return columns, sorted((tuple(field or None for field in row) for row in rows), key=str)


def found(
    warehouse: duckdb.DuckDBPyConnection, table: str, columns: list[str], people: dict[str, str]
) -> list[Row]:
    named = {"learner": "learner_key", "goal": "split_part(goal_id, '/', -1)"}
    selected = ", ".join(f"cast({named.get(column, column)} as varchar) as {column}" for column in columns)
    rows = warehouse.execute(f"select {selected} from {table}").fetchall()
    return sorted((tuple(people.get(field, field) for field in row) for row in rows), key=str)


def test_it_is_a_term_of_some_300_statements_of_12_learners(people: dict[str, str]) -> None:
    assert len(statements()) == 312
    assert len([label for label in people.values() if label.startswith("leerling-")]) == 12


def test_every_statement_is_valid() -> None:
    for statement in statements():
        check_statement(statement, "1.0.3")


@pytest.mark.parametrize("table", ["goal_progress", "attainment", "attainment_level"])
def test_every_row_is_the_one_worked_out_by_hand(
    warehouse: duckdb.DuckDBPyConnection, people: dict[str, str], table: str
) -> None:
    columns, rows = expected(table)
    assert found(warehouse, table, columns, people) == rows


def test_small_batches_give_the_same_rows(
    project: Callable[..., duckdb.DuckDBPyConnection], people: dict[str, str]
) -> None:
    links = json.loads((HERE / "links.json").read_text(encoding="utf-8"))
    columns, rows = expected("goal_progress")
    assert found(project(statements(), links=links, batch_size=50), "goal_progress", columns, people) == rows


def test_every_indicator_is_the_one_worked_out_by_hand(
    warehouse: duckdb.DuckDBPyConnection, people: dict[str, str]
) -> None:
    columns, rows = expected("indicator")
    at = columns.index("indicator")
    worked = {row[at] for row in rows}
    calculations = [row for row in found(warehouse, "indicator", columns, people) if row[at] in worked]
    for calculated, worked_out in zip(calculations, rows, strict=True):
        assert calculated[:3] + calculated[4:] == worked_out[:3] + worked_out[4:]
        assert as_number(calculated[3]) == pytest.approx(as_number(worked_out[3]), abs=1e-12), worked_out[:3]


def as_number(field: str | None) -> float | None:
    return None if field is None else float(field)


@pytest.mark.parametrize("table", ["goal_progress", "indicator", "attainment", "attainment_level"])
def test_no_column_worked_out_is_null_throughout(table: str) -> None:
    columns, rows = expected(table)
    assert [
        name for name, fields in zip(columns, zip(*rows, strict=True), strict=True) if not any(fields)
    ] == []

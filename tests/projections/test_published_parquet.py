"""Parquet beside the published files: the same rows, by school year, and what did not change is not written again."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from lrs.settings import Settings
from projections.catalog import Projection
from projections.projector import Projector
from projections.publish import publish, published_folder
from projections.published_table import Table, tables_of
from projections.warehouse import Warehouse
from tests.projections.a_statement import a_statement
from tests.projections.conftest import Memory, Statement, events_of, projected

EVENTS, GOALS = "learner_event", "goal_progress"
# Their days say how long something holds, or what became of it: a reader of any year needs all of their rows.
OF_NO_YEAR = {
    "calendar_period", "calendar_record", "class", "class_record", "enrolment", "enrolment_record", "framework_goal",
    "goal", "goal_round", "goal_work", "learner_school", "level_scheme_record", "person_record", "roster_person",
    "school", "school_record", "task",
}  # fmt: skip


@pytest.fixture
def warehouse(tmp_path: Path, small_catalog: list[Projection]) -> Iterator[Warehouse]:
    warehouse = Warehouse(Settings(home=tmp_path, duckdb_threads=1), "default")
    Projector(warehouse, small_catalog).prepare(Memory([]))
    yield warehouse
    warehouse.close()


def say(warehouse: Warehouse, catalog: list[Projection], *statements: Statement) -> Path:
    """Fold these statements and publish; returns the folder of Parquet for learners."""
    after = warehouse.connection.execute("select position from _leerspoor.checkpoint").fetchall()
    events = [e._replace(position=e.position + (after[0][0] if after else 0)) for e in events_of(statements)]
    Projector(warehouse, catalog).fold(events)
    return publish_again(warehouse, catalog)


def publish_again(warehouse: Warehouse, catalog: list[Projection]) -> Path:
    publish(warehouse, catalog)
    return (published_folder(warehouse.settings, "default") / "learners-parquet").resolve()


def planned(day: str, goal: str = "read") -> Statement:
    return a_statement("planned", f"goal:{goal}", f"{day} 10:00")


def files_of(folder: Path, table: str) -> dict[str, Path]:
    """The file of each school year."""
    return {
        path.parent.name.removeprefix("school_year="): path for path in (folder / table).rglob("*.parquet")
    }


def read(folder: Path, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    found = f"read_parquet('{folder}/{table}/**/*.parquet', hive_partitioning = true)"
    return duckdb.sql(f"select {columns} from {found} order by all").fetchall()


def test_a_table_of_school_years_has_a_file_for_each_and_others_are_one_file(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    folder = say(warehouse, small_catalog, planned("2024-10-01"), planned("2025-10-01", "write"))
    assert set(files_of(folder, GOALS)) == set(files_of(folder, EVENTS)) == {"2024-2025", "2025-2026"}
    assert (folder / "learner.parquet").is_file()
    assert (folder / "meta.parquet").is_file()
    written = pq.ParquetFile(files_of(folder, GOALS)["2024-2025"]).schema_arrow
    assert "school_year" not in written.names


def test_each_table_has_the_rows_and_the_types_of_the_duckdb_file(
    tmp_path: Path, empty_warehouse: Path, catalog: list[Projection]
) -> None:
    worked = (Path(__file__).parents[1] / "worked_example" / "statements.ndjson").read_text().splitlines()
    warehouse = projected(
        tmp_path, empty_warehouse, catalog, events_of([json.loads(line) for line in worked])
    )
    publish(warehouse, catalog)
    warehouse.close()
    folder = published_folder(warehouse.settings, "default")
    for name in ("learners", "schools"):
        with opened(folder / f"{name}.duckdb") as connection:
            tables = {
                each: differing(connection, each, folder / f"{name}-parquet")
                for each in tables_of(connection)
            }
        assert {table.name: rows for table, rows in tables.items() if rows} == {}
        assert len(tables) > 10


def opened(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"attach '{path.resolve()}' as warehouse (read_only)")
    connection.execute("use warehouse")
    return connection


def differing(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> int:
    """How many rows are in one of both only; the year of a row is compared where the table has it."""
    files = f"'{folder}/{table.name}/**/*.parquet', hive_partitioning = true"
    path = files if table.is_of_years else f"'{folder}/{table.name}.parquet'"
    columns = ", ".join(column.name for column in table.columns)
    own, other = f"select {columns} from {table.name}", f"select {columns} from read_parquet({path})"
    query = f"select count(*) from (({own} except all {other}) union all ({other} except all {own}))"
    return int(connection.execute(query).fetchall()[0][0])


def test_a_dataset_of_arrow_takes_one_year(warehouse: Warehouse, small_catalog: list[Projection]) -> None:
    folder = say(warehouse, small_catalog, planned("2024-10-01"), planned("2025-10-01", "write"))
    data = ds.dataset(folder / EVENTS, partitioning="hive")
    assert [str(day) for day in data.to_table()["local_date"].to_pylist()] == ["2024-10-01", "2025-10-01"]
    one = data.to_table(filter=ds.field("school_year") == "2024-2025")
    assert one["school_year"].to_pylist() == ["2024-2025"]
    assert pq.read_table(folder / EVENTS).num_rows == 2


@pytest.mark.parametrize(
    ("moment", "year"),
    [("2025-08-31 23:59", "2024-2025"), ("2025-09-01 00:00", "2025-2026"), ("2024-02-29 12:00", "2023-2024")],
)
def test_the_school_year_turns_at_local_midnight(
    warehouse: Warehouse, small_catalog: list[Projection], moment: str, year: str
) -> None:
    folder = say(warehouse, small_catalog, a_statement("completed", "lesson:1", moment, parent="goal:read"))
    # told by a local day, and by a moment in UTC
    for table in (EVENTS, "session"):
        assert set(files_of(folder, table)) == {year}


def test_rows_of_a_clock_that_was_never_set_are_of_no_year(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    clock = a_statement("planned", "goal:write", "1899-12-30 10:00")
    folder = say(warehouse, small_catalog, planned("2025-10-01"), clock)
    assert set(files_of(folder, EVENTS)) == {"2025-2026", "__HIVE_DEFAULT_PARTITION__"}
    assert read(folder, EVENTS, "year(local_date), school_year") == [(1899, None), (2025, "2025-2026")]
    alone = ds.dataset(folder / EVENTS, partitioning="hive").to_table(
        filter=ds.field("school_year").is_null()
    )
    assert alone.num_rows == 1


def test_a_table_without_rows_tells_its_columns(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    folder = publish_again(warehouse, small_catalog)
    assert read(folder, GOALS) == []
    schema = ds.dataset(folder / GOALS, partitioning="hive").schema
    assert {"learner_key", "school_year"} <= set(schema.names)
    assert pq.read_table(folder / "learner.parquet").num_rows == 0


def test_files_say_what_the_table_and_its_columns_mean(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    folder = say(warehouse, small_catalog, planned("2025-10-01"))
    table = next(p for p in small_catalog if p.name == GOALS)
    schema = pq.read_schema(files_of(folder, GOALS)["2025-2026"])
    assert schema.metadata[b"description"].decode() == table.purpose
    assert schema.metadata[b"school_year"].decode() == table.columns["school_year"]
    described = {field.name: field.metadata[b"description"].decode() for field in schema}
    assert described == {name: meaning for name, meaning in table.columns.items() if name != "school_year"}


def test_only_the_years_in_which_a_row_changed_are_written_again(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    first = say(warehouse, small_catalog, planned("2024-10-01"), planned("2025-10-01", "write"))
    second = say(warehouse, small_catalog, planned("2025-10-02", "count"))
    before, after = files_of(first, GOALS), files_of(second, GOALS)
    assert after["2024-2025"].samefile(before["2024-2025"])
    assert not after["2025-2026"].samefile(before["2025-2026"])
    assert (len(read(first, GOALS)), len(read(second, GOALS))) == (2, 3)


def test_as_many_rows_that_say_something_else_are_written_again(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    first = say(warehouse, small_catalog, planned("2024-10-01"), planned("2025-10-01", "write"))
    second = say(warehouse, small_catalog, a_statement("achieved", "goal:read", "2025-10-02 10:00"))
    status = "school_year, status"
    assert read(first, GOALS, status) == [("2024-2025", "planned"), ("2025-2026", "planned")]
    assert read(second, GOALS, status) == [("2024-2025", "achieved"), ("2025-2026", "planned")]
    assert files_of(second, GOALS)["2025-2026"].samefile(files_of(first, GOALS)["2025-2026"])


def test_a_file_that_was_not_made_here_is_written_again(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    first = say(warehouse, small_catalog, planned("2025-10-01"))
    spoiled = files_of(first, GOALS)["2025-2026"]
    pq.write_table(pq.ParquetFile(spoiled).read().slice(0, 0), spoiled)
    (first / "learner.parquet").write_bytes(b"half")
    second = publish_again(warehouse, small_catalog)
    assert len(read(second, GOALS)) == 1
    assert pq.read_table(second / "learner.parquet") is not None


def test_without_links_the_same_rows_are_written(
    warehouse: Warehouse, small_catalog: list[Projection], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*paths: Path) -> None:
        raise PermissionError("this file system has no links")

    monkeypatch.setattr(os, "link", refuse)
    first = say(warehouse, small_catalog, planned("2025-10-01"))
    second = publish_again(warehouse, small_catalog)
    assert read(first, GOALS) == read(second, GOALS) != []
    assert not files_of(first, GOALS)["2025-2026"].samefile(files_of(second, GOALS)["2025-2026"])


def test_a_reader_keeps_its_folder_when_the_same_position_is_published_again(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    first = say(warehouse, small_catalog, planned("2025-10-01"))
    reader = ds.dataset(first / GOALS, partitioning="hive")
    second = publish_again(warehouse, small_catalog)
    assert first != second
    assert reader.to_table().num_rows == len(read(second, GOALS)) == 1


def test_folders_of_the_last_two_publications_are_kept(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    made = [say(warehouse, small_catalog, planned("2025-10-01", f"goal{n}")) for n in range(3)]
    made += [publish_again(warehouse, small_catalog) for _ in range(2)]
    folder = published_folder(warehouse.settings, "default")
    kept = {path.resolve() for path in folder.glob("learners-[0-9]*") if path.is_dir()}
    assert kept == {path.resolve() for path in made[-2:]}
    assert made[-1] == (folder / "learners-parquet").resolve()


def test_every_table_with_days_is_by_school_year_but_for_those_named_here(empty_warehouse: Path) -> None:
    with opened(empty_warehouse / "warehouse.duckdb") as connection:
        tables = tables_of(connection)
    dated = {
        each.name: each.is_of_years
        for each in tables
        if {"DATE", "TIMESTAMP"} & {column.kind for column in each.columns}
    }
    assert len(dated) > 80
    assert {name for name, is_of_years in dated.items() if not is_of_years} == OF_NO_YEAR


def test_parquet_that_is_switched_off_does_not_stay_behind(
    warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    folder = say(warehouse, small_catalog, planned("2025-10-01")).parent
    warehouse.settings = replace(warehouse.settings, publish_parquet=False)
    publish(warehouse, small_catalog)
    assert {path.suffix for path in folder.iterdir()} == {".duckdb"}

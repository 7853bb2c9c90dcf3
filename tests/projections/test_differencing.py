"""Whoever has the published school files tries to find what was withheld, by adding and subtracting all they hold."""

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lrs.settings import Settings
from projections.catalog import Projection
from projections.projector import Projector
from projections.publish import SCHOOLS, publish
from projections.small_cells import ABOVE, NOBODY, Thresholds, counts_of
from projections.warehouse import Warehouse
from tests.projections.conftest import copied, events_of
from tests.projections.schools.a_school import in_school, present, weeks_closed

Row = dict[str, Any]
# A figure in a published file: the view, the row's key, the column; and, where it tells moments apart, the moment.
Cell = tuple[str, ...]
# Sum of coefficient * unknown = number
Equation = tuple[dict[Cell, Fraction], Fraction]
CLASSES = {"3a": ("3", "DO"), "3b": ("3", "A"), "4a": ("4", "DO"), "4b": ("4", "A"), "5a": ("5", "DO")}


def a_school_year(choose: random.Random, school: str, week: int, grown: dict[str, int]) -> list[Row]:
    """Classes of any size, in which some have goals, evidence, conversations, requests and reports in that week."""
    day = f"2025-09-{1 + 7 * week:02d}"
    said: list[Row] = []
    for name in CLASSES:
        grown[name] = grown.get(name, choose.randint(0, 9)) + choose.choice([0, 0, 1, 6])
        for number in range(grown[name]):
            who = {"by": f"{school}-{name}-{number}", "class_key": name, "school": school}
            said += present([who["by"]], f"{day} 09:00", class_key=name, school=school)
            said += [
                in_school(verb, thing, f"{day} {8 + hour:02d}:30", **who, **more)
                for hour, (verb, thing, more) in enumerate(ACTS)
                if choose.random() < 0.5
            ]
    return said


ACTS: list[tuple[str, str, dict[str, Any]]] = [
    ("planned", "goal:read", {}),
    ("attempted", "goal:read", {"evidence_source": "test"}),
    ("self-assessed", "goal:read", {"level": 1}),
    ("self-assessed", "goal:read", {"level": 2}),
    ("mastered", "goal:read", {}),
    ("talked-with", "goal:read", {"grouping": "coachgesprek:talk"}),
    ("requested-attention", "lesson:sums", {}),
    ("rated", "motivation:asked", {"score": 0.5}),
    ("planned", "goal:count", {"regulator": "peer"}),
    ("was-assigned", "goal:count", {}),
    ("attended", "lesson:plan", {"grouping": "mini-lesson:m", "skill": "plannen"}),
    ("attended", "lesson:look", {"grouping": "mini-lesson:m"}),
]


def a_staff(choose: random.Random, school: str, week: int) -> list[Row]:
    """Teachers of whom some set goals and reflect; all take a step in a quality cycle."""
    day = f"2025-09-{1 + 7 * week:02d}"
    said: list[Row] = []
    for number in range(choose.randint(0, 12)):
        who = {"by": f"{school}-teacher-{number}", "school": school}
        acts = [("acted", "quality-cycle:a"), ("planned", "goal:coach"), ("reflected", "goal:coach")]
        said += [
            in_school(verb, thing, f"{day} 1{hour}:00", **who)
            for hour, (verb, thing) in enumerate(acts)
            if verb == "acted" or choose.random() < 0.5
        ]
    return said


class Holder:
    """Somebody who keeps every publication, and knows which figures add up to which."""

    def __init__(self, catalog: list[Projection]) -> None:
        self.views = [
            p for p in catalog
            if p.folder == SCHOOLS and "over" not in p.header and p.header.get("cell") != NOBODY
        ]  # fmt: skip
        self.equations: list[Equation] = []
        self.withheld: set[Cell] = set()

    def take(self, path: Path, edition: int, warehouse: Warehouse) -> None:
        connection = duckdb.connect(str(path), read_only=True)
        for view in self.views:
            rows = (
                connection.sql(f"from {view.name} order by {', '.join(view.grain)}")
                .to_arrow_table()
                .to_pylist()
            )
            made = warehouse.connection.sql(f"from {view.name} order by {', '.join(view.grain)}")
            self._look(view, rows)
            self._add_up(view, _with_nothing(view, rows, made.to_arrow_table().to_pylist()), edition)
        self._add_levels(connection, edition)
        self._add_shares(connection, edition)
        connection.close()

    def _add_levels(self, connection: duckdb.DuckDBPyConnection, edition: int) -> None:
        """The goals of all levels are the goals that were given a level."""
        query = "select school_key, school_year, level, goals from attainment_level order by all"
        levels = connection.execute(query).fetchall()
        for school, year, total in connection.execute(
            "select school_key, school_year, with_level from attainment"
        ).fetchall():
            goals = [(f"level {level}", n) for key, of, level, n in levels if (key, of) == (school, year)]
            hidden: dict[Cell, Fraction] = {
                (name, school, year, str(edition)): Fraction(1) for name, n in goals if n is None
            }
            if total is None:
                hidden["with_level", school, year, str(edition)] = Fraction(-1)
            if hidden:
                self.equations.append((hidden, Fraction((total or 0) - sum(n or 0 for _, n in goals))))

    @staticmethod
    def _look(view: Projection, rows: list[Row]) -> None:
        """No small count is there to be read, and nothing that rests on one that is withheld."""
        for counted in counts_of(view, Thresholds()):
            for row in rows:
                if row[counted.column] is None:
                    assert all(row[name] is None for name in counted.hides), (view.name, row)
                else:
                    assert not counted.is_small(row), (view.name, row)

    def _add_shares(self, connection: duckdb.DuckDBPyConnection, edition: int) -> None:
        """A part and its share tell the whole of regulation, or of support, in a term."""
        view = next(view for view in self.views if view.name == "autonomy_support")
        totals: dict[tuple[str, ...], list[Row]] = {}
        for row in connection.sql("from autonomy_support").to_arrow_table().to_pylist():
            key = tuple(str(row[name]) for name in view.grain if name != "way")
            totals.setdefault(key, []).append(row)
        for rows in totals.values():
            cells = [self._cell(view, row, "events", edition) for row in rows if row["events"] is None]
            told = [row for row in rows if row["share"] is not None]
            if cells and told:
                left = round(told[0]["events"] / told[0]["share"]) - sum(row["events"] or 0 for row in rows)
                self.equations.append((dict.fromkeys(cells, Fraction(1)), Fraction(left)))
            self.withheld |= set(cells)

    def _add_up(self, view: Projection, rows: list[Row], edition: int) -> None:
        if "grouping" not in view.grain:
            return
        for counted in counts_of(view, Thresholds()):
            for total in rows:
                for kind in [kind for kind, above in ABOVE.items() if above == total["grouping"]]:
                    parts = [r for r in rows if r["grouping"] == kind and self._is_part(view, r, total)]
                    if all(counted.column in part["unknown"] for part in parts):
                        continue
                    if any(row[counted.column] is None for row in [total, *parts]):
                        self._equate(view, counted.column, total, parts, edition)

    @staticmethod
    def _is_part(view: Projection, row: Row, total: Row) -> bool:
        beside = [n for n in view.grain if n not in ("grouping", "group_key")]
        return row["part_of"] == total["group_key"] and all(row[n] == total[n] for n in beside)

    def _equate(self, view: Projection, column: str, total: Row, parts: list[Row], edition: int) -> None:
        unknown: dict[Cell, Fraction] = {}
        number = Fraction(0)
        for row, sign in [(total, -1), *((part, 1) for part in parts)]:
            if row[column] is None:
                cell = self._cell(view, row, column, edition)
                unknown[cell] = unknown.get(cell, Fraction(0)) + sign
            else:
                number -= sign * row[column]
        self.equations.append((unknown, number))
        self.withheld |= set(unknown)

    @staticmethod
    def _cell(view: Projection, row: Row, column: str, edition: int) -> Cell:
        # The same moment in two publications is the same unknown.
        moment = str(row.get("as_of") or edition)
        return (view.name, column, moment, *(str(row[name]) for name in view.grain))

    def found(self) -> dict[Cell, Fraction]:
        """Every withheld figure that follows from the equations (Gauss-Jordan elimination, exactly)."""
        solved: dict[Cell, Equation] = {}
        for unknown, number in self.equations:
            left, right = dict(unknown), number
            for cell in [c for c in unknown if c in solved]:
                left, right = _eliminate(left, right, cell, solved[cell])
            pivot = next((c for c in left if left[c]), None)
            if pivot is None:
                continue
            factor = left[pivot]
            row = ({c: v / factor for c, v in left.items() if v}, right / factor)
            solved = {cell: _eliminate(*each, pivot, row) for cell, each in solved.items()}
            solved[pivot] = row
        return {cell: number for cell, (left, number) in solved.items() if set(left) == {cell}}


def _with_nothing(view: Projection, rows: list[Row], made: list[Row]) -> list[Row]:
    """With 0 for a count that is NULL without being withheld: where nobody could be compared, nobody is flagged."""
    counts = {counted.column for counted in counts_of(view, Thresholds())}
    return [
        row | dict.fromkeys(unknown, 0) | {"unknown": unknown}
        for row, true in zip(rows, made, strict=True)
        for unknown in [{name for name in counts if true[name] is None}]
    ]


def _eliminate(left: dict[Cell, Fraction], right: Fraction, cell: Cell, by: Equation) -> Equation:
    factor = left.get(cell, Fraction(0))
    if not factor:
        return left, right
    made = {c: left.get(c, Fraction(0)) - factor * by[0].get(c, Fraction(0)) for c in {*left, *by[0]}}
    return {c: v for c, v in made.items() if v}, right - factor * by[1]


@pytest.fixture
def warehouse(tmp_path: Path, empty_warehouse: Path) -> Iterator[Warehouse]:
    warehouse = copied(empty_warehouse, Settings(home=tmp_path, publish_parquet=False, duckdb_threads=1))
    yield warehouse
    warehouse.close()


def in_grades(warehouse: Warehouse, catalog: list[Projection]) -> None:
    """Classes as a roster would have them."""
    warehouse.connection.execute("delete from class")
    for class_key, (grade, finality) in CLASSES.items():
        warehouse.connection.execute(
            "insert into class by name select 'default' as store, ? as class_key, ? as grade, ? as finality",
            [class_key, grade, finality],
        )
    Projector(warehouse, catalog).remake("school_learner")


@pytest.mark.parametrize("seed", range(2))
def test_no_withheld_figure_follows_from_three_weeks_of_publications(
    warehouse: Warehouse, catalog: list[Projection], seed: int
) -> None:
    choose, holder = random.Random(seed), Holder(catalog)
    grown: dict[str, dict[str, int]] = {"north": {}, "south": {}}
    for week in range(3):
        said = [s for school in grown for s in a_school_year(choose, school, week, grown[school])]
        said += [s for school in grown for s in a_staff(choose, school, week)]
        fold(warehouse, catalog, [*said, weeks_closed(f"2025-09-{8 + 7 * week:02d} 08:00")])
        holder.take(publish(warehouse, catalog).schools, week, warehouse)
    assert holder.withheld
    assert holder.found() == {}


@pytest.mark.parametrize("seed", range(2))
def test_no_withheld_figure_follows_when_a_week_is_published_again_with_late_arrivals(
    warehouse: Warehouse, catalog: list[Projection], seed: int
) -> None:
    choose, holder = random.Random(seed), Holder(catalog)
    grown: dict[str, int] = {}
    fold(warehouse, catalog, [*a_school_year(choose, "north", 0, grown), weeks_closed()])
    holder.take(publish(warehouse, catalog).schools, 0, warehouse)
    late = [f"north-5a-late{n}" for n in range(5)]
    fold(warehouse, catalog, present(late, "2025-09-02 09:00", class_key="5a"))
    changed = [replace(p, hash="changed") for p in catalog]
    holder.take(publish(warehouse, changed).schools, 1, warehouse)
    assert holder.withheld
    assert holder.found() == {}


def fold(warehouse: Warehouse, catalog: list[Projection], said: list[Row]) -> None:
    projector = Projector(warehouse, catalog)
    after = projector.checkpoint.position
    projector.fold([e._replace(position=after + n) for n, e in enumerate(events_of(said), 1)])
    in_grades(warehouse, catalog)

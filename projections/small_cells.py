"""What few learners stand behind is withheld (indicators, "Small cells"): before anything leaves for schools.

A school view says in its header which columns count distinct learners, and what rests on them:

    cell: learners                                  the whole row rests on this count; none when nobody is counted
    within: store, school_year, ...                 rows alike in these add up to a total that is published too
    part: with_goal of learners hides share_goal    counts some of the learners; so does what it leaves of them
    sensitive: tellers hides motivation             rests on these, with the higher threshold of sensitive matters

Rows of a table with the columns `grouping` and `part_of` stand under each other: what is withheld of a school is
withheld of its grades, what is withheld of a grade of its classes; else it could be found by adding up. `under: view`
says the same of the rows of another view, `under: view.count` of those of which that count is withheld.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from projections.catalog import InvalidProjection, Projection
from projections.withheld import Label, Withheld

Row = dict[str, Any]
# The kind of group that groups of a kind add up to.
ABOVE = {"grade": "school", "finality": "school", "class": "grade"}
# What a view says that counts nobody, so that nothing in it is about a few people.
NOBODY = "none"
LEVELS = ("school", "grade", "finality", "class")


class Thresholds(NamedTuple):
    """Fewest distinct learners of a cell that is shown, and of one on a sensitive matter."""

    usual: int = 5
    sensitive: int = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """A column that counts learners: out of which (`whole`), and the columns that go with it."""

    column: str
    whole: str | None
    hides: tuple[str, ...]
    threshold: int
    is_row: bool

    def is_small(self, row: Row) -> bool:
        """Whether the count, or what it leaves of the whole, is of fewer learners than may be shown."""
        count = row[self.column]
        if self.is_row:
            return bool(count < self.threshold)
        return any(0 < each < self.threshold for each in self.sides(row))

    def sides(self, row: Row) -> list[int]:
        count = row[self.column] or 0
        return [count] if self.whole is None else [count, row[self.whole] - count]

    def is_enough(self, rows: Sequence[Row]) -> bool:
        """Whether these, withheld together, cannot be told apart: two or more, and together not few."""
        together = [sum(side) for side in zip(*map(self.sides, rows), strict=True)]
        return len(rows) > 1 and all(
            each >= self.threshold or (each == 0 and not self.is_row) for each in together
        )


def withhold(
    table: pa.Table,
    projection: Projection,
    thresholds: Thresholds,
    withheld: Withheld | None = None,
    above: pa.Table | None = None,
) -> pa.Table:
    """The table with every figure of a small cell NULL, its count too, and a column `withheld`: the row as a whole.

    A cell under the threshold is withheld; then, within each total, the next smallest one, until those withheld
    together reach the threshold, so that no one of them can be found by subtraction. What an earlier publication
    withheld and would be given away now stays withheld (`withheld` is brought up to date), and so does what belongs to
    a withheld row of the published view `above` (the one that the header names as `under:`).

    Raises InvalidProjection for a view that does not say what a cell is.
    """
    view = _View(table.to_pylist(), projection)
    memory = Withheld() if withheld is None else withheld
    counts = counts_of(projection, thresholds)
    gone = _under_withheld(view, above)
    hidden: dict[str, set[int]] = {}
    for counted in counts:
        hidden[counted.column] = _hidden_cells(view, counted, gone, memory)
        if counted.is_row:
            gone = hidden[counted.column]
    return _without(table, view.rows, hidden, counts)


def counts_of(projection: Projection, thresholds: Thresholds) -> list[Counted]:
    """The columns of a school view that count learners, the one of the row first; none for a view without people.

    Raises InvalidProjection.
    """
    header = projection.header
    if header.get("cell") == NOBODY:
        return []
    if "cell" not in header or "within" not in header:
        raise InvalidProjection(
            f"{projection.path}: a school view says `cell:` and `within:` to be published"
        )
    told = {*projection.grain, *within_of(projection)}
    rest = tuple(name for name in projection.columns if name not in told)
    counts = [Counted(header["cell"], None, rest, thresholds.usual, True)]
    for key, threshold in (("part", thresholds.usual), ("sensitive", thresholds.sensitive)):
        counts += [_read(projection, text, threshold) for text in header.get(key, "").split(";") if text]
    if unknown := {n for c in counts for n in (c.column, c.whole, *c.hides) if n} - set(projection.columns):
        raise InvalidProjection(
            f"{projection.path}: small cells name {sorted(unknown)[0]}, which is no column"
        )
    return counts


def _read(projection: Projection, text: str, threshold: int) -> Counted:
    counted, _, hides = text.partition(" hides ")
    column, _, whole = counted.strip().partition(" of ")
    if not column or " " in column or " " in whole:
        raise InvalidProjection(
            f"{projection.path}: {text.strip()!r} is not `COUNT of WHOLE hides COLUMN, ...`"
        )
    names = tuple(name.strip() for name in hides.split(",") if name.strip())
    return Counted(column, whole or None, (column, *names), threshold, False)


def _hidden_cells(view: "_View", counted: Counted, hidden_rows: set[int], withheld: Withheld) -> set[int]:
    """The rows in which this count is withheld; those of a level before those under it."""
    rows, hidden = view.rows, set[int]()
    for label, total in view.totals(counted.column):
        counts = {view.keys[i]: rows[i][counted.column] or 0 for i in total}
        moment = _moment(rows[total[0]])
        kept = withheld.kept(label, moment, counts, counted.threshold, counted.is_row)
        first = {
            i
            for i in total
            if i in hidden_rows
            or view.keys[i] in kept
            or counted.is_small(rows[i])
            or view.is_under(i, hidden)
        }
        found = _with_next(rows, counted, total, first)
        withheld.remember(label, moment, {view.keys[i]: counts[view.keys[i]] for i in found})
        hidden |= found
    return hidden


def _with_next(rows: Sequence[Row], counted: Counted, total: Sequence[int], first: set[int]) -> set[int]:
    """With the next smallest siblings, until those withheld together are enough."""
    hidden = set(first)
    others = sorted(
        set(total) - hidden, key=lambda i: (sum(counted.sides(rows[i])), rows[i][counted.column] or 0, i)
    )
    while hidden and others and not counted.is_enough([rows[i] for i in sorted(hidden)]):
        hidden.add(others.pop(0))
    return hidden


class _View:
    """The rows of a school view, and how they stand to each other."""

    def __init__(self, rows: list[Row], projection: Projection) -> None:
        self.rows, self.projection = rows, projection
        self.keys = [tuple(str(row[name]) for name in projection.grain) for row in rows]
        self._beside = [n for n in projection.grain if n not in ("grouping", "group_key")]

    def totals(self, column: str) -> list[tuple[Label, list[int]]]:
        """The rows that add up to one total, total by total; those that stand above others first."""
        found: dict[Label, list[int]] = {}
        for i, row in enumerate(self.rows):
            within = tuple(str(row[name]) for name in within_of(self.projection))
            found.setdefault((self.projection.name, column, within), []).append(i)
        return sorted(found.items(), key=lambda each: (self._level(each[1][0]), each[0]))

    def is_under(self, i: int, hidden: set[int]) -> bool:
        """Whether the group that this one is a part of is withheld."""
        row = self.rows[i]
        above = ABOVE.get(row.get("grouping", ""))
        return above is not None and any(
            self.rows[h]["grouping"] == above
            and self.rows[h]["group_key"] == row["part_of"]
            and all(self.rows[h][name] == row[name] for name in self._beside)
            for h in hidden
        )

    def _level(self, i: int) -> int:
        return LEVELS.index(self.rows[i]["grouping"]) if "grouping" in self.rows[i] else 0


def within_of(projection: Projection) -> tuple[str, ...]:
    return tuple(name.strip() for name in projection.header["within"].split(","))


def above_of(projection: Projection) -> tuple[str, str | None]:
    """The view under whose rows those of this one stand (`under:`), and the count in it that they add up to."""
    view, _, column = projection.header.get("under", "").partition(".")
    return view, column or None


def _under_withheld(view: _View, above: pa.Table | None) -> set[int]:
    """The rows that belong to a row that is withheld in the view above, or of which the count is."""
    if above is None:
        return set()
    names = [n for n in above.schema.names if n in view.projection.grain]
    column = above_of(view.projection)[1]
    gone = {
        tuple(row[n] for n in names)
        for row in above.to_pylist()
        if row["withheld"] or (column is not None and row[column] is None)
    }
    return {i for i, row in enumerate(view.rows) if tuple(row[n] for n in names) in gone}


def _moment(row: Row) -> str:
    return str(row.get("as_of", row.get("closed_until", "")))


def _without(
    table: pa.Table, rows: Sequence[Row], hidden: dict[str, set[int]], counts: Sequence[Counted]
) -> pa.Table:
    gone: dict[str, set[int]] = defaultdict(set)
    for counted in counts:
        for name in counted.hides:
            gone[name] |= hidden[counted.column]
    columns = {
        name: pa.array([None if i in gone[name] else row[name] for i, row in enumerate(rows)], kind)
        for name, kind in zip(table.schema.names, table.schema.types, strict=True)
    }
    whole = hidden[counts[0].column] if counts else set[int]()
    columns["withheld"] = pa.array([i in whole for i in range(len(rows))], pa.bool_())
    return pa.table(columns)

"""For which keys a projection is made anew: asked of the rows that changed in what it reads.

A projection is kept by learner, or by learner and something finer: local day, window, goal or task, activity. Which of
these are due follows from the columns of the rows that changed; where a table lacks the column, all of the learner are.
A file says so itself where neither holds (`due:`), and which rows matter at all (`counts:`).
"""

from collections.abc import Collection, Mapping

import duckdb

from projections.catalog import Projection
from projections.narrowed import BASES, is_of_statements
from projections.touched import OF_LEARNERS

# One thing by two names: a goal is a task too.
_ALSO = {"goal_id": "task_id", "task_id": "goal_id"}
# What happened in a school week counts in the windows, of six weeks each, that hold it.
_WINDOWS = (
    "select c.learner_key, w.week_end as window_end from ({rows}) as c "
    "inner join school_week as w on c.store = w.store and w.school_week between c.school_week and c.school_week + 5"
)


class Due:
    """What is due in one batch, asked for one projection at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, catalog: Mapping[str, Projection]) -> None:
        self._connection, self._catalog = connection, catalog

    def matters(self, projection: Projection, changed: Collection[str]) -> bool:
        """Whether anything that changed in what it reads is of matter to it."""
        reads = [self._catalog[name] for name in projection.reads if name in changed]
        asked = [_changed_rows(projection, read) if read.name in projection.counts else "" for read in reads]
        return any(not rows or self._is_any(rows) for rows in asked)

    def find(self, projection: Projection, changed: Collection[str]) -> tuple[str, ...]:
        """Put the keys due in temp.due; returns its columns: those it is kept by, or learner_key alone.

        No columns: nothing is due.
        """
        keys, selects = self._select(projection, changed)
        made = self._connection.execute(f"create or replace temp table due as {' union '.join(selects)}")
        return keys if made.fetchall()[0][0] else ()

    def _select(self, projection: Projection, changed: Collection[str]) -> tuple[tuple[str, ...], list[str]]:
        if projection.is_by_day and not set(changed) & set(OF_LEARNERS):
            return projection.by, ["from temp.touched_learner_day"]
        reads = [self._catalog[name] for name in projection.reads if name in changed]
        asked = {read.name: _exact_keys(projection, read) for read in reads}
        exact = [keys for keys in asked.values() if keys]
        wide = [_learners(projection, read) for read in reads if not asked[read.name]]
        if not wide:
            return projection.by, exact
        if every := self._every_key(projection, " union ".join(wide)):
            return projection.by, exact + every
        return ("learner_key",), wide + [f"select learner_key from ({keys})" for keys in exact]

    def _every_key(self, projection: Projection, learners: str) -> list[str]:
        """All keys that these learners have in it, or may get by what it reads. Empty: the reads do not tell."""
        reads = [self._catalog[name] for name in projection.reads]
        if any(is_of_statements(read) for read in reads):  # whose a statement is, is not known by these keys
            return []
        sources = [(read, columns) for read in reads if (columns := columns_of(read, projection.by))]
        own = (projection, dict(zip(projection.by, projection.by, strict=True)))
        return [
            f"select {_as_keys(columns)} from {source.name} where learner_key in ({learners})"
            for source, columns in ([*sources, own] if sources else [])
        ]

    def _is_any(self, select: str) -> bool:
        return bool(self._connection.execute(f"select exists ({select})").fetchall()[0][0])


def columns_of(read: Projection, keys: Collection[str]) -> dict[str, str]:
    """What each of these keys is called in a table kept by learner; empty when it does not have them all."""
    called = {key: key if key in read.columns else _ALSO.get(key, key) for key in keys}
    return called if read.is_by_learner and set(called.values()) <= set(read.columns) else {}


def _exact_keys(projection: Projection, read: Projection) -> str:
    """A select of the keys that its changed rows speak of; empty when they do not tell."""
    if read.name in projection.due:
        return projection.due[read.name]
    if not (rows := _changed_rows(projection, read)):
        return ""
    if columns := columns_of(read, projection.by):
        return f"select {_as_keys(columns)} from ({rows})"
    is_by_window = projection.by == ("learner_key", "window_end") and "school_week" in read.columns
    return _WINDOWS.format(rows=rows) if is_by_window else ""


def _learners(projection: Projection, read: Projection) -> str:
    rows = _changed_rows(projection, read)
    return f"select learner_key from ({rows})" if rows and read.is_by_learner else "from temp.touched_learner"


def _changed_rows(projection: Projection, read: Projection) -> str:
    """A select of the rows that came or went, and matter; empty when they are not kept."""
    which = projection.counts.get(read.name, "true")
    if read.name in BASES:
        return f"from {read.name} where position in (from temp.changed_position) and ({which})"
    if read.is_by_learner and read.kind == "table":
        return f"from temp.changed_{read.name} where {which}"
    return ""


def _as_keys(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{column} as {key}" for key, column in columns.items())

"""What a projection sees of what it reads, when only some of its rows are made: the part that matters to these."""

from collections.abc import Mapping, Sequence

import duckdb

from projections import touched
from projections.catalog import Projection
from projections.due import columns_of
from projections.narrowed import is_of_statements, narrowed

# The school weeks of the windows that are due, by learner.
_WEEKS = (
    "create or replace temp table due_week as select distinct d.learner_key, w.school_week from temp.due as d "
    "inner join school_week as e on d.window_end = e.week_end "
    "inner join school_week as w on e.store = w.store and w.school_week between e.school_week - 5 and e.school_week"
)


class Seen:
    """Selects to see tables through, by name. What a view says of statements is copied once for all that read it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, catalog: Mapping[str, Projection]) -> None:
        self._connection, self._catalog = connection, catalog
        self._copied: set[str] = set()

    def statements(self, projection: Projection, prefix: str) -> dict[str, str]:
        """Of statements it sees those in <prefix>_position (touched, near, day or due)."""
        reads = [self._catalog[name] for name in projection.reads]
        return {
            read.name: f"from temp.{self._copy(read, prefix)}" for read in reads if is_of_statements(read)
        }

    def learners(self, projection: Projection, keys: Sequence[str], due: str = "due") -> dict[str, str]:
        """Of what is kept by learner it sees the keys in temp.<due>: of its weeks alone, where it is kept by window."""
        if "window_end" in keys:
            self._connection.execute(_WEEKS)
        reads = [self._catalog[name] for name in projection.reads]
        conditions = {read.name: _due_in(read, keys, due) for read in reads if read.is_by_learner}
        # by its full name: its own means the select that is made here
        return {
            name: f"from warehouse.main.{name} where {which}" for name, which in conditions.items() if which
        }

    def _copy(self, read: Projection, prefix: str) -> str:
        copy = f"{prefix}_{read.name}"
        if prefix == "touched" and not any(name.startswith("touched_") for name in self._copied):
            touched.find_theirs(self._connection)
        if copy not in self._copied:
            self._copied.add(copy)
            select = narrowed(self._catalog, read.name, prefix)
            self._connection.execute(f"create or replace temp table {copy} as {select}")
        return copy


def _due_in(read: Projection, keys: Sequence[str], due: str) -> str:
    """The condition that a row of it is of keys that are due; empty when it has none of these keys."""
    columns = {key: column for key in keys for column in columns_of(read, [key]).values()}
    if "window_end" in keys and "window_end" not in columns and "school_week" in read.columns:
        return are(["learner_key", "school_week"], ["learner_key", "school_week"], "due_week")
    return are(list(columns.values()), list(columns), due) if columns else ""


def are(columns: Sequence[str], keys: Sequence[str], due: str) -> str:
    """The condition that these columns of a row are keys in a temp table."""
    return f"({', '.join(columns)}) in (select {', '.join(keys)} from temp.{due})"

"""Derived tables made anew from all facts: some learners at a time, so that memory does not grow with the log."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from projections import materialise
from projections.catalog import Projection
from projections.running import naming, timed
from projections.seen import Seen

# Of so many parts that someone takes in a statement the tables are made at once.
AT_ONCE = 500_000

_LEARNERS = """
create or replace temp table touched_learner as
select distinct coalesce(l.learner_key, p.agent_key) as learner_key
from statement_participant as p
left join learner as l on p.store = l.store and p.agent_key = l.agent_key
where hash(coalesce(l.learner_key, p.agent_key)) % {slices} = {number}
"""


def refill(
    connection: duckdb.DuckDBPyConnection,
    catalog: Sequence[Projection],
    projections: Sequence[Projection],
    took: dict[str, float],
) -> None:
    """Make the rows of these tables anew, whatever was there; the seconds of each are added to `took`.

    They come in the catalogue's order: whatever one reads is there. Raises ProjectionFailed.
    """
    by_name = {projection.name: projection for projection in catalog}
    slices = _count_slices(connection)
    for group in _groups(projections):
        if slices == 1 or not _is_sliced(group[0]):
            for projection in group:
                with naming(None, projection.name), timed(took, projection.name):
                    materialise.refill(connection, projection)
        else:
            _refill_sliced(connection, by_name, group, slices, took)
    materialise.drop_drafts(connection)


def _count_slices(connection: duckdb.DuckDBPyConnection) -> int:
    return (
        1 + int(connection.execute("select count(*) from statement_participant").fetchall()[0][0]) // AT_ONCE
    )


def _is_sliced(projection: Projection) -> bool:
    return projection.is_by_learner and not projection.is_python


def _groups(projections: Sequence[Projection]) -> Iterator[list[Projection]]:
    """Those kept by learner together, and the others, as far as what they read allows it."""
    waiting, wanted = list(projections), False
    while waiting:
        group: list[Projection] = []
        held: set[str] = set()
        for projection in waiting:
            if _is_sliced(projection) == wanted and not held & set(projection.reads):
                group.append(projection)
            else:
                held.add(projection.name)
        if group:
            yield group
        waiting, wanted = [p for p in waiting if p.name in held], not wanted


def _refill_sliced(
    connection: duckdb.DuckDBPyConnection,
    catalog: Mapping[str, Projection],
    group: Sequence[Projection],
    slices: int,
    took: dict[str, float],
) -> None:
    for projection in group:
        connection.execute(f"delete from {projection.name}")
    for number in range(slices):
        connection.execute(_LEARNERS.format(slices=slices, number=number))
        seen = Seen(connection, catalog)
        for projection in group:
            with naming(None, projection.name), timed(took, projection.name):
                views = seen.statements(projection, "touched")
                views |= seen.learners(projection, ["learner_key"], "touched_learner")
                materialise.add_some(
                    connection, projection, views, "learner_key in (from temp.touched_learner)"
                )

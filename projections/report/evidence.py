"""The evidence for the R-OK that is published, by expectation."""

from collections.abc import Iterable
from itertools import groupby

import duckdb

from projections.report.model import Evidence, Expectation, Figure, State, Unit
from projections.report.published import Row, rows

NO_INDICATOR = "none"
# The one indicator that the report shows from its other side.
_SHOWN_AS = {"help_answered": "help_unanswered"}
_UNITS = {"share": Unit.SHARE, "count": Unit.COUNT, "school days": Unit.SCHOOL_DAYS, "levels": Unit.LEVELS}
_READ = """
select e.*, i.unit
from rok_evidence as e
left join school_indicator as i using (store, school_key, school_year, indicator)
where e.school_key = ? and e.school_year = ?
order by e.code is null, e.code, e.rubric, e.expectation, e.indicator
"""


def read_expectations(
    connection: duckdb.DuckDBPyConnection, school: str, year: str, known: Iterable[Figure]
) -> tuple[Expectation, ...]:
    """Each expectation, those with a code first. `known` are the figures of the report: they say why one is missing."""
    states = {figure.name: figure.state for figure in known}
    found = rows(connection, _READ, [school, year])
    return tuple(
        _expectation(list(group), states) for _, group in groupby(found, key=lambda row: row["expectation"])
    )


def _expectation(found: list[Row], states: dict[str, State]) -> Expectation:
    first = found[0]
    nothing = first["indicator"] == NO_INDICATOR
    return Expectation(
        first["expectation"],
        first["code"],
        first["rubric"] or "",
        first["label"] or "",
        first["verification"],
        first["source"] or "",
        first["version"],
        () if nothing else tuple(_evidence(row, states) for row in found),
        first["sentence"] if nothing else None,
        first["sentence_en"] if nothing else None,
    )


def _evidence(row: Row, states: dict[str, State]) -> Evidence:
    return Evidence(
        _figure(row, states), row["strength"], row["ceiling"], row["sentence"], row["sentence_en"]
    )


def _figure(row: Row, states: dict[str, State]) -> Figure:
    name: str = row["indicator"]
    unit = _UNITS.get(row["unit"] or "", Unit.NUMBER)
    if row["value"] is None:
        state = states.get(_SHOWN_AS.get(name, name), State.UNKNOWN)
        return Figure("rok", name, unit, State.UNKNOWN if state is State.SHOWN else state)
    return Figure("rok", name, unit, State.SHOWN, row["value"], row["n"], row["coverage"], row["trend"])

"""Makes a report out of a published file, and of nothing else: what is withheld there cannot be told here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from projections.report.evidence import read_expectations
from projections.report.measures import BY_GROUP, GROUPINGS, INDICATOR, SECTIONS, Measure
from projections.report.model import Breakdown, Effect, Figure, Line, Report, Section, State, Unit
from projections.report.published import Row, read_publication, rows, year_before

_VIEWS = ("attainment", "inclusion", "side_effects", "feedback", "evaluation_mix", "quality_cycle")
_GROUPED = ("inclusion", "side_effects", "feedback")
_DIMENSION = {"evidence_sources": "source", "evidence_formative": "purpose"}


def build_report(connection: duckdb.DuckDBPyConnection, school: str, year: str) -> Report:
    """The report of a school and school year that are in the file (see published.choose)."""
    now, before = _Year(connection, school, year), _Year(connection, school, year_before(year))
    sections = tuple(_section(name, measures, now, before) for name, measures in SECTIONS.items())
    known = [figure for section in sections for figure in section.figures]
    return Report(
        school,
        year,
        before.year if before.is_there() else None,
        now.as_of(),
        read_publication(connection),
        sections,
        read_expectations(connection, school, year, known),
    )


class _Year:
    """What is published of one school year of a school, by view."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, school: str, year: str) -> None:
        self.connection, self.school, self.year = connection, school, year
        self.views = {view: self.read(view) for view in _VIEWS}
        self.indicators = {row["indicator"]: row for row in self.read(INDICATOR)}

    def read(self, view: str, order: str = "all") -> list[Row]:
        where = "where school_key = ? and school_year = ?"
        return rows(self.connection, f"from {view} {where} order by {order}", [self.school, self.year])

    def is_there(self) -> bool:
        return any(self.views.values())

    def whole(self, view: str) -> list[Row]:
        """The rows on the school as a whole."""
        found = self.views[view]
        return [row for row in found if row["grouping"] == "school"] if view in _GROUPED else found

    def learners(self) -> int | None:
        found = self.whole("inclusion")
        return found[0]["learners"] if found else None

    def as_of(self) -> date | None:
        """The day for which the figures hold; the end of the last closed week where goals are all that is known."""
        days = [row["as_of"] for view in _GROUPED for row in self.views[view]]
        days = days or [row["closed_until"] for row in self.views["attainment"]]
        return max((day for day in days if day is not None), default=None)


def _section(name: str, measures: Sequence[Measure], now: _Year, before: _Year) -> Section:
    figures = tuple(_with_trend(name, measure, now, before) for measure in measures)
    return Section(name, figures, _breakdowns(name, now), _effects(now) if name == "effect" else ())


def _with_trend(section: str, measure: Measure, now: _Year, before: _Year) -> Figure:
    figure, former = (_figure(section, measure, each) for each in (now, before))
    if figure.value is None or former.value is None:
        return figure
    return replace(figure, trend=figure.value - former.value)


def _figure(section: str, measure: Measure, year: _Year) -> Figure:
    found = year.whole(measure.view)
    if measure.name in _DIMENSION:
        found = [row for row in found if row["dimension"] == _DIMENSION[measure.name]]
    if measure.value == INDICATOR:
        row = year.indicators.get(measure.name, {})
        told = row.get("value"), row.get("n"), row.get("coverage")
        return _told(section, measure, found, told)
    return _of_rows(section, measure, found, year.learners())


def _of_rows(
    section: str, measure: Measure, found: list[Row], learners: int | None, group: str = "all"
) -> Figure:
    row = found[0] if found else {}
    value = row.get(measure.value)
    if measure.out_of is not None:
        value = _ratio(value, row.get(measure.out_of))
    whole = learners if measure.whole is None else row.get(measure.whole)
    covered = _ratio(row.get(measure.covers), whole) if measure.covers else None
    told = value, row.get(measure.n), covered
    figure = _told(section, measure, found, told)
    return replace(figure, group=group, grouping=row["grouping"]) if group != "all" else figure


def _told(section: str, measure: Measure, found: list[Row], told: tuple[Any, Any, Any]) -> Figure:
    value, n, coverage = told
    if value is None:
        return Figure(section, measure.name, measure.unit, _why_not(measure, found))
    covered = None if coverage is None else min(float(coverage), 1.0)
    return Figure(section, measure.name, measure.unit, State.SHOWN, float(value), n, covered)


def _why_not(measure: Measure, found: list[Row]) -> State:
    """Why a figure has no value."""
    if any(row["withheld"] for row in found):
        return State.WITHHELD
    if measure.cell is not None and any(row[measure.cell] is None for row in found):
        return State.UNCLEAR if measure.nullable else State.WITHHELD
    return State.UNKNOWN


def _ratio(part: Any, whole: Any) -> float | None:
    return None if part is None or not whole else part / whole


def _breakdowns(section: str, year: _Year) -> tuple[Breakdown, ...]:
    if section == "attainment":
        return _nonempty(_by_level(year))
    if section == "evaluation_mix":
        return _nonempty(*(_by_way(dimension, year) for dimension in ("source", "purpose")))
    return _nonempty(*(_by_group(section, grouping, year) for grouping in GROUPINGS if section in BY_GROUP))


def _nonempty(*found: Breakdown) -> tuple[Breakdown, ...]:
    return tuple(each for each in found if each.lines)


def _by_group(section: str, grouping: str, year: _Year) -> Breakdown:
    """The groups of a kind; one alone says no more than the school does."""
    found = [row for row in year.views[section] if row["grouping"] == grouping]
    if len(found) == 1:
        found = []
    measures = BY_GROUP[section]
    lines = (
        Line(
            row["group_key"],
            tuple(_of_rows(section, m, [row], row["learners"], row["group_key"]) for m in measures),
        )
        for row in found
    )
    return Breakdown(grouping, tuple(measure.name for measure in measures), tuple(lines))


def _by_level(year: _Year) -> Breakdown:
    found = year.read("attainment_level", "level")
    lines = (
        _counted("attainment", "goals_at_level", "level", str(row["level"]), row, "goals") for row in found
    )
    return Breakdown("level", ("goals_at_level",), tuple(lines))


def _by_way(dimension: str, year: _Year) -> Breakdown:
    found = [row for row in year.views["evaluation_mix"] if row["dimension"] == dimension]
    lines = (
        _counted("evaluation_mix", "pieces_of_evidence", dimension, row["way"], row, "evidence")
        for row in found
    )
    return Breakdown(dimension, ("pieces_of_evidence",), tuple(lines))


def _counted(section: str, name: str, grouping: str, group: str, row: Row, column: str) -> Line:
    value = row[column]
    state = State.WITHHELD if value is None else State.SHOWN
    shown = None if value is None else float(value)
    figure = Figure(section, name, Unit.COUNT, state, shown, row["learners"], grouping=grouping, group=group)
    return Line(group, (figure,))


def _effects(year: _Year) -> tuple[Effect, ...]:
    found = year.read("effect", "begins_on, cycle_id, intervention_id")
    return tuple(
        Effect(
            row["cycle_id"],
            row["intervention_id"],
            row["begins_on"],
            row["indicator"] or "",
            _effect_size(row),
        )
        for row in found
    )


def _effect_size(row: Row) -> Figure:
    hidden = row["withheld"] or row["treated"] is None
    figure = Figure(
        "effect",
        "effect_size",
        Unit.DEVIATIONS,
        State.WITHHELD if hidden else State.UNKNOWN,
        n=row["learners"],
        grouping="intervention",
        group=row["intervention_id"],
    )
    if row["value"] is None:
        return figure
    return replace(figure, state=State.SHOWN, value=row["value"], low=row["low"], high=row["high"])

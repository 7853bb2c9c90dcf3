"""Figures as people write them."""

from datetime import date, datetime

import pytest

from projections.report.model import Figure, State, Unit
from projections.report.wording import Wording

DUTCH, ENGLISH = Wording("nl"), Wording("en")


def a_figure(
    value: float | None, unit: Unit = Unit.SHARE, state: State = State.SHOWN, **more: object
) -> Figure:
    return Figure("attainment", "goals_achieved", unit, state, value, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "english"),
    [
        (0.5, Unit.SHARE, "50 %", "50 %"),
        (0.0, Unit.SHARE, "0 %", "0 %"),
        (0.001, Unit.SHARE, "minder dan 1 %", "less than 1 %"),
        (0.999, Unit.SHARE, "meer dan 99 %", "more than 99 %"),
        (1.0, Unit.SHARE, "100 %", "100 %"),
        (12345.0, Unit.COUNT, "12.345", "12,345"),
        (1.25, Unit.HOURS, "1,2 uur", "1.2 hours"),
        (3.0, Unit.SCHOOL_DAYS, "3 schooldagen", "3 school days"),
        (-0.4, Unit.RATING, "\u22120,40 (van \u22121 tot 1)", "\u22120.40 (from \u22121 to 1)"),
        (-0.12, Unit.GAP, "\u221212 procentpunt", "\u221212 percentage points"),
        (0.12, Unit.GAP, "+12 procentpunt", "+12 percentage points"),
        (-0.001, Unit.GAP, "0 procentpunt", "0 percentage points"),
        (0.456, Unit.DEVIATIONS, "+0,46 standaardafwijking", "+0.46 standard deviations"),
        (2345.6, Unit.MINUTES, "2.346 minuten", "2,346 minutes"),
    ],
)
def test_a_value_is_written_with_its_unit_and_the_marks_of_the_language(
    value: float, unit: Unit, dutch: str, english: str
) -> None:
    figure = a_figure(value, unit)
    assert (DUTCH.figure(figure), ENGLISH.figure(figure)) == (dutch, english)


@pytest.mark.parametrize(
    ("state", "dutch", "english"),
    [
        (State.WITHHELD, "te klein om te tonen", "too few to show"),
        (State.UNKNOWN, "nog niet bekend", "not known yet"),
        (State.UNCLEAR, "te klein om te tonen of niet bekend", "too few to show, or not known"),
    ],
)
def test_what_is_not_shown_says_why_and_is_never_0(state: State, dutch: str, english: str) -> None:
    figure = a_figure(None, state=state)
    assert (DUTCH.figure(figure), ENGLISH.figure(figure)) == (dutch, english)
    assert "0" not in DUTCH.figure(figure) + DUTCH.n(figure) + DUTCH.coverage(figure)


@pytest.mark.parametrize(
    ("trend", "unit", "told"),
    [
        (0.25, Unit.SHARE, "+25 procentpunt"),
        (-0.25, Unit.SHARE, "\u221225 procentpunt"),
        (0.001, Unit.SHARE, "ongeveer gelijk"),
        (-0.04, Unit.HOURS, "ongeveer gelijk"),
        (1200.0, Unit.COUNT, "+1.200"),
        (None, Unit.SHARE, "geen vergelijking mogelijk"),
    ],
)
def test_a_trend_has_a_sign_and_no_direction(trend: float | None, unit: Unit, told: str) -> None:
    assert DUTCH.trend(a_figure(0.5, unit, trend=trend)) == told


def test_n_says_what_was_counted_and_coverage_what_is_covered() -> None:
    figure = a_figure(0.5, n=1234, coverage=0.8)
    assert DUTCH.n(figure) == "n = 1.234 doelen"
    assert DUTCH.coverage(figure) == "80 % van de leerlingen"
    assert ENGLISH.coverage(figure) == "80 % of the learners"
    assert DUTCH.coverage(a_figure(0.5)) == "niet van toepassing"


def test_a_day_is_one_of_the_school() -> None:
    assert DUTCH.day(date(2026, 3, 1)) == "1 maart 2026"
    assert ENGLISH.day(datetime(2026, 3, 1, 23, 30)) == "2 March 2026"
    assert DUTCH.day(None) == "onbekende datum"


def test_a_class_keeps_its_own_name_and_a_source_gets_one() -> None:
    assert DUTCH.group(a_figure(1, grouping="class", group="test")) == "test"
    assert DUTCH.group(a_figure(1, grouping="source", group="test")) == "toets"
    assert DUTCH.group(a_figure(1, grouping="class", group="unknown")) == "niet bekend"
    assert ENGLISH.group(a_figure(1, grouping="level", group="2")) == "level 2"

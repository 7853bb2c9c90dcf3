"""The model of a report: right figures, their trend, and why one is missing."""

from pathlib import Path

import duckdb
import pytest

from lrs.settings import Settings
from projections.query import NothingPublished
from projections.report.build import build_report
from projections.report.measures import SECTIONS
from projections.report.model import Figure, Report, State, Unit
from projections.report.published import UnknownSchool, choose, reading_schools, rows, school_years
from projections.rok import INDICATORS
from tests.projections.report.conftest import figures


def test_the_three_questions_come_first_and_every_figure_has_its_place(report: Report) -> None:
    names = [section.name for section in report.sections]
    assert names[:3] == ["attainment", "inclusion", "side_effects"]
    assert names[3:] == ["feedback", "evaluation_mix", "quality_cycle", "effect"]
    for section in report.sections:
        assert [f.name for f in section.figures] == [m.name for m in SECTIONS[section.name]]


def test_a_figure_has_its_value_what_it_rests_on_and_its_trend(report: Report) -> None:
    (achieved,) = figures(report, name="goals_achieved")
    assert (achieved.value, achieved.n, achieved.trend) == (0.75, 20, 0.25)
    # without a roster whoever did something, as the teacher, counts as a learner of the school
    assert achieved.coverage == 20 / 21
    (goals,) = figures(report, name="goals_set")
    assert (goals.value, goals.trend) == (20, 0)


def test_the_first_year_has_no_trend(connection: duckdb.DuckDBPyConnection) -> None:
    first = build_report(connection, "north", "2024-2025")
    assert first.year_before is None
    assert all(figure.trend is None for figure in first.figures())
    assert build_report(connection, "north", "2025-2026").year_before == "2024-2025"


def test_a_school_of_too_few_learners_has_no_figure_about_them(few: Report) -> None:
    about_learners = [f for f in few.figures() if f.section != "quality_cycle"]
    assert about_learners
    assert all(f.value is None and f.n is None and f.coverage is None for f in about_learners)
    assert {f.state for f in figures(few, section="attainment")} == {State.WITHHELD}
    assert {f.state for f in figures(few, section="inclusion")} == {State.WITHHELD}


def test_a_withheld_class_is_there_by_name_only(report: Report) -> None:
    (shown,) = figures(report, name="active_goals", group="3a")
    assert (shown.state, shown.value, shown.n, shown.coverage) == (State.WITHHELD, None, None, None)


def test_what_nobody_did_is_unknown_and_not_withheld(report: Report) -> None:
    for name in ("feedback_days", "motivation", "level_growth"):
        (figure,) = figures(report, name=name)
        assert (figure.state, figure.value) == (State.UNKNOWN, None)


def test_a_flag_that_is_missing_does_not_tell_why(connection: duckdb.DuckDBPyConnection) -> None:
    for report in (build_report(connection, "north", year) for year in ("2024-2025", "2025-2026")):
        for figure in figures(report, name="flagged_support"):
            assert figure.state in (State.SHOWN, State.UNCLEAR)


def test_groups_stand_by_name(report: Report) -> None:
    for section in report.sections:
        for breakdown in section.breakdowns:
            if breakdown.name != "level":
                assert [line.group for line in breakdown.lines] == sorted(x.group for x in breakdown.lines)
    assert {b.name for s in report.sections for b in s.breakdowns} == {"class", "source", "purpose"}


def test_a_figure_cannot_be_shown_without_a_value_nor_hidden_with_one() -> None:
    with pytest.raises(ValueError, match="withheld with the value 0"):
        Figure("attainment", "goals_set", Unit.COUNT, State.WITHHELD, 0)
    with pytest.raises(ValueError, match="shown with the value None"):
        Figure("attainment", "goals_set", Unit.COUNT, State.SHOWN)


def test_each_expectation_has_evidence_or_a_reason_why_there_is_none(report: Report) -> None:
    assert {e.name for e in report.expectations} >= {"K2", "theme-goals", "theme-wellbeing"}
    assert report.expectations[0].code is not None
    for expectation in report.informed():
        assert expectation.why_not is None
        assert all(each.strength in ("strong", "partial", "weak", "none") for each in expectation.evidence)
    assert "theme-wellbeing" in {e.name for e in report.not_informed()}
    assert all(e.why_not and e.why_not_en for e in report.not_informed())


def test_evidence_says_the_same_as_the_figure_it_rests_on(report: Report) -> None:
    by_name = {figure.name: figure for section in report.sections for figure in section.figures}
    for expectation in report.informed():
        for evidence in expectation.evidence:
            if evidence.figure.name in by_name:
                assert evidence.figure.value == by_name[evidence.figure.name].value
                assert evidence.figure.state == by_name[evidence.figure.name].state
    assert INDICATORS - set(by_name) == {"help_answered"}


def test_the_report_holds_for_the_last_closed_week_and_says_of_what_file_it_is(
    report: Report, connection: duckdb.DuckDBPyConnection
) -> None:
    (meta,) = rows(connection, "from meta")
    assert str(report.as_of) == "2025-09-12"
    assert (report.publication.position, report.publication.small_cell) == (meta["position"], 5)


def test_schools_and_years_are_listed_the_oldest_year_first_and_no_school_last(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    known = school_years(connection)
    assert known["north"] == ["2024-2025", "2025-2026"]
    assert list(known) == sorted(known)


def test_a_year_is_chosen_by_its_first_half_too_and_is_the_newest_when_not_given() -> None:
    known = {"north": ["2024-2025", "2025-2026"]}
    assert choose(known, "north", None) == "2025-2026"
    assert choose(known, "north", "2024") == choose(known, "north", "2024-2025") == "2024-2025"
    with pytest.raises(UnknownSchool, match="there are: 2024-2025, 2025-2026"):
        choose(known, "north", "2019")
    with pytest.raises(UnknownSchool, match="there are: north"):
        choose(known, "south", None)


def test_only_what_is_published_for_schools_is_opened(connection: duckdb.DuckDBPyConnection) -> None:
    opened = connection.execute("select database_name from duckdb_databases() where not internal").fetchall()
    assert ("learners",) not in opened and ("schools",) in opened
    with pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("delete from attainment")


def test_without_a_publication_it_says_how_to_make_one(tmp_path: Path) -> None:
    with (
        pytest.raises(NothingPublished, match="lrs publish"),
        reading_schools(Settings(home=tmp_path), "default"),
    ):
        pass


def test_a_publication_of_an_empty_store_has_no_schools(nothing_yet: Settings) -> None:
    with reading_schools(nothing_yet, "default") as connection:
        assert school_years(connection) == {}

"""The forms for machines and for the terminal say the same as the model."""

import csv
import io
import json
import math
from dataclasses import replace

import openpyxl
import pytest

from projections.report.long_form import CSV_COLUMNS, evidence_rows, figure_rows, to_csv, write_csv
from projections.report.model import Effect, Figure, Report, Section, State, Unit
from projections.report.page import to_page
from projections.report.plain import to_json
from projections.report.terminal import to_terminal
from projections.report.wording import Wording
from projections.report.workbook import to_xlsx

DUTCH, ENGLISH = Wording("nl"), Wording("en")


def test_csv_gives_back_every_figure_and_all_evidence(report: Report) -> None:
    found = list(csv.DictReader(io.StringIO(to_csv(report, DUTCH))))
    shown = [row for row in found if row["part"] == "figure"]
    assert [row["value"] for row in shown] == [
        "" if figure.value is None else str(figure.value) for figure in report.figures()
    ]
    assert [row["expectation"] for row in found if row["part"] == "rok"] == [
        row["expectation"] for row in evidence_rows(report, DUTCH)
    ]
    assert tuple(found[0]) == CSV_COLUMNS


def test_csv_and_json_of_a_withheld_figure_are_empty_and_say_so(few: Report) -> None:
    for row in csv.DictReader(io.StringIO(to_csv(few, DUTCH))):
        if row["section"] == "inclusion":
            assert (row["state"], row["value"], row["n"], row["coverage"]) == ("withheld", "", "", "")
    for row in json.loads(to_json(few, ENGLISH))["figures"]:
        if row["section"] == "inclusion":
            assert (row["state"], row["value"], row["n"]) == ("withheld", None, None)


def test_a_name_that_reads_as_a_formula_is_text_in_csv_and_in_a_workbook(report: Report) -> None:
    report = replace(report, school="=1+1")
    assert "'=1+1" in to_csv(report, DUTCH) and ",=1+1" not in to_csv(report, DUTCH)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report, DUTCH)))
    cells = [cell for row in book.worksheets[0] for cell in row if cell.value == "=1+1"]
    assert cells and {cell.data_type for cell in cells} == {"s"}


def test_a_minus_is_kept_where_it_is_a_number() -> None:
    assert write_csv(["a", "b"], [{"a": -1.5, "b": "-1.5"}]) == "a,b\r\n-1.5,'-1.5\r\n"


def test_json_gives_back_the_rows_and_of_what_file_they_are(report: Report) -> None:
    told = json.loads(to_json(report, DUTCH))
    assert told["figures"] == figure_rows(report, DUTCH)
    assert told["rok"] == evidence_rows(report, DUTCH)
    assert (told["school_key"], told["school_year"], told["year_before"]) == (
        "north",
        "2025-2026",
        "2024-2025",
    )
    assert told["publication"]["edition"] == report.publication.edition
    assert told["as_of"] == "2025-09-12"


def test_a_workbook_gives_back_every_figure(report: Report) -> None:
    figures, evidence, about = openpyxl.load_workbook(io.BytesIO(to_xlsx(report, DUTCH))).worksheets
    names = [cell.value for cell in figures[1]]
    found = [dict(zip(names, row, strict=True)) for row in figures.iter_rows(min_row=2, values_only=True)]
    expected = figure_rows(report, DUTCH)
    assert len(found) == len(expected)
    for got, row in zip(found, expected, strict=True):
        assert got["figure"] == row["figure"]
        assert got["value"] == row["value"] or math.isclose(float(str(got["value"])), row["value"])
        assert got["state"] != 0
    assert evidence.max_row == len(evidence_rows(report, DUTCH)) + 1
    assert about["A1"].value == "Rapport van school north, schooljaar 2025-2026"


def test_a_workbook_says_in_words_why_a_figure_is_missing(few: Report) -> None:
    figures = openpyxl.load_workbook(io.BytesIO(to_xlsx(few, DUTCH))).worksheets[0]
    assert "te klein om te tonen" in {cell.value for row in figures for cell in row}


@pytest.mark.parametrize("wording", [DUTCH, ENGLISH])
def test_the_terminal_shows_every_section_figure_and_expectation(report: Report, wording: Wording) -> None:
    text = " ".join(to_terminal(report, wording, 400, False).split())
    for section in report.sections:
        assert wording(f"section.{section.name}.title") in text
        for figure in section.figures:
            assert f"{wording(f'figure.{figure.name}.label')}: {wording.figure(figure)}" in text
            assert wording(f"figure.{figure.name}.question") in text
    for expectation in report.expectations:
        assert expectation.label in text


def test_the_terminal_keeps_to_its_width_and_has_colours_only_when_asked(report: Report) -> None:
    plain = to_terminal(report, DUTCH, 80, False)
    assert max(map(len, plain.splitlines())) <= 80 and "\x1b" not in plain
    assert "\x1b" in to_terminal(report, DUTCH, 80, True)


def test_brackets_in_a_name_are_no_markup(report: Report) -> None:
    assert "[bold]north" in to_terminal(replace(report, school="[bold]north"), DUTCH, 100, False)


def with_effect(report: Report, figure: Figure) -> Report:
    effect = Effect("https://example.org/cycle", "reading-aloud", None, "persistence", figure)
    sections = tuple(replace(s, effects=(effect,)) if s.name == "effect" else s for s in report.sections)
    return replace(report, sections=sections)


@pytest.mark.parametrize(("wording", "claim"), [(DUTCH, "geen oorzakelijke"), (ENGLISH, "no causal claim")])
def test_an_effect_has_its_interval_and_makes_no_causal_claim(
    report: Report, wording: Wording, claim: str
) -> None:
    size = Figure("effect", "effect_size", Unit.DEVIATIONS, State.SHOWN, 0.31, 24, low=-0.1, high=0.72)
    made = with_effect(report, size)
    for text in (to_page(made, wording), " ".join(to_terminal(made, wording, 300, False).split())):
        assert claim in text and "reading-aloud" in text and "+0" in text
        assert wording.interval(size) in text


def test_an_effect_on_too_few_is_not_shown(report: Report) -> None:
    size = Figure(
        "effect", "effect_size", Unit.DEVIATIONS, State.WITHHELD, grouping="intervention", group="x"
    )
    made = with_effect(report, size)
    assert "Verschil in verandering: te klein om te tonen" in to_terminal(made, DUTCH, 200, False)
    (row,) = [row for row in figure_rows(made, DUTCH) if row["section"] == "effect"]
    assert (row["value"], row["n"], row["state"]) == (None, None, "withheld")


def test_sections_are_all_there_without_interventions(report: Report) -> None:
    (section,) = [s for s in report.sections if s.name == "effect"]
    assert section == Section("effect")
    assert "Er is dit schooljaar geen interventie" in to_terminal(report, DUTCH, 200, False)

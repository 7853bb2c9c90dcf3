"""A report as rows, one for each figure: for spreadsheets, for the API, and for whoever draws graphs of it."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from projections.report.model import Expectation, Figure, Report
from projections.report.wording import Wording

Row = dict[str, Any]
FIGURE_COLUMNS = (
    "school_key", "school_year", "section", "figure", "grouping", "group_key", "state", "value", "unit", "n",
    "coverage", "trend", "low", "high", "label", "reading", "question",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "school_key", "school_year", "expectation", "code", "rubric", "label", "verification", "source", "version",
    "indicator", "state", "value", "unit", "n", "coverage", "trend", "ceiling", "strength", "sentence",
)  # fmt: skip
CSV_COLUMNS = ("part", *dict.fromkeys((*FIGURE_COLUMNS, *EVIDENCE_COLUMNS)))
# What a spreadsheet takes for a formula (OWASP, CSV injection); a class may be called anything by a platform.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figure_rows(report: Report, wording: Wording) -> list[Row]:
    """One row for each figure: of the school, of its groups, and of its interventions."""
    return [
        {
            "school_key": report.school,
            "school_year": report.year,
            "section": figure.section,
            "figure": figure.name,
            "grouping": figure.grouping,
            "group_key": figure.group,
            **_measured(figure),
            "low": figure.low,
            "high": figure.high,
            **{word: wording(f"figure.{figure.name}.{word}") for word in ("label", "reading", "question")},
        }
        for figure in report.figures()
    ]


def evidence_rows(report: Report, wording: Wording) -> list[Row]:
    """One row for each expectation and indicator; one with the indicator `none` where no record can say anything."""
    return [
        {**_expected(report, expectation), **row}
        for expectation in report.expectations
        for row in _evidence(expectation, wording)
    ]


def to_csv(report: Report, wording: Wording) -> str:
    """Figures, then evidence, in one table; `part` says which of the two a row is."""
    found = [{"part": "figure", **row} for row in figure_rows(report, wording)]
    found += [{"part": "rok", **row} for row in evidence_rows(report, wording)]
    return write_csv(CSV_COLUMNS, found)


def write_csv(columns: Sequence[str], found: Iterable[Row]) -> str:
    """CSV (RFC 4180) with a header; numbers have a point, what is not known is empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in found)
    return text.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _measured(figure: Figure) -> Row:
    return {
        "state": figure.state.value,
        "value": figure.value,
        "unit": figure.unit.value,
        "n": figure.n,
        "coverage": figure.coverage,
        "trend": figure.trend,
    }


def _expected(report: Report, expectation: Expectation) -> Row:
    return {
        "school_key": report.school,
        "school_year": report.year,
        "expectation": expectation.name,
        "code": expectation.code,
        "rubric": expectation.rubric,
        "label": expectation.label,
        "verification": expectation.verification,
        "source": expectation.source,
        "version": expectation.version,
    }


def _evidence(expectation: Expectation, wording: Wording) -> list[Row]:
    if not expectation.evidence:
        told = {"ceiling": "none", "strength": "none", "sentence": wording.why_not(expectation)}
        nothing = dict.fromkeys(("value", "unit", "n", "coverage", "trend"))
        return [{"indicator": "none", "state": "unknown", **nothing, **told}]
    return [
        {
            "indicator": each.figure.name,
            **_measured(each.figure),
            "ceiling": each.ceiling,
            "strength": each.strength,
            "sentence": wording.sentence(each),
        }
        for each in expectation.evidence
    ]

"""A report as JSON: the rows of the long form, and of what file they come."""

import json
from dataclasses import asdict
from typing import Any

from projections.report.long_form import evidence_rows, figure_rows
from projections.report.model import Publication, Report
from projections.report.wording import Wording


def to_json(report: Report, wording: Wording) -> str:
    told = {
        "school_key": report.school,
        "school_year": report.year,
        "year_before": report.year_before,
        "as_of": report.as_of and report.as_of.isoformat(),
        "language": wording.language,
        "publication": publication_of(report.publication),
        "figures": figure_rows(report, wording),
        "rok": evidence_rows(report, wording),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def publication_of(publication: Publication) -> dict[str, Any]:
    """Of what moment a published file is, as JSON has it; times are UTC."""
    told = asdict(publication)
    for name in ("stored", "published_at"):
        told[name] = told[name] and f"{told[name].isoformat()}Z"
    return told

"""GET /api/v1/schools and what hangs under it: the rows of the school report, for programs."""

from collections.abc import Callable
from functools import partial

import duckdb
from flask import Blueprint, Response, g

from lrs.feed import Feed
from lrs.http.credentials import require
from lrs.http.errors import Refused, respond
from lrs.http.joined import Joined
from lrs.http.parts import parts
from lrs.settings import Settings
from projections.figures import projector_figures
from projections.query import NothingPublished
from projections.report.build import build_report
from projections.report.long_form import FIGURE_COLUMNS, figure_rows
from projections.report.published import UnknownSchool, choose, read_publication, rows, school_years
from projections.report.wording import Wording
from projections.web.answer import Rows, answer
from projections.web.openapi import SCOPES, paths
from projections.web.parameters import SPEC, Asked, read_asked
from projections.web.publications import Publications

INDICATOR_COLUMNS = ("school_key", "school_year", "indicator", "unit", "value", "n", "coverage", "trend")
ROK_COLUMNS = (
    "school_key", "school_year", "expectation", "code", "rubric", "label", "verification", "source", "version",
    "indicator", "value", "n", "coverage", "trend", "ceiling", "strength", "sentence", "sentence_en",
)  # fmt: skip
Years = list[str]
Read = Callable[[duckdb.DuckDBPyConnection, str, Years, Asked], Rows]


def quality_api(settings: Settings) -> Joined:
    """The read-only API on what is published for schools, and how far the projectors of this machine are.

    What the entry point of `leerspoor.web` names.
    """
    publications = Publications(settings)
    blueprint = Blueprint("quality", __name__, url_prefix="/api/v1")
    blueprint.add_url_rule("/schools", "schools", partial(_schools, publications))
    for name, known, read in (
        ("quality", ("year", "lang"), _figures),
        ("rok", ("year",), partial(_table, "rok_evidence", ROK_COLUMNS)),
        ("indicators", ("year",), partial(_table, "school_indicator", INDICATOR_COLUMNS)),
    ):
        view = partial(_of_school, publications, known, read)
        blueprint.add_url_rule(f"/schools/<path:school>/{name}", name, view)
    for error, refuse in _REFUSALS.items():
        blueprint.register_error_handler(error, refuse)
    return Joined(blueprint, paths, projector_figures(settings, lambda: Feed(parts().database)))


def _schools(publications: Publications) -> Response:
    require(*SCOPES)
    asked = read_asked()
    with publications.reading(g.credential.store) as connection:
        known = school_years(connection)
        found = [{"school_key": school, "school_years": years} for school, years in known.items()]
        return answer(
            read_publication(connection), asked, lambda: Rows(("school_key", "school_years"), found)
        )


def _of_school(publications: Publications, known: tuple[str, ...], read: Read, school: str) -> Response:
    require(*SCOPES)
    asked = read_asked(*known)
    with publications.reading(g.credential.store) as connection:
        there = school_years(connection)
        chosen = choose(there, school, asked.year)
        years = [chosen] if asked.year else there[school]
        return answer(read_publication(connection), asked, lambda: read(connection, school, years, asked))


def _figures(connection: duckdb.DuckDBPyConnection, school: str, years: Years, asked: Asked) -> Rows:
    wording = Wording(asked.language)
    reports = (build_report(connection, school, year) for year in years)
    return Rows(FIGURE_COLUMNS, [row for report in reports for row in figure_rows(report, wording)])


def _table(
    view: str,
    columns: tuple[str, ...],
    connection: duckdb.DuckDBPyConnection,
    school: str,
    years: Years,
    asked: Asked,
) -> Rows:
    select = f"select {', '.join(columns)} from {view}"
    where = f"{select} where school_key = ? and list_contains(?, school_year) order by all"
    return Rows(columns, rows(connection, where, [school, years]))


def _nothing_published(error: Exception) -> Response:
    return respond(Refused(503, str(error), "nothing-published", SPEC))


def _unusable(error: Exception) -> Response:
    told = f"the published file cannot be read; make another with `lrs publish` ({error})"
    return respond(Refused(503, told, "publication-unusable", SPEC))


def _unknown_school(error: Exception) -> Response:
    return respond(Refused(404, str(error), "unknown-school", SPEC))


_REFUSALS = {NothingPublished: _nothing_published, duckdb.Error: _unusable, UnknownSchool: _unknown_school}

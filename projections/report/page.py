"""A report as one HTML page that stands by itself: no script, nothing fetched, to print and to read on a phone."""

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from projections.report.measures import QUESTIONS
from projections.report.model import Report
from projections.report.wording import Wording


def to_page(report: Report, wording: Wording) -> str:
    environment = Environment(
        loader=PackageLoader("projections.report"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    title, *about = wording.about(report)
    return environment.get_template("school.html").render(
        report=report, say=wording, title=title, about=about, questions=QUESTIONS
    )

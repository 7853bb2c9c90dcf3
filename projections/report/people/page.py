"""A report as one HTML page that stands by itself: no script, nothing fetched, to print and to read on a phone."""

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from projections.report.people.layout import Layout
from projections.report.people.wording import Wording


def to_page(layout: Layout) -> str:
    """The page; every name, title and text in it is escaped."""
    environment = Environment(
        loader=PackageLoader("projections.report.people"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("people.html").render(page=layout, say=Wording(layout.language))

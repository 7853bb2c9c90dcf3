"""The dictionary as one page of HTML that needs nothing else."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lrs import __version__
from projections.dictionary.entries import Section


def to_html(sections: Sequence[Section]) -> str:
    """One self-contained page: no address outside it, an anchor per table, fit for print and for a phone."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    there = {entry.name for section in sections for entry in section.entries}
    return environment.get_template("page.html.jinja").render(
        sections=sections, there=there, version=__version__
    )

"""The HTML page: whole, well-formed, readable for everyone, and alone."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from projections.report.model import Report
from projections.report.page import to_page
from projections.report.wording import Wording

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Outline(HTMLParser):
    """Elements in order with their attributes, and whether each end tag closes what is open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(params=["nl", "en"])
def page(request: pytest.FixtureRequest, report: Report) -> str:
    return to_page(report, Wording(request.param))


def test_every_element_is_closed_and_no_id_is_there_twice(page: str) -> None:
    outline = Outline(page)
    assert (outline.wrong, outline.open) == ([], [])
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    named = {
        attributes["aria-labelledby"] for _, attributes in outline.elements if "aria-labelledby" in attributes
    }
    linked = {str(a["href"])[1:] for a in outline.named("a")}
    assert named | linked <= set(ids)


def test_it_fetches_nothing_and_runs_nothing(page: str) -> None:
    outline = Outline(page)
    assert not outline.named("script", "link", "img", "iframe", "object", "form", "base")
    assert all(str(a["href"]).startswith("#") for a in outline.named("a"))
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert styles and not any("url(" in style or "@import" in style for style in styles)
    assert not any(name.startswith("on") for _, attributes in outline.elements for name in attributes)
    assert "http://" not in page and "https://" not in page


def test_who_cannot_see_it_can_read_it(page: str) -> None:
    outline = Outline(page)
    assert outline.named("html")[0]["lang"] in ("nl", "en")
    headings = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1 and headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert len(outline.named("table")) == len(outline.named("caption")) > 5
    assert all(cell.get("scope") in ("col", "row") for cell in outline.named("th"))
    assert outline.named("main") and outline.named("nav")[0]["aria-label"]


def test_it_is_made_for_a_phone_and_for_paper(page: str) -> None:
    assert 'name="viewport"' in page and "@media print" in page


def test_dutch_labels_in_an_english_page_are_marked_as_dutch(report: Report) -> None:
    page = to_page(report, Wording("en"))
    assert '<span lang="nl">K2: Evalueert' in page


def test_each_figure_has_a_reading_and_a_question(report: Report) -> None:
    page, say = to_page(report, Wording("nl")), Wording("nl")
    for section in report.sections:
        assert say(f"section.{section.name}.title") in page
        for figure in section.figures:
            assert say(f"figure.{figure.name}.reading") in page
            assert say(f"figure.{figure.name}.question") in page
    for expectation in report.expectations:
        assert expectation.label in page


def test_a_small_school_reads_too_small_and_no_0(few: Report) -> None:
    page = to_page(few, Wording("nl"))
    values = re.findall(r'<p class="value[^"]*">([^<]*)</p>', page)
    cycles = len(next(s for s in few.sections if s.name == "quality_cycle").figures)
    about_learners = values[:-cycles]
    assert about_learners.count("te klein om te tonen") > 10
    assert not [value for value in about_learners if re.search("[0-9]", value)]


def test_what_a_class_is_called_is_text(report: Report) -> None:
    page = to_page(replace(report, school="<b>north</b>"), Wording("nl"))
    assert "<b>north" not in page and "&lt;b&gt;north" in page

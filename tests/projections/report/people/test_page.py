"""The pages, and where names may lie."""

import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from lrs.settings import Settings
from tests.projections.report.people.conftest import ANN, BOB, DORA, FRACTIONS, SPELLING, THOUGHT, Report

PAGES = {
    "class": ("class", "--class", "3a", "--teacher", "tine"),
    "learner": ("learner", "--learner", "ann", "--as", "learner"),
}


class Tags(HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(params=PAGES)
def page(report: Report, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    report(*PAGES[request.param], "--html", str(tmp_path / "page.html"))
    return (tmp_path / "page.html").read_text("utf-8")


def test_names_titles_and_texts_are_text_and_no_markup(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert ANN in tags.text and FRACTIONS in tags.text
    assert not {"script", "img", "b"} & {tag for tag, _ in tags.tags}
    assert not [name for _, attributes in tags.tags for name in attributes if name.startswith("on")]


def test_nothing_is_fetched(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    addresses = [
        a for _, attributes in tags.tags for n, a in attributes.items() if n in ("href", "src", "action")
    ]
    assert addresses and all(str(address).startswith("#") for address in addresses)
    assert not re.search(r"@import|url\(", page)


def test_every_table_has_headings_and_every_part_its_own(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    names = [tag for tag, _ in tags.tags]
    assert names.count("table") == names.count("thead") > 2
    assert all("scope" in attributes for tag, attributes in tags.tags if tag == "th")
    ids = [attributes["id"] for _, attributes in tags.tags if "id" in attributes]
    linked = [str(attributes["href"])[1:] for tag, attributes in tags.tags if tag == "a"]
    assert ids == linked and len(set(ids)) == len(ids)


def test_a_page_is_for_its_owner_s_eyes(report: Report, tmp_path: Path) -> None:
    report(*PAGES["class"], "--html", str(tmp_path / "page.html"))
    assert (tmp_path / "page.html").stat().st_mode & 0o077 == 0


def test_a_page_is_not_written_among_the_published_files(report: Report, school: Settings) -> None:
    path = school.home / "published" / "default" / "page.html"
    assert "published files, which hold no names" in report(*PAGES["class"], "--html", str(path), status=2)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_an_error_that_says_so(report: Report, tmp_path: Path) -> None:
    assert "cannot be written" in report(*PAGES["class"], "--html", str(tmp_path / "no" / "p.html"), status=1)


def test_no_name_title_or_text_is_in_any_published_file(report: Report, school: Settings) -> None:
    for arguments in PAGES.values():
        report(*arguments)
    files = [path for path in (school.home / "published").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".duckdb", ".parquet"}
    secrets = (ANN, BOB, DORA, FRACTIONS, SPELLING, THOUGHT, "van Bob", "Doras eigen doel", "Peeters")
    for path in files:
        content = path.read_bytes()
        assert not [each for each in secrets if each.encode() in content], path
        if path.suffix == ".parquet":  # compressed: asked, not grepped
            asked = f"select count(*) from read_parquet('{path}') as t where contains(t::varchar, ?)"
            assert not [each for each in secrets if duckdb.execute(asked, [each]).fetchall() != [(0,)]], path


def test_a_store_without_publications_is_told_what_to_do(report: Report) -> None:
    said = report("class", "--class", "3a", "--as", "administrator", "--store", "other", status=1)
    assert "nothing published yet" in said

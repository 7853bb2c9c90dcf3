"""The data dictionary says of every published table and column what it is, and nothing else."""

import json
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from lrs.settings import Settings
from projections.catalog import Projection, load_catalog
from projections.dictionary.cli import dictionary
from projections.dictionary.entries import Entry, read_entries, read_entry, sections, table_names
from projections.dictionary.markdown import to_markdown
from projections.dictionary.page import to_html
from projections.publish import publish
from tests.projections.conftest import copied

OWN = """-- One row per learner with <b>"goals" & | other things</b> in `goal_progress`.
-- grain: learner_key
-- reads: goal_progress
-- as: view
-- column learner_key: the learner
-- column goals: how many | <script>alert(1)</script>
select learner_key, count(*) as goals from goal_progress group by learner_key
"""


@pytest.fixture(scope="module")
def entries(catalog: list[Projection]) -> list[Entry]:
    return read_entries(catalog)


@pytest.fixture(scope="module")
def published(
    tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path, catalog: list[Projection]
) -> list[Path]:
    """learners.duckdb and schools.duckdb of an empty store."""
    home = tmp_path_factory.mktemp("home")
    warehouse = copied(empty_warehouse, Settings(home=home, publish_parquet=False))
    made = publish(warehouse, catalog)
    warehouse.close()
    return [made.learners, made.schools]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """The dictionary with a projection of one's own in it, of which the header holds what markup is made of."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "goals_by_learner.sql").write_text(OWN)
    return read_entries(load_catalog(folder))


def ask(*arguments: str, status: int = 0, folder: Path | None = None) -> Result:
    environment = {"LRS_PROJECTION_FOLDER": str(folder)} if folder else {}
    done = CliRunner(env=environment).invoke(dictionary, arguments)
    assert done.exit_code == status, f"{done.output}{done.exception!r}"
    return done


def test_it_is_a_command_of_lrs() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    commands = project["entry-points"]["leerspoor.commands"]
    assert commands["dictionary"] == "projections.dictionary.cli:dictionary"


def test_every_column_of_both_files_is_there_with_its_type_and_the_meaning_that_the_file_gives(
    published: list[Path], entries: list[Entry]
) -> None:
    query = (
        "select case schema_name when 'main' then '' else schema_name || '.' end || table_name, column_name, "
        "data_type, comment from duckdb_columns() where not internal order by schema_name, table_name, column_index"
    )
    for path, file in zip(published, ("learners.duckdb", "schools.duckdb"), strict=True):
        with duckdb.connect(path, read_only=True) as connection:
            found = connection.execute(query).fetchall()
        told = [(e.name, c.name, c.type, c.meaning) for e in entries if file in e.file for c in e.columns]
        assert sorted(told) == sorted(found)
        assert all(meaning for *_, meaning in found)


def test_every_table_of_both_files_says_in_the_file_what_a_row_of_it_is(
    published: list[Path], entries: list[Entry]
) -> None:
    purposes = {entry.name: entry.purpose for entry in entries}
    query = "select schema_name, table_name, comment from duckdb_tables() union all " + (
        "select schema_name, view_name, comment from duckdb_views() where not internal"
    )
    for path in published:
        with duckdb.connect(path, read_only=True) as connection:
            for schema, name, comment in connection.execute(query).fetchall():
                assert comment == purposes[name if schema == "main" else f"{schema}.{name}"] != ""


def test_a_table_stands_in_its_folder_with_what_it_reads_and_what_reads_it(entries: list[Entry]) -> None:
    by_name = {entry.name: entry for entry in entries}
    rate = by_name["planning_rate"]
    assert (rate.folder, rate.kind, rate.file) == ("self_regulation", "table", "learners.duckdb")
    assert rate.grain == ("store", "learner_key", "window_end")
    assert rate.reads == ("learner_window", "window_week", "task")
    assert rate.read_by == ("indicator",)
    assert rate.about["minimum n"] == "5 tasks"
    assert by_name["overdue"].kind == "view"
    assert (by_name["parsed_statement"].kind, by_name["parsed_statement"].file) == ("batch", "")
    assert {c.names for c in by_name["overdue"].columns if c.name == "goal_id"} == {"goal"}
    assert "`learners`" in by_name["attainment"].withheld
    assert by_name["planning_rate"].withheld == ""


def test_every_indicator_says_how_to_read_it(entries: list[Entry], catalog: list[Projection]) -> None:
    indicators = {p.name for p in catalog if "indicator" in p.header}
    told = {e.name: list(e.about) for e in entries if e.name in indicators}
    assert len(told) == len(indicators) > 30
    assert set(map(tuple, told.values())) == {("unit", "range", "minimum n", "direction", "reference")}


def test_folders_come_in_the_order_in_which_tables_are_made_and_ones_own_after_them(own: list[Entry]) -> None:
    folders = [section.folder for section in sections(own)]
    assert folders[:4] == ["facts", "goals", "self_regulation", "schools"]
    assert folders[-1] == "leerspoor"
    assert len(folders) == 6


def test_a_column_that_is_not_described_stops_it_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "goals_by_learner.sql").write_text(OWN.replace("-- column goals:", "-- column goal:"))
    with pytest.raises(ValueError, match=r"goals_by_learner.sql: column goal"):
        read_entries(load_catalog(tmp_path))
    assert "goals_by_learner.sql" in ask("goals_by_learner", status=1, folder=tmp_path).output


def test_markdown_has_a_heading_per_table_and_whole_rows(own: list[Entry]) -> None:
    lines = to_markdown(sections(own)).splitlines()
    headings = [line.removeprefix("### ") for line in lines if line.startswith("### ")]
    assert headings == [entry.name for entry in own]
    rows = [line for line in lines if line.startswith("|")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {4}
    assert len(rows) == sum(len(entry.columns) + 2 for entry in own)


class Page(HTMLParser):
    """What a page links to, names, loads and runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.labels: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag not in ("meta", "br", "input"):
            self.open.append(tag)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if "href" in told else []
        self.loaded += [told[name] for name in ("src", "srcset", "action", "data") if name in told]
        self.labels += [told[name] for name in ("for", "aria-labelledby") if name in told]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_nothing_outside_it_and_every_link_leads_somewhere(own: list[Entry]) -> None:
    text = to_html(sections(own))
    page = Page(text)
    assert page.open == []
    assert page.loaded == []
    assert "url(" not in text
    assert "@import" not in text
    assert all(link.startswith("#") for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} | set(page.labels) <= set(page.ids)
    assert {entry.name for entry in own} <= set(page.ids)


def test_the_page_shows_what_a_header_says_and_runs_none_of_it(own: list[Entry]) -> None:
    text = to_html(sections(own))
    assert Page(text).tags.count("script") == 1
    assert "&lt;script&gt;alert(1)" in text
    assert "<b>" not in text


def test_one_table_or_all_as_markdown_json_or_a_page(tmp_path: Path, entries: list[Entry]) -> None:
    assert ask("goal_progress").output.count("\n### ") == 1
    assert ask("meta").output.count("\n### ") == 1
    assert ask().output == to_markdown(sections(entries))
    told = json.loads(ask("--json").output)
    assert [each["name"] for each in told] == [entry.name for entry in entries]
    assert told[0]["columns"][0].keys() == {"name", "type", "meaning", "names"}
    ask("goal_progress", "--html", str(tmp_path / "one.html"))
    assert (tmp_path / "one.html").read_text("utf-8").count("<article") == 1


def test_a_table_alone_says_what_it_says_among_all(catalog: list[Projection], entries: list[Entry]) -> None:
    by_name = {entry.name: entry for entry in entries}
    for name in ("goal_progress", "parsed_statement", "attainment", "rok_expectation", "meta"):
        assert read_entry(catalog, name) == by_name[name]
    assert set(table_names(catalog)) == set(by_name)


def test_a_name_that_is_none_and_two_forms_at_once_are_refused_in_words(tmp_path: Path) -> None:
    assert "goal_progress" in ask("goal_progres", status=2).output
    assert "lrs dictionary lists them" in ask("zzz", status=2).output
    both = ask("--json", "--html", str(tmp_path / "a.html"), status=2)
    assert "exclude each other" in both.output
    assert not (tmp_path / "a.html").exists()


def test_a_page_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    assert "No such file" in ask("goal", "--html", str(tmp_path / "none" / "a.html"), status=1).output

"""No name, mailbox, account or word of a person's own leaves the store, wherever it was said.

Recognisable words are sent in by the ways that people have, and looked for in all bytes and values that are published
and in the warehouse that they are published from. Identifiers of things leave as they stand, when they are one word.
"""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from lrs.app import create_app
from lrs.cli import lrs
from lrs.feed import Feed
from lrs.http.parts import NAME
from lrs.settings import Settings
from projections import cli
from tests.lrs.conftest import Client, a_client
from tests.lrs.http.a_multipart import CONTENT_TYPE, a_body, a_part, an_attachment
from tests.lrs.http.document_resource import activity_profile_of, agent_profile_of, state_of
from tests.lrs.tabular.a_sheet import SHIPPED
from tests.projections.planted import Planted, an_agent
from tests.projections.planted_reference import (
    a_planted_calendar,
    a_planted_roster,
    a_planted_sheet,
    planted_goals,
    planted_levels,
)
from tests.projections.planted_statements import a_plain_statement, planted_statements

for _name, _command in (("project", cli.project), ("publish", cli.publish)):
    lrs.add_command(_command, _name)

# What the store itself does not keep of what it was sent.
NOT_KEPT = (
    "CASE abbreviatedStatement", "CASE creator", "CASE notes", "academicSessions.title", "classes.location",
    "classes.periods", "classes.subject", "courses.courseCode", "courses.subjects", "goals.json onderwijsdoelenset",
    "roles.sourcedId", "sheet: another column", "users.agentSourcedIds", "users.middleName", "users.password",
    "users.phone", "users.preferredMiddleName", "users.pronouns", "users.sms", "users.userIds",
)  # fmt: skip


class Store:
    """A home in which everything was planted by HTTP and by commands, then projected and published."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home, self.planted = folder, folder / "home", Planted()

    def fill(self) -> None:
        self.send()
        self.bring_in()
        self.run("project", "run", "--once")
        self.run("publish")

    def send(self) -> None:
        """Statements, attachments and documents by HTTP."""
        app = create_app(Settings(home=self.home))
        parts = app.extensions[NAME]
        client = a_client(app, parts, version="2.0.0")
        answer = client.post(planted_statements(self.planted))
        assert answer.status_code == 200, answer.text
        self.send_attachment(client)
        self.send_documents(client)
        parts.database.close()

    def send_attachment(self, client: Client) -> None:
        content = self.planted.text("attachment content").encode()
        statement = a_plain_statement(attachments=[an_attachment(content)])
        answer = client.send(
            "POST", "/xAPI/statements", a_body(statement, a_part(content)), content_type=CONTENT_TYPE
        )
        assert answer.status_code == 200, answer.text

    def send_documents(self, client: Client) -> None:
        for made in (state_of, activity_profile_of, agent_profile_of):
            name = made.__name__.removesuffix("_of")
            resource = made(client)
            resource = resource.at(**{key: self.whose(key, name) for key in resource.context})
            said = json.dumps({self.planted.word(f"{name} member"): self.planted.text(f"{name} content")})
            assert resource.put(self.planted.word(f"{name} id"), said.encode(), "application/json") == 204

    def whose(self, parameter: str, name: str) -> str:
        """The agent or the activity of a document."""
        if parameter == "agent":
            return json.dumps(an_agent(self.planted, f"agent of {name}"))
        return f"mailto:{self.planted.mailbox(f'activity of {name}')}"

    def bring_in(self) -> None:
        """Rosters, frameworks, calendars, levels, sheets and links by commands."""
        planted, folder = self.planted, self.folder
        for version in ("1.1", "1.2"):
            (folder / version).mkdir()
            accounts = [
                ("https://q.example.org", "identifier"),
                ("https://r.example.org", "userMasterIdentifier"),
            ]
            given = [f"--account={page}={column}" for page, column in accounts]
            named = [
                "--account",
                f"{planted.page('home page of accounts')}=username",
                "--account",
                "mbox=email",
            ]
            path = a_planted_roster(planted, folder / version, version)
            self.run("roster", "import", str(path), *named, *given, "--source", "sis")
        for path in planted_goals(planted, folder):
            self.run("goals", "import", str(path))
        self.run("calendar", "import", str(a_planted_calendar(planted, folder)))
        self.run("levels", "import", str(planted_levels(planted, folder)))
        sheet = a_planted_sheet(planted, folder)
        self.run("tabular", "import", "--mapping", str(SHIPPED["coach-talks"]), str(sheet))
        self.run(
            "person",
            "link",
            *(json.dumps(an_agent(planted, "person link", kind)) for kind in ("mbox", "openid")),
        )

    def run(self, *arguments: str) -> None:
        done = CliRunner(env={"LRS_HOME": str(self.home)}).invoke(lrs, arguments)
        assert done.exit_code == 0, f"{arguments}: {done.output}{done.exception!r}"

    def found_in(self, data: bytes) -> set[str]:
        return self.planted.found_in(data) | self.planted.found_in(unquote_to_bytes(data))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store(tmp_path_factory.mktemp("planted"))
    made.fill()
    return made


def duckdb_files(home: Path) -> list[Path]:
    return [*home.glob("published/**/*-[0-9]*.duckdb"), *home.glob("warehouse/**/*.duckdb")]


def log_of(home: Path) -> bytes:
    """What the store itself holds."""
    with closing(sqlite3.connect(home / "leerspoor.sqlite")) as connection:
        told = [
            connection.execute(f"select {what}").fetchall()
            for what in ("body from event_payload", "bytes from content")
        ]
    return b"\n".join(row if isinstance(row, bytes) else row.encode() for rows in told for (row,) in rows)


def values_of(path: Path) -> bytes:
    """All values of all tables and views of a DuckDB file, their names and their comments."""
    query = (
        "select schema_name, table_name, comment from duckdb_tables() union all "
        "select schema_name, view_name, comment from duckdb_views() where not internal"
    )
    with duckdb.connect(path, read_only=True) as connection:
        told = connection.execute(query).fetchall()
        rows = [connection.execute(f'from "{schema}"."{name}"').fetchall() for schema, name, _ in told]
    return repr((told, rows)).encode()


def test_each_word_came_into_the_store_before_it_was_looked_for(store: Store) -> None:
    missing = set(store.planted.words) - store.found_in(log_of(store.home))
    assert {place for place in missing if not place.startswith(NOT_KEPT)} == set()


def test_no_word_is_in_any_form_that_leaves_the_store(store: Store) -> None:
    feed = Feed.open(Settings(home=store.home))
    events = feed.read("default", 0, 10_000)
    feed.close()
    assert {"statement", "person_linked", "person_recorded"} < {event.kind for event in events}
    assert len({event.kind for event in events}) >= 12
    assert {event.position: f for event in events if (f := store.found_in(repr(event).encode()))} == {}


def test_no_word_is_in_the_bytes_of_any_file_outside_of_the_log(store: Store) -> None:
    files = [path for folder in ("published", "warehouse") for path in (store.home / folder).rglob("*")]
    read = [path for path in files if path.is_file() and not path.is_symlink()]
    assert {path.suffix for path in read} >= {".duckdb", ".parquet", ".json"}
    assert {path.name: found for path in read if (found := store.found_in(path.read_bytes()))} == {}


def test_no_word_is_among_the_values_of_any_table(store: Store) -> None:
    files = duckdb_files(store.home)
    assert len(files) == 3
    values = {path.name: values_of(path) for path in files}
    assert all(b"https://example.org/goal" in each for name, each in values.items() if "schools" not in name)
    assert {name: found for name, each in values.items() if (found := store.found_in(each))} == {}


def test_no_word_is_among_the_values_of_any_parquet_file_or_in_its_metadata(store: Store) -> None:
    folders = list(store.home.glob("published/*/*-parquet"))
    tables = {path: pq.read_table(path) for folder in folders for path in folder.resolve().iterdir()}
    assert {"goal_progress", "attainment", "learner.parquet"} <= {path.name for path in tables}
    told = {path.name: repr((t.to_pylist(), t.schema.metadata, list(t.schema))) for path, t in tables.items()}
    assert {name: found for name, text in told.items() if (found := store.found_in(text.encode()))} == {}


def spelled(word: str) -> Iterator[bytes]:
    """Ways in which a word could get out."""
    mailbox = f"{word}@school.example.org".encode()
    yield word.upper().encode()
    yield quote(f"https://example.org/{word}").encode()
    yield "".join(f"%{byte:02X}" for byte in word.encode()).encode()
    yield mailbox.hex().encode()
    yield from (base64.b64encode(b"x" * before + mailbox) for before in range(3))
    yield hashlib.sha1(b"mailto:" + mailbox, usedforsecurity=False).hexdigest().encode()
    yield b'key="' + hashlib.sha256(mailbox.lower()).hexdigest().upper().encode()


def test_a_word_is_found_however_it_is_spelled(store: Store) -> None:
    for way in spelled(store.planted.words["attachment content"]):
        assert store.found_in(b"\0 something " + way + b"\xff else"), way
    assert store.found_in(b"nothing of the kind") == set()

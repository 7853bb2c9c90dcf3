"""Real input through real processes: over HTTP by a public client, and from a file."""

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tincan import RemoteLRS, Statement
from tincan.conversions.iso8601 import jsonify_datetime

from lrs.settings import Settings
from projections.query import open_published
from tests.services.server import Server, run_lrs

pytestmark = pytest.mark.services

SET_BY_THE_STORE = ("stored", "authority", "version")
FINGERPRINT = """
select count(*), sum(hash(made)::hugeint)
from (select columns(lambda c: c not in ('position', 'stored', 'authority_key')) from {name}) as made
"""


def real_statements() -> list[str]:
    """The 22,000 statements of a MOOC platform's video player, one JSON text each."""
    folder = Path(__file__).parents[3] / "shared" / "data"
    path = Path(os.environ.get("LRS_TEST_STATEMENTS", folder / "video-statements.ndjson.gz"))
    if not path.exists():
        assert "CI" not in os.environ, f"{path.name} must be there where every test has to run"
        pytest.skip(f"{path.name} is not here: name it in LRS_TEST_STATEMENTS")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return lines.read().splitlines()


def batches(lines: list[str], size: int) -> Iterator[list[str]]:
    return (lines[start : start + size] for start in range(0, len(lines), size))


def content(statement: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in statement.items() if name not in SET_BY_THE_STORE}


def all_statements(server: Server) -> dict[str, dict[str, Any]]:
    """Everything GET gives, page after page, by id."""
    found: dict[str, dict[str, Any]] = {}
    link = "/xAPI/statements?limit=1000&ascending=true"
    while link:
        status, body = server.request("GET", link)
        assert status == 200, body
        page = json.loads(body)
        found |= {s["id"]: s for s in page["statements"]}
        link = page["more"]
    return found


def tables(home: Path) -> dict[str, Any]:
    """A fingerprint of every published table, but for what depends on the way in: position, stored, authority."""
    run_lrs(home, "publish")
    connection = open_published(Settings(home=home), "default")
    query = (
        "select table_name from information_schema.tables "
        "where table_catalog in ('learners', 'schools') and table_schema = 'main'"
    )
    names = sorted({name for (name,) in connection.execute(query).fetchall()} - {"meta"})
    assert {"statement_fact", "goal_progress", "attainment"} <= set(names)
    made = {name: connection.execute(FINGERPRINT.format(name=name)).fetchall() for name in names}
    connection.close()
    return made


def as_tincan_sends(line: str) -> dict[str, Any]:
    """What the client makes of a statement before it sends it; a timestamp is written its own way."""
    statement = Statement(json.loads(line))
    sent: dict[str, Any] = json.loads(statement.to_json())
    assert sent["timestamp"] == jsonify_datetime(statement.timestamp)
    return content(sent)


def test_a_public_client_posts_and_gets_back_and_both_ways_in_give_the_same_tables(tmp_path: Path) -> None:
    lines = real_statements()
    sent = [as_tincan_sends(line) for line in lines]
    http, file = tmp_path / "http", tmp_path / "file"
    with Server(http) as server:
        client = RemoteLRS(
            endpoint=server.endpoint, version="1.0.3", username=server.key, password=server.secret
        )
        for some in batches(lines, 500):
            answer = client.save_statements([Statement(json.loads(line)) for line in some])
            assert answer.success, answer.data
        found = all_statements(server)
    assert len(found) == len(lines)
    for statement in sent:
        assert content(found[statement["id"]]) == statement
    file.mkdir()
    shutil.copy(http / "agent_key_secret", file)  # the same learners get the same keys
    (tmp_path / "sent.ndjson").write_text("".join(json.dumps(s) + "\n" for s in sent))
    assert f"{len(lines)} stored" in run_lrs(file, "import", str(tmp_path / "sent.ndjson")).stdout
    assert (
        f"0 stored, {len(lines)} were there" in run_lrs(file, "import", str(tmp_path / "sent.ndjson")).stdout
    )
    for home in (http, file):
        run_lrs(home, "project", "run", "--once")
    live = tables(http)
    assert tables(file) == live
    run_lrs(http, "project", "rebuild")
    assert tables(http) == live
    assert live["statement_fact"][0][0] == len(lines)
    assert "0 faults" in run_lrs(http, "log", "verify").stdout

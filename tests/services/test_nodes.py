"""Several LRS nodes on one PostgreSQL: each answers as if it were the only one."""

import itertools
import json
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.lrs.conftest import a_statement, an_id
from tests.services.postgresql import PostgreSQL
from tests.services.server import Server, run_lrs
from tests.services.test_up import wait_for

pytestmark = pytest.mark.services

SECRET = "one secret for all nodes of an installation"
THROUGH = "X-Experience-API-Consistent-Through"
ACTIVITY = "https://example.org/activities/shared"


@pytest.fixture(scope="module")
def installation(postgresql: PostgreSQL) -> dict[str, Any]:
    return {
        "database": postgresql.new_database(),
        "agent_key_secret": SECRET,
        "public_url": "http://lrs.example.org",
    }


@pytest.fixture(scope="module")
def nodes(
    tmp_path_factory: pytest.TempPathFactory, installation: dict[str, Any]
) -> Iterator[tuple[Server, Server]]:
    """Two nodes with no folder in common, as on two machines."""
    homes = [tmp_path_factory.mktemp("node") / "home" for _ in range(2)]
    with Server(homes[0], **installation) as one, Server(homes[1], **installation) as other:
        other.key, other.secret = one.key, one.secret
        yield one, other


def get(server: Server, path: str) -> tuple[int, Any, Message]:
    connection = server.connection()
    try:
        connection.request("GET", path, headers=server.headers())
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None, answer.headers
    finally:
        connection.close()


def test_what_is_stored_at_one_is_read_at_the_other_at_once(nodes: tuple[Server, Server]) -> None:
    for writer, reader in [nodes, nodes[::-1]] * 10:
        one = an_id()
        assert writer.post(a_statement(id=one))[0] == 200
        status, statement, headers = get(reader, f"/xAPI/statements?statementId={one}")
        assert (status, statement["id"]) == (200, one)
        assert headers[THROUGH] >= statement["stored"]
        _, page, _ = get(reader, "/xAPI/statements?limit=1")
        assert page["statements"][0]["id"] == one


def test_consistent_through_never_goes_back_from_node_to_node(nodes: tuple[Server, Server]) -> None:
    told = []
    for turn, server in enumerate(itertools.islice(itertools.cycle(nodes), 40)):
        if turn % 3 == 0:
            server.post(a_statement())
        told.append(get(server, "/xAPI/statements?limit=1")[2][THROUGH])
    assert told == sorted(told)


def test_a_more_link_of_one_is_followed_at_the_other(nodes: tuple[Server, Server]) -> None:
    one, other = nodes
    ids = one.post([a_statement() for _ in range(5)])[1]
    _, first, _ = get(one, "/xAPI/statements?limit=3")
    one.post(a_statement())  # comes too late for this walk
    _, second, _ = get(other, first["more"])
    assert [s["id"] for s in first["statements"] + second["statements"]][:5] == ids[::-1]


def test_the_last_word_on_an_activity_is_known_at_both(nodes: tuple[Server, Server]) -> None:
    for turn, server in enumerate([*nodes, *nodes, nodes[0], nodes[0], nodes[1]]):
        thing = {"id": ACTIVITY, "definition": {"name": {"nl": f"naam {turn % 3}"}}}
        assert server.post(a_statement(object=thing))[0] == 200
        for reader in nodes:
            _, activity, _ = get(reader, f"/xAPI/activities?activityId={quote(ACTIVITY, safe='')}")
            assert activity["definition"]["name"] == {"nl": f"naam {turn % 3}"}


def test_a_document_changed_at_one_has_its_new_tag_at_the_other(nodes: tuple[Server, Server]) -> None:
    agent = quote(json.dumps({"mbox": "mailto:an@example.org"}))
    path = f"/xAPI/activities/state?stateId=page&activityId={quote(ACTIVITY, safe='')}&agent={agent}"
    for turn, (writer, reader) in enumerate([nodes, nodes[::-1]] * 3):
        assert writer.request("POST", path, json.dumps({f"turn {turn}": turn}).encode())[0] == 204
        assert get(reader, path)[1][f"turn {turn}"] == turn
        assert get(reader, path)[2]["ETag"] == get(writer, path)[2]["ETag"]


def test_a_revoked_credential_works_nowhere_within_a_second(nodes: tuple[Server, Server]) -> None:
    one, other = nodes
    made = json.loads(one.run("credential", "create", "--json").stdout)
    kept = one.key, one.secret
    for server in nodes:
        server.key, server.secret = made["key"], made["secret"]
        assert get(server, "/xAPI/statements")[0] == 200
    other.run("credential", "revoke", made["key"])
    wait_for("refused at both", until=lambda: [get(s, "/xAPI/statements")[0] for s in nodes] == [401, 401])
    for server in nodes:
        server.key, server.secret = kept


def test_a_node_with_another_agent_key_secret_does_not_start(
    nodes: tuple[Server, Server], installation: dict[str, Any], tmp_path: Path
) -> None:
    wrong = installation | {"agent_key_secret": "another secret than that of the others"}
    done = run_lrs(tmp_path, "serve", check=False, settings=wrong)
    assert (done.returncode, "LRS_AGENT_KEY_SECRET" in done.stderr) == (1, True)


def test_the_projector_of_lrs_up_folds_what_came_in_at_another_node(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    shared: dict[str, Any] = {"database": postgresql.new_database(), "agent_key_secret": SECRET}
    with (
        Server(tmp_path / "up" / "home", command="up", publish_seconds=1, **shared) as up,
        Server(tmp_path / "serve" / "home", **shared) as other,
    ):
        assert up.post([a_statement() for _ in range(20)])[0] == 200
        assert other.post([a_statement() for _ in range(20)])[0] == 200
        wait_for("projected", until=lambda: projected(up) == 40)
        assert "published position 40" in up.run("publish").stdout
        asked = "select count(distinct statement_id) as n from logged_statement"
        assert json.loads(up.run("query", asked, "--json").stdout) == [{"n": 40}]


def projected(server: Server) -> int:
    told = json.loads(server.run("project", "status", "--json").stdout)
    return int(told[0]["position"]) if told else 0

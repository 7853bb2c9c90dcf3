"""`tincan` for Python, all it offers, against a running server; it works in full with a lenient credential."""

import json
from typing import Any

import pytest
from tincan import (
    Activity,
    ActivityProfileDocument,
    Agent,
    AgentProfileDocument,
    RemoteLRS,
    StateDocument,
    Statement,
    StatementRef,
    Verb,
)

from tests.services.clients import credential
from tests.services.server import Server

pytestmark = pytest.mark.services

NOOR = Agent(mbox="mailto:noor@example.org", name="Noor")
FRACTIONS = Activity(id="https://example.org/activities/fractions")
IDS = [f"9c000000-0000-4000-8000-00000000000{n}" for n in range(1, 4)]


def a_client(server: Server, *options: str) -> Any:
    key, secret = credential(server, *options)
    return RemoteLRS(endpoint=server.endpoint, version="1.0.3", username=key, password=secret)


@pytest.fixture(scope="module")
def client(server: Server) -> Any:
    return a_client(server, "--lenient")


def a_statement(statement_id: str, verb: str, thing: Any = FRACTIONS) -> Statement:
    verb_id = f"http://adlnet.gov/expapi/verbs/{verb}"
    return Statement(id=statement_id, actor=NOOR, verb=Verb(id=verb_id), object=thing)


def ok(answer: Any) -> Any:
    """The content of an answer that must be a success."""
    assert answer.success, answer.data
    return answer.content


def ids(found: Any) -> list[str]:
    return [str(statement.id) for statement in found.statements]


def test_its_statements_are_stored_found_paged_and_voided(server: Server, client: Any) -> None:
    ok(client.save_statement(a_statement(IDS[0], "completed")))
    ok(client.save_statements([a_statement(IDS[1], "passed"), a_statement(IDS[2], "completed")]))
    assert str(ok(client.retrieve_statement(IDS[1])).verb.id).endswith("/passed")
    wanted = {"agent": NOOR, "activity": FRACTIONS, "ascending": True, "related_agents": False, "limit": 2}
    first = ok(client.query_statements(wanted))
    second = ok(client.more_statements(first))
    assert (ids(first), ids(second), second.more) == (IDS[:2], IDS[2:], "")
    ok(
        client.save_statement(
            a_statement("9c000000-0000-4000-8000-00000000000f", "voided", StatementRef(id=IDS[0]))
        )
    )
    assert client.retrieve_statement(IDS[0]).response.status == 404
    assert str(ok(client.retrieve_voided_statement(IDS[0])).id) == IDS[0]
    status, body = server.request("GET", f"/xAPI/statements?statementId={IDS[1]}")
    assert (status, json.loads(body)["actor"]["mbox"]) == (200, "mailto:noor@example.org")


def tag(answer: Any) -> str:
    """The entity tag of an answer, which the client leaves to its caller to read."""
    found: str = answer.response.getheader("ETag")
    return found


def test_its_state_is_kept_guarded_by_its_tag_and_cleared(client: Any) -> None:
    def state(content: str, name: str = "bookmark", **more: Any) -> Any:
        return StateDocument(id=name, activity=FRACTIONS, agent=NOOR, content=content, **more)

    ok(client.save_state(state("page 3")))
    ok(client.save_state(state("page 4")))  # it sends each state twice, which a tag would not survive
    ok(client.save_state(state("een, twee", "note")))
    kept = client.retrieve_state(FRACTIONS, NOOR, "bookmark")
    assert ok(kept).content == b"page 4"
    assert ok(client.retrieve_state(FRACTIONS, NOOR, "note")).content == b"een, twee"
    assert sorted(ok(client.retrieve_state_ids(FRACTIONS, NOOR))) == ["bookmark", "note"]
    assert client.delete_state(state("", etag='"of-old"')).response.status == 412
    ok(client.delete_state(state("", etag=tag(kept))))
    assert ok(client.retrieve_state_ids(FRACTIONS, NOOR)) == ["note"]
    ok(client.clear_state(FRACTIONS, NOOR))
    assert ok(client.retrieve_state_ids(FRACTIONS, NOOR)) == []


@pytest.mark.parametrize(
    ("kind", "of", "document"),
    [
        ("activity", {"activity": FRACTIONS}, ActivityProfileDocument),
        ("agent", {"agent": NOOR}, AgentProfileDocument),
    ],
)
def test_its_profiles_are_kept_and_guarded_by_their_tag(
    client: Any, kind: str, of: dict[str, Any], document: Any
) -> None:
    save, delete = getattr(client, f"save_{kind}_profile"), getattr(client, f"delete_{kind}_profile")
    [where] = of.values()
    ok(save(document(id="p", content="level 2", **of)))
    assert save(document(id="p", content="level 1", **of)).response.status == 409
    kept = getattr(client, f"retrieve_{kind}_profile")(where, "p")
    assert ok(kept).content == b"level 2"
    ok(save(document(id="p", content="level 3", etag=tag(kept), **of)))
    assert save(document(id="p", content="level 9", etag=tag(kept), **of)).response.status == 412
    assert ok(getattr(client, f"retrieve_{kind}_profile_ids")(where)) == ["p"]
    ok(delete(document(id="p", **of)))
    assert ok(getattr(client, f"retrieve_{kind}_profile_ids")(where)) == []


def test_what_it_does_against_xapi_is_refused_from_a_strict_credential(server: Server) -> None:
    strict = a_client(server)
    refused = strict.query_statements({"ascending": True})
    assert json.loads(refused.data)["rule"] == "parameter-ascending"
    refused = strict.save_activity_profile(ActivityProfileDocument(id="new", activity=FRACTIONS, content="a"))
    assert json.loads(refused.data)["rule"] == "precondition-missing"

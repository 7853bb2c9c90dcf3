"""/xAPI/activities/state: registrations, agents, many documents at once (Communication 2.3)."""

import json

import pytest
from flask import Flask

from lrs.http.parts import Parts
from tests.lrs.conftest import Client, a_client
from tests.lrs.http.document_resource import Resource, everything, state_of

REGISTRATION = "abcdef00-0000-4000-8000-00000000000a"
OTHER = "abcdef00-0000-4000-8000-00000000000b"


@pytest.fixture(params=["1.0.3", "2.0.0"])
def state(request: pytest.FixtureRequest, app: Flask, shared: Parts) -> Resource:
    return state_of(a_client(app, shared, version=request.param))


@pytest.fixture
def registered(state: Resource) -> Resource:
    return state.at(registration=REGISTRATION)


def test_a_document_of_a_registration_is_another_than_that_without(
    state: Resource, registered: Resource
) -> None:
    other = state.at(registration=OTHER)
    for resource, text in ((state, "none"), (registered, "one"), (other, "other")):
        assert resource.put("one", text.encode()) == 204
    assert [each.text("one") for each in (state, registered, other)] == ["none", "one", "other"]
    assert registered.put("one", b"new", If_Match=registered.tag("one")) == 204
    assert [each.text("one") for each in (state, registered, other)] == ["none", "new", "other"]


@pytest.mark.parametrize("deleted", [None, REGISTRATION, OTHER])
def test_deleting_one_document_leaves_that_of_every_other_registration(
    state: Resource, deleted: str | None
) -> None:
    all_three = {each: state.at(registration=each) if each else state for each in (None, REGISTRATION, OTHER)}
    for resource in all_three.values():
        resource.put("one", b"x")
        resource.put("sibling", b"x")
    assert all_three[deleted].delete("one") == 204
    assert {each: resource.text("one") for each, resource in all_three.items()} == {
        each: None if each == deleted else "x" for each in all_three
    }
    assert all(resource.text("sibling") == "x" for resource in all_three.values())


def test_a_post_merges_within_its_registration(state: Resource, registered: Resource) -> None:
    state.post("one", b'{"a":1}')
    registered.post("one", b'{"b":1}')
    state.post("one", b'{"c":1}')
    assert (state.get("one").json, registered.get("one").json) == ({"a": 1, "c": 1}, {"b": 1})


def test_the_ids_of_a_registration_are_its_own(state: Resource, registered: Resource) -> None:
    state.put("a", b"x")
    registered.put("b", b"x")
    assert registered.ids() == ["b"]
    assert state.at(registration=OTHER).ids() == []


def test_the_ids_without_a_registration_are_those_of_all_each_once(
    state: Resource, registered: Resource
) -> None:
    state.put("a", b"x")
    registered.put("b", b"x")
    registered.put("a", b"x")
    state.at(registration=OTHER).put("c", b"x")
    assert state.ids() == ["a", "b", "c"]


def test_deleting_a_registration_leaves_all_else(state: Resource, registered: Resource) -> None:
    other = state.at(registration=OTHER)
    for resource in (state, registered, other):
        resource.put("one", b"x")
        resource.put("two", b"x")
    assert registered.delete() == 204
    assert registered.ids() == []
    assert [each.text("one") for each in (state, registered, other)] == ["x", None, "x"]


def test_deleting_without_a_registration_deletes_that_of_all(state: Resource, registered: Resource) -> None:
    for resource in (state, registered):
        resource.put("one", b"x")
    elsewhere = state.at(activityId="https://example.org/activities/2")
    somebody = state.at(agent='{"mbox":"mailto:bo@example.org"}')
    for resource in (elsewhere, somebody):
        resource.put("one", b"x")
    assert state.delete() == 204
    assert [each.text("one") for each in (state, registered, elsewhere, somebody)] == [None, None, "x", "x"]


def test_deleting_many_where_nothing_is_is_no_event(state: Resource, shared: Parts) -> None:
    before = everything(shared)
    assert state.delete() == state.at(registration=OTHER).delete() == 204
    assert everything(shared) == before


def test_many_are_not_deleted_under_a_condition_that_they_cannot_meet(state: Resource, shared: Parts) -> None:
    assert state.delete(If_Match="*") == 412
    state.put("one", b"x")
    before = everything(shared)
    assert state.delete(If_Match=state.tag("one")) == 412  # of one document, not of them all
    assert state.delete(If_None_Match="*") == 412
    assert everything(shared) == before
    assert state.delete(If_Match="*") == 204
    assert state.ids() == []


def test_one_registration_may_be_written_in_either_case(state: Resource) -> None:
    upper, lower = state.at(registration=REGISTRATION.upper()), state.at(registration=REGISTRATION)
    assert upper.put("one", b"x") == 204
    assert (lower.text("one"), lower.ids()) == ("x", ["one"])
    assert lower.put("one", b"y") == 412
    assert upper.delete("one") == 204
    assert lower.text("one") is None
    lower.put("one", b"x")
    assert upper.delete() == 204
    assert lower.ids() == []


def test_an_agent_is_its_identifier(state: Resource) -> None:
    state.put("one", b"x")
    for written in (
        {"name": "An", "mbox": "mailto:an@example.org", "objectType": "Agent"},
        {"objectType": "Group", "mbox": "mailto:an@example.org"},
        {"mbox_sha1sum": "0" * 40},
    ):
        found = state.at(agent=json.dumps(written)).text("one")
        assert (found == "x") == ("mbox" in written), written
    account = {"account": {"homePage": "https://example.org", "name": "an"}}
    assert state.at(agent=json.dumps(account)).text("one") is None


def test_activities_are_compared_as_strings(state: Resource) -> None:
    state.put("one", b"x")
    assert state.at(activityId="https://example.org/Activities/1").text("one") is None
    assert state.at(activityId="https://EXAMPLE.org/activities/1").text("one") is None


def test_activities_and_agents_nobody_heard_of_are_taken(state: Resource) -> None:
    unheard = state.at(
        activityId="urn:uuid:00000000-0000-4000-8000-000000000001",
        agent='{"openid":"https://nobody.example.org"}',
    )
    assert unheard.put("one", b"x") == 204
    assert unheard.text("one") == "x"


def test_statements_do_not_see_documents(client: Client) -> None:
    state_of(client).put("one", b"x")
    assert client.found() == []

"""/xAPI/activities/profile (Communication 2.7)."""

import pytest

from lrs.http.parts import Parts
from tests.lrs.conftest import Client
from tests.lrs.http.document_resource import NEW, Resource, activity_profile_of, everything


@pytest.fixture
def profile(client: Client) -> Resource:
    return activity_profile_of(client)


def test_each_activity_has_profiles_of_its_own(profile: Resource) -> None:
    other = profile.at(activityId="https://example.org/activities/2")
    assert profile.put("one", b"1") == other.put("one", b"2") == 204
    assert (profile.text("one"), other.text("one")) == ("1", "2")
    assert profile.delete("one") == 204
    assert (profile.ids(), other.ids()) == ([], ["one"])


def test_all_profiles_are_never_deleted_at_once(profile: Resource, shared: Parts) -> None:
    profile.put("one", b"1")
    before = everything(shared)
    answer = profile.send("DELETE")
    assert (answer.status_code, answer.json["path"]) == (400, "?profileId")
    assert everything(shared) == before


@pytest.mark.parametrize("name", ["registration", "agent", "stateId"])
def test_what_belongs_to_state_is_unknown_here(profile: Resource, name: str) -> None:
    for method in ("PUT", "GET", "DELETE"):
        body = b"{}" if method == "PUT" else None
        answer = profile.send(method, "one", body, query={name: "x"}, headers=NEW)
        assert (answer.status_code, answer.json["path"]) == (400, f"?{name}")


def test_a_profile_is_not_a_definition(profile: Resource, client: Client) -> None:
    profile.put("one", b'{"name":{"nl":"x"}}', "application/json")
    answer = client.send("GET", "/xAPI/activities", query_string=profile.context)
    assert "definition" not in answer.json

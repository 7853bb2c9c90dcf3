"""Who may change a document, knowing what (Communication 3.1)."""

import json
import threading
from collections.abc import Callable

import pytest
from flask import Flask

from lrs.http.parts import Parts
from tests.lrs.conftest import Client, a_client
from tests.lrs.http.document_resource import (
    Resource,
    activity_profile_of,
    agent_profile_of,
    everything,
    state_of,
)

JSON = "application/json"
VERSIONS = ["1.0.3", "2.0.0"]


def refused(resource: Resource, shared: Parts, method: str, status: int, **headers: str) -> None:
    """The request is answered with this status, and changes nothing of the log or the index."""
    before = everything(shared)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    body = None if method == "DELETE" else b'{"refused":true}'
    answer = resource.send(method, "one", body, headers=given)
    assert (answer.status_code, bool(answer.json["error"])) == (status, True), answer.text
    assert everything(shared) == before


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_wrong_precondition_is_412_and_changes_nothing(
    versioned: Resource, shared: Parts, method: str
) -> None:
    refused(versioned, shared, method, 412, If_Match='"other"')
    refused(versioned, shared, method, 412, If_Match="*")
    versioned.put("one", b"{}", JSON)
    tag = versioned.tag("one")
    refused(versioned, shared, method, 412, If_Match='"other", W/"another"')
    refused(versioned, shared, method, 412, If_None_Match="*")
    refused(versioned, shared, method, 412, If_None_Match=f'"other", {tag}')
    refused(versioned, shared, method, 412, If_Match=tag, If_None_Match=tag)


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_right_precondition_lets_the_change_happen(versioned: Resource, method: str, form: str) -> None:
    versioned.put("one", b"{}", JSON)
    tag = versioned.tag("one")
    headers = {"If-Match": form.format(tag)}
    body = None if method == "DELETE" else b'{"a":1}'
    assert versioned.send(method, "one", body, headers=headers).status_code == 204
    assert versioned.text("one") == (None if method == "DELETE" else '{"a":1}')


def test_a_tag_is_of_the_content_so_the_same_content_has_it_again(versioned: Resource) -> None:
    versioned.put("one", b"a")
    tag = versioned.tag("one")
    assert versioned.put("one", b"b", If_Match=tag) == 204
    assert versioned.tag("one") != tag
    assert versioned.put("one", b"a", If_Match=versioned.tag("one")) == 204
    assert versioned.tag("one") == tag


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("made", [activity_profile_of, agent_profile_of])
def test_a_profile_is_not_overwritten_unknowingly(
    app: Flask, shared: Parts, made: Callable[[Client], Resource], version: str
) -> None:
    resource = made(a_client(app, shared, version=version))
    resource.put("one", b"{}", JSON)
    refused(resource, shared, "PUT", 409)
    assert resource.post("one", b'{"a":1}') == 204
    assert resource.delete("one") == 204


@pytest.mark.parametrize("made", [activity_profile_of, agent_profile_of])
def test_a_new_profile_put_without_a_header_is_400_in_1_0_alone(
    app: Flask, shared: Parts, made: Callable[[Client], Resource]
) -> None:
    refused(made(a_client(app, shared)), shared, "PUT", 400)
    later = made(a_client(app, shared, version="2.0.0"))
    assert later.send("PUT", "one", b"{}", headers={}).status_code == 204


def test_state_is_overwritten_without_a_header_in_1_0_alone(app: Flask, shared: Parts) -> None:
    state, later = state_of(a_client(app, shared)), state_of(a_client(app, shared, version="2.0.0"))
    assert state.send("PUT", "one", b"1").status_code == 204
    assert state.send("PUT", "one", b"2").status_code == 204
    refused(later, shared, "PUT", 409)
    assert later.send("PUT", "new", b"1").status_code == 204
    assert (state.text("one"), later.text("new")) == ("2", "1")


def in_ten_threads(do: Callable[[int], int]) -> list[int]:
    statuses = [0] * 10

    def run(number: int) -> None:
        statuses[number] = do(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_of_ten_writers_who_know_the_same_tag_one_wins(resource: Resource, method: str) -> None:
    resource.put("one", b'{"first":true}', JSON)
    given = {"If-Match": resource.tag("one")}

    def write(number: int) -> int:
        body = json.dumps({"writer": number}).encode()
        return resource.send(method, "one", body, headers=given).status_code

    statuses = in_ten_threads(write)
    assert sorted(statuses) == [204] + [412] * 9
    assert resource.get("one").json["writer"] == statuses.index(204)


def test_of_ten_writers_of_a_new_document_one_wins(resource: Resource) -> None:
    statuses = in_ten_threads(lambda number: resource.put("one", str(number).encode()))
    assert sorted(statuses) == [204] + [412] * 9
    assert resource.text("one") == str(statuses.index(204))


def test_of_ten_who_post_at_once_none_is_lost(resource: Resource) -> None:
    assert (
        in_ten_threads(lambda number: resource.post("one", json.dumps({str(number): 1}).encode()))
        == [204] * 10
    )
    assert resource.get("one").json == {str(number): 1 for number in range(10)}

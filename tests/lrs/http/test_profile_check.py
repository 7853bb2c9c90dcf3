"""Per credential: a broken rule of a profile is nothing, is recorded, or is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lrs.app import create_app
from lrs.credential.credentials import create_credential
from lrs.feed import Feed
from lrs.http.parts import NAME, Parts
from lrs.index.rebuild import reindex
from lrs.profile.load import InvalidProfile
from lrs.settings import Settings
from tests.lrs.conftest import Client, a_statement, an_id
from tests.lrs.profile.foreign import write_profiles
from tests.schemas.xapi.profiles.examples import an_example

TEMPLATE = "https://w3id.org/xapi/gsl/templates/duration-estimated"


def held(app: Flask, shared: Parts, profile_check: str) -> Client:
    made, secret = create_credential(shared.database, profile_check=profile_check)
    return Client(app, made.key, secret)


def an_estimate(**result: Any) -> dict[str, Any]:
    """An estimate of a duration, which must say how long."""
    verb = {"id": "http://id.tincanapi.com/verb/estimated-duration"}
    return a_statement(id=an_id(), verb=verb, result=result, timestamp="2026-11-23T10:00:00Z")


def conformance(shared: Parts) -> list[Any]:
    """What the analytic form of each statement in the log says of profiles."""
    return [
        json.loads(event.form).get("conformance") for event in Feed(shared.database).read("default", 0, 100)
    ]


BROKEN = [{"of": TEMPLATE, "broken": ["included $.result.duration"]}]


def test_a_broken_rule_is_recorded_and_the_statement_is_stored(client: Client, shared: Parts) -> None:
    assert client.post(an_estimate(score={"raw": 1})).status_code == 200
    assert client.post(an_estimate(duration="PT1H")).status_code == 200
    assert client.post(a_statement()).status_code == 200
    assert conformance(shared) == [BROKEN, [{"of": TEMPLATE}], None]


def test_enforced_it_is_refused_with_the_rule_and_the_place(app: Flask, shared: Parts) -> None:
    answer = held(app, shared, "enforce").post([a_statement(), an_estimate(score={"raw": 1})])
    assert answer.status_code == 400
    assert answer.json == {
        "error": f"is missing (profile: {TEMPLATE})",
        "rule": "included $.result.duration",
        "spec": TEMPLATE,
        "path": "$[1].result.duration",
        "index": 1,
    }
    assert conformance(shared) == []


def test_enforced_a_put_is_refused_too(app: Flask, shared: Parts) -> None:
    statement = an_estimate(score={"raw": 1})
    answer = held(app, shared, "enforce").put(statement, statement["id"])
    assert (answer.status_code, answer.json["path"]) == (400, "$.result.duration")


def test_enforced_an_extension_of_the_wrong_kind_is_refused(app: Flask, shared: Parts) -> None:
    statement = an_example("level-given")
    extensions = statement["result"]["extensions"]
    statement["result"]["extensions"] = {**extensions, "https://w3id.org/xapi/gsl/extensions/level": "3"}
    answer = held(app, shared, "enforce").post(statement)
    assert answer.status_code == 400
    assert answer.json["rule"] == "value https://w3id.org/xapi/gsl/extensions/level"


def test_enforced_what_breaks_nothing_or_is_no_business_of_a_profile_is_stored(
    app: Flask, shared: Parts
) -> None:
    assert held(app, shared, "enforce").post([a_statement(), an_example("goal-set")]).status_code == 200


def test_switched_off_nothing_is_recorded(app: Flask, shared: Parts) -> None:
    assert held(app, shared, "off").post(an_estimate(score={"raw": 1})).status_code == 200
    assert conformance(shared) == [None]


def test_a_rebuilt_index_says_the_same_of_each_credential(app: Flask, shared: Parts, client: Client) -> None:
    for sender in (client, held(app, shared, "off"), held(app, shared, "enforce")):
        sender.post(an_estimate(duration="PT1H"))
    client.post(an_estimate(score={"raw": 1}))
    live = conformance(shared)
    assert live == [[{"of": TEMPLATE}], None, [{"of": TEMPLATE}], BROKEN]
    reindex(shared.database, shared.keys, shared.profiles)
    assert conformance(shared) == live


@pytest.fixture
def app_with_cmi5(tmp_path: Path) -> Iterator[Flask]:
    write_profiles(tmp_path / "profiles")
    app = create_app(Settings(home=tmp_path / "home", profiles=tmp_path / "profiles"))
    yield app
    app.extensions[NAME].database.close()


def test_statements_that_name_a_profile_of_the_folder_are_held_to_it(app_with_cmi5: Flask) -> None:
    shared: Parts = app_with_cmi5.extensions[NAME]
    category = [{"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}]
    context = {"contextActivities": {"category": category}}
    client = held(app_with_cmi5, shared, "report")
    assert client.post([a_statement(context=context), a_statement()]).status_code == 200
    named, other = conformance(shared)
    assert {each["of"] for each in named} == {
        "https://w3id.org/xapi/cmi5#completed",
        "https://w3id.org/xapi/cmi5#generalrestrictions",
    }
    assert other is None


def test_a_profile_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonld").write_text("{}")
    with pytest.raises(InvalidProfile, match=r"broken\.jsonld: \$\.type: is missing"):
        create_app(Settings(home=tmp_path / "home", profiles=tmp_path))

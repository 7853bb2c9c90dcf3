"""Names for keys: from the roster, else from what statements say; only those asked for."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from lrs.commands.link_person import link_person
from lrs.directory.directory import Directory, open_directory
from lrs.directory.store_index import AT_ONCE
from lrs.directory.viewer import as_administrator
from lrs.http.parts import Parts
from lrs.reference.entity import entity
from lrs.reference.token import token
from tests.lrs.conftest import Client
from tests.lrs.directory.conftest import SEPTEMBER, Take
from tests.projections.a_roster import a_class, a_pupil, a_school
from tests.projections.a_statement import a_group, a_person, a_statement, a_voiding, an_id

Open = Callable[[], Directory]
NOON = "2025-09-15 12:00"


def names(directory: Open, *agent_keys: str) -> dict[str, str]:
    return directory().seen_by(as_administrator(), SEPTEMBER).learner_names(agent_keys)


def titles(directory: Open, *goals: str, language: str = "nl") -> dict[str, str]:
    return directory().seen_by(as_administrator(), SEPTEMBER).goal_titles(goals, language)


def named(name: str, called: str) -> dict[str, Any]:
    return {**a_person(name), "name": called}


def a_goal(slug: str, **name: str) -> dict[str, Any]:
    return {"id": an_id(slug), "definition": {"name": name}}


def test_a_roster_names_a_person_under_each_of_his_agent_keys(
    take: Take, directory: Open, shared: Parts
) -> None:
    take(a_pupil("Ann", "ann-2"))
    keys = [shared.keys.key(a_person(account)) for account in ("Ann", "ann-2")]
    assert names(directory, *keys) == dict.fromkeys(keys, "Ann X")


def test_the_roster_is_believed_before_statements(
    client: Client, take: Take, directory: Open, shared: Parts
) -> None:
    assert (
        client.post(a_statement("completed", "lesson:1", NOON, by=named("ann", "annie88"))).status_code == 200
    )
    take(a_pupil("ann"))
    key = shared.keys.key(a_person("ann"))
    assert names(directory, key) == {key: "ann X"}


def test_without_a_roster_the_newest_statement_with_a_name_gives_it(
    client: Client, directory: Open, shared: Parts
) -> None:
    said = [named("ann", "An"), named("ann", "Ann Peeters"), a_person("ann")]
    client.post([a_statement("completed", "lesson:1", NOON, by=actor) for actor in said])
    key = shared.keys.key(a_person("ann"))
    assert names(directory, key) == {key: "Ann Peeters"}


def test_a_name_is_never_taken_from_another_agent_of_the_statement(
    client: Client, directory: Open, shared: Parts
) -> None:
    context = {"instructor": named("tine", "Tine Wouters")}
    client.post(a_statement("completed", "lesson:1", NOON, by="ann", context=context))
    ann, tine = (shared.keys.key(a_person(name)) for name in ("ann", "tine"))
    assert names(directory, ann, tine) == {tine: "Tine Wouters"}


def test_a_name_in_a_voided_statement_is_gone(client: Client, directory: Open, shared: Parts) -> None:
    wrong = a_statement("completed", "lesson:1", NOON, by=named("ann", "Someone Else"))
    client.post([wrong, a_voiding(wrong, NOON)])
    assert names(directory, shared.keys.key(a_person("ann"))) == {}


def test_a_name_in_an_erased_payload_is_gone(client: Client, directory: Open, shared: Parts) -> None:
    client.post(a_statement("completed", "lesson:1", NOON, by=named("ann", "Ann")))
    with shared.database.writing() as connection:
        connection.execute(sa.text("delete from event_payload"))
    assert names(directory, shared.keys.key(a_person("ann"))) == {}


def test_a_name_on_one_platform_names_the_person_on_another(
    client: Client, directory: Open, shared: Parts
) -> None:
    client.post(a_statement("completed", "lesson:1", NOON, by=named("ann", "Ann Peeters")))
    one, other, third = (a_person(account) for account in ("ann", "ann-2", "ann-3"))
    for pair in ((one, other), (other, third)):
        link_person(shared.writer, pair, store="default", credential="operator", keys=shared.keys)
    key = shared.keys.key(third)
    assert names(directory, key) == {key: "Ann Peeters"}


def test_a_name_of_another_store_is_not_found(client: Client, shared: Parts) -> None:
    client.post(a_statement("completed", "lesson:1", NOON, by=named("ann", "Ann")))
    with open_directory(shared.settings, "other") as other:
        view = other.seen_by(as_administrator(), SEPTEMBER)
        assert view.learner_names([shared.keys.key(a_person("ann"))]) == {}


def test_a_member_of_a_group_is_named_by_the_group_s_statement(
    client: Client, directory: Open, shared: Parts
) -> None:
    group = {**a_group("trio"), "member": [named("ann", "Ann"), named("bob", "Bob")]}
    client.post(a_statement("planned", "goal:1", NOON, by=group))
    bob = shared.keys.key(a_person("bob"))
    assert names(directory, bob) == {bob: "Bob"}


def test_classes_and_schools_are_named_by_the_roster_also_where_digits_stand_for_their_key(
    take: Take, directory: Open
) -> None:
    spaced = "klas van juf Tine"
    take(a_school("north"), a_class("3a"), a_class(spaced))
    view = directory().seen_by(as_administrator(), SEPTEMBER)
    asked = ["3a", token(spaced), "unknown"]
    assert view.class_names(asked) == {"3a": "3A", token(spaced): spaced.upper()}
    assert view.school_names(["north", "south"]) == {"north": "North"}


def test_a_goal_is_titled_in_the_language_asked_for_else_in_one_that_is_there(
    client: Client, directory: Open
) -> None:
    goals = [a_goal("1", **{"nl-BE": "Breuken", "en": "Fractions"}), a_goal("2", fr="Les fractions")]
    client.post([a_statement("planned", "", NOON, object=goal) for goal in goals])
    one, two = an_id("1"), an_id("2")
    assert titles(directory, one, two) == {one: "Breuken", two: "Les fractions"}
    assert titles(directory, one, language="en") == {one: "Fractions"}


def test_a_goal_without_a_definition_is_titled_by_its_framework(take: Take, directory: Open) -> None:
    take(
        entity("framework", "plan", "plan", format="csv", title="Plan"),
        entity("framework_goal", an_id("lp1"), "plan", framework="plan", title="Breuken optellen"),
    )
    assert titles(directory, an_id("lp1"), an_id("lp2")) == {an_id("lp1"): "Breuken optellen"}


def test_more_keys_than_one_query_may_name_are_all_answered(take: Take, directory: Open) -> None:
    everyone = [a_pupil(f"p{number}") for number in range(AT_ONCE + 5)]
    take(*everyone)
    opened = directory()
    keys = [opened.find_person(each.key) or "" for each in everyone]
    assert len(opened.seen_by(as_administrator(), SEPTEMBER).learner_names(keys)) == AT_ONCE + 5

"""What a learner wrote, as it was written, and nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest

from lrs.directory.directory import Directory, open_directory
from lrs.directory.viewer import as_administrator, as_learner
from lrs.http.parts import Parts
from tests.lrs.conftest import Client
from tests.lrs.directory.conftest import SEPTEMBER
from tests.projections.a_statement import a_group, a_person, a_statement, a_voiding

Open = Callable[[], Directory]
NOON = "2025-09-15 12:00"


def a_reflection(text: str, at: str = NOON, by: Any = "ann", **more: Any) -> dict[str, Any]:
    return a_statement("reflected", "goal:1", at, by=by, result={"response": text}, **more)


def read(directory: Open, shared: Parts, *positions: int, of: str = "ann") -> list[str]:
    key = shared.keys.key(a_person(of))
    view = directory().seen_by(as_learner(key), SEPTEMBER)
    return [each.text for each in view.reflections(key, positions)]


@pytest.mark.parametrize(
    "text",
    [
        "Volgende keer eerst plannen.",
        "👩🏽‍🚀 ging goed 🎉",
        "e\u0301 is geen \u00e9",
        "שלום \u202eomgekeerd",
        "a\nb\tc",
        "<script>x</script>",
    ],
)
def test_a_reflection_comes_back_to_the_letter(
    client: Client, directory: Open, shared: Parts, text: str
) -> None:
    assert client.post(a_reflection(text)).status_code == 200
    assert read(directory, shared, 1) == [text]


def test_the_extension_makes_any_statement_a_reflection(
    client: Client, directory: Open, shared: Parts
) -> None:
    client.post(a_statement("completed", "lesson:1", NOON, reflection="Dat lukte."))
    assert read(directory, shared, 1) == ["Dat lukte."]


def test_a_response_that_is_no_reflection_stays_where_it_is(
    client: Client, directory: Open, shared: Parts
) -> None:
    client.post(a_statement("answered", "lesson:1", NOON, result={"response": "42"}))
    assert read(directory, shared, 1) == []


def test_reflections_come_by_when_they_were_written(client: Client, directory: Open, shared: Parts) -> None:
    client.post([a_reflection("later", "2025-09-16 12:00"), a_reflection("eerder")])
    assert read(directory, shared, 2, 1) == ["eerder", "later"]


def test_another_learner_s_position_gives_nothing(client: Client, directory: Open, shared: Parts) -> None:
    client.post([a_reflection("van bob", by="bob"), a_reflection("van ann")])
    assert read(directory, shared, 1, 2, 99) == ["van ann"]


def test_a_group_s_reflection_is_each_member_s(client: Client, directory: Open, shared: Parts) -> None:
    client.post(a_reflection("samen", by=a_group("duo", "ann", "bob")))
    assert read(directory, shared, 1, of="bob") == ["samen"]


def test_a_voided_reflection_is_gone_at_once(client: Client, directory: Open, shared: Parts) -> None:
    written = a_reflection("spijt")
    client.post([written, a_voiding(written, NOON)])
    assert read(directory, shared, 1) == []


def test_a_position_of_another_store_gives_nothing(client: Client, shared: Parts) -> None:
    client.post(a_reflection("hier"))
    key = shared.keys.key(a_person("ann"))
    with open_directory(shared.settings, "other") as other:
        assert other.seen_by(as_administrator(), SEPTEMBER).reflections(key, [1]) == []

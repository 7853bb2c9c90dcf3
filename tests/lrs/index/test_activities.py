"""What the store knows of each activity, and what the writing connection remembers of it."""

from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs.app import open_parts
from lrs.http.parts import Parts
from lrs.index.activities import Said, learn, read_definitions
from lrs.index.rebuild import reindex
from lrs.statement.definitions import merge_definitions
from lrs.statement.verbatim_json import verbatim_json
from tests.lrs.conftest import an_id
from tests.lrs.installation import Installation

ONE = "https://example.org/activities/1"


class Failed(Exception):
    """Stands for a commit that fails."""


def said(definition: dict[str, Any], activity_id: str = ONE, store: str = "default") -> Said:
    return Said(store, activity_id, verbatim_json(definition))


def named(name: str, language: str = "nl") -> dict[str, Any]:
    return {"name": {language: name}}


def tell(parts: Parts, *definitions: Said, fails: bool = False) -> None:
    """Take them in, in one transaction, which may be taken back at its end."""
    with parts.database.writing() as connection:
        learn(connection, definitions)
        if fails:
            raise Failed


def known(parts: Parts, *iris: str, store: str = "default") -> dict[str, Any]:
    with parts.database.reading() as connection:
        return read_definitions(connection, store, iris)


def of_one(parts: Parts) -> Any:
    return known(parts, ONE).get(ONE)


@pytest.fixture
def here(tmp_path: Path, installation: Installation) -> Iterator[Parts]:
    parts = open_parts(installation(tmp_path))
    yield parts
    parts.database.close()


@pytest.fixture
def there(here: Parts, tmp_path: Path, installation: Installation) -> Iterator[Parts]:
    """Another process of the same installation."""
    parts = open_parts(installation(tmp_path))
    yield parts
    parts.database.close()


def test_nothing_is_known_of_an_activity_of_which_nothing_was_said(here: Parts) -> None:
    tell(here)
    tell(here, said(named("een")))
    assert known(here, ONE, "https://example.org/activities/2") == {ONE: named("een")}
    assert known(here) == {}


def test_definitions_of_one_transaction_and_of_several_are_put_together(here: Parts) -> None:
    tell(here, said(named("een")), said(named("one", "en")))
    tell(here, said({"type": "https://example.org/t"}))
    assert of_one(here) == {"name": {"nl": "een", "en": "one"}, "type": "https://example.org/t"}


@pytest.mark.parametrize("at_once", [1, 2, 3, 4, 5])
def test_the_last_word_counts_also_when_it_was_said_before(here: Parts, at_once: int) -> None:
    words = [said(named(name)) for name in ("a", "b", "a", "b", "a")]
    for start in range(0, len(words), at_once):
        tell(here, *words[start : start + at_once])
    assert of_one(here) == named("a")


def test_what_is_remembered_counts_again_after_it_was_contradicted(here: Parts) -> None:
    tell(here, said(named("a")))
    tell(here, said(named("a")))  # remembered as no news
    tell(here, said(named("b")), said(named("a")))
    assert of_one(here) == named("a")
    tell(here, said(named("b")))
    tell(here, said(named("a")))
    assert of_one(here) == named("a")


def test_true_is_another_word_than_1(here: Parts) -> None:
    extension = "https://example.org/x"
    tell(here, said({"extensions": {extension: 1}}))
    tell(here, said({"extensions": {extension: True}}))
    assert of_one(here)["extensions"][extension] is True


def test_numbers_keep_their_digits(here: Parts) -> None:
    with here.database.writing() as connection:
        learn(connection, [Said("default", ONE, '{"extensions":{"https://e.org/x":1.10}}')])
        learn(
            connection, [Said("default", ONE, '{"extensions":{"https://e.org/y":12345678901234567890123}}')]
        )
    assert verbatim_json(of_one(here)) == (
        '{"extensions":{"https://e.org/x":1.10,"https://e.org/y":12345678901234567890123}}'
    )


def test_each_store_knows_its_own(here: Parts) -> None:
    tell(here, said(named("a")), said(named("b"), store="other"))
    tell(here, said(named("c"), store="other"))
    assert known(here, ONE) == {ONE: named("a")}
    assert known(here, ONE, store="other") == {ONE: named("c")}


def test_what_another_process_changed_is_not_taken_for_known(here: Parts, there: Parts) -> None:
    tell(here, said(named("a")))
    tell(here, said(named("a")))
    tell(there, said(named("b")))
    assert of_one(here) == named("b")
    tell(here, said(named("a")))
    assert of_one(here) == of_one(there) == named("a")
    tell(there, said(named("b")))
    assert of_one(here) == named("b")


def test_what_a_transaction_said_that_was_taken_back_is_not_known(here: Parts) -> None:
    with pytest.raises(Failed):
        tell(here, said(named("a")), fails=True)
    assert of_one(here) is None
    tell(here, said(named("a")))
    assert of_one(here) == named("a")


def test_a_contradiction_that_was_taken_back_leaves_what_was_known(here: Parts, there: Parts) -> None:
    tell(here, said(named("a")))
    with pytest.raises(Failed):
        tell(here, said(named("b")), fails=True)
    assert of_one(here) == named("a")
    tell(there, said(named("c")))
    tell(here, said(named("b")))
    tell(here, said(named("c")))
    assert of_one(here) == named("c")


def test_what_was_remembered_before_the_index_was_dropped_is_learnt_anew(here: Parts, there: Parts) -> None:
    """These definitions are in no event, so an index filled from the log does not hold them."""
    tell(here, said(named("a")))
    tell(here, said(named("a")))
    reindex(there.database, there.keys, there.profiles)
    assert of_one(here) is None
    tell(here, said(named("a")))
    assert of_one(here) == named("a")


def test_more_definitions_than_one_look_up_takes(here: Parts) -> None:
    iris = [f"https://example.org/activities/{n}" for n in range(130)]
    tell(here, *(said(named(str(n)), iri) for n, iri in enumerate(iris)))
    tell(here, *(said(named(str(n), "en"), iri) for n, iri in enumerate(iris)))
    assert known(here, *iris) == {iri: {"name": {"nl": str(n), "en": str(n)}} for n, iri in enumerate(iris)}


words = st.builds(
    lambda activity, name, language: (f"https://example.org/activities/{activity}", named(name, language)),
    st.integers(0, 1),
    st.sampled_from("ab"),
    st.sampled_from(["nl", "en"]),
)
transactions = st.lists(st.tuples(st.booleans(), st.booleans(), st.lists(words, max_size=5)), max_size=8)


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, installation: Installation
) -> Iterator[tuple[Parts, Parts]]:
    home = tmp_path_factory.mktemp("both")
    processes = open_parts(installation(home)), open_parts(installation(home))
    yield processes
    for parts in processes:
        parts.database.close()


@settings(max_examples=60, deadline=None)
@given(transactions)
def test_two_processes_and_failed_commits_leave_the_last_word_on_everything(
    both: tuple[Parts, Parts], told: list[tuple[bool, bool, list[tuple[str, dict[str, Any]]]]]
) -> None:
    store, expected = an_id(), dict[str, list[dict[str, Any]]]()
    for by_other, fails, definitions in told:
        try:
            tell(both[by_other], *(said(word, iri, store) for iri, word in definitions), fails=fails)
        except Failed:
            continue
        for iri, definition in definitions:
            expected.setdefault(iri, []).append(definition)
    together = {iri: reduce(merge_definitions, each) for iri, each in expected.items()}
    assert known(both[0], *expected, store=store) == together

"""What several statements say of one activity, put together."""

from functools import reduce
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lrs.statement.definitions import Definition, merge_definitions

CHOICE = {
    "interactionType": "choice",
    "correctResponsesPattern": ["a"],
    "choices": [{"id": "a"}, {"id": "b"}],
}
LIKERT = {"interactionType": "likert", "scale": [{"id": "1"}]}
NAMES = {"nl": "Breuken", "en": "Fractions", "fy": "Brekken"}

languages = st.dictionaries(st.sampled_from(["nl", "en", "en-GB"]), st.sampled_from("ab"), max_size=3)
definitions = st.fixed_dictionaries(
    {},
    optional={
        "name": languages,
        "description": languages,
        "type": st.sampled_from(["https://e.org/t", "https://e.org/u"]),
        "extensions": st.dictionaries(
            st.sampled_from(["https://e.org/x", "https://e.org/y"]), st.integers(0, 2)
        ),
    },
) | st.sampled_from([CHOICE, LIKERT])


def put_together(*said: Definition) -> Definition:
    return reduce(merge_definitions, said, {})


def test_languages_are_added_in_whatever_order_they_come() -> None:
    for order in permutations(NAMES):
        assert put_together(*({"name": {tag: NAMES[tag]}} for tag in order)) == {"name": NAMES}


def test_descriptions_and_extensions_are_added_one_by_one_too() -> None:
    one = {"description": {"nl": "a"}, "extensions": {"https://e.org/x": {"deep": 1}}}
    other = {"description": {"en": "b"}, "extensions": {"https://e.org/y": None}}
    assert put_together(one, other) == {
        "description": {"nl": "a", "en": "b"},
        "extensions": {"https://e.org/x": {"deep": 1}, "https://e.org/y": None},
    }


def test_the_later_word_on_one_language_one_extension_or_the_type_counts() -> None:
    one = {"name": {"nl": "oud"}, "type": "https://e.org/old", "extensions": {"https://e.org/x": {"a": 1}}}
    other = {
        "name": {"nl": "nieuw"},
        "type": "https://e.org/new",
        "extensions": {"https://e.org/x": {"b": 2}},
    }
    assert put_together(one, other) == other


def test_one_language_in_another_case_is_the_same_language() -> None:
    assert put_together({"name": {"en-US": "a", "nl": "n"}}, {"name": {"en-us": "b"}}) == {
        "name": {"nl": "n", "en-us": "b"}
    }


def test_an_interaction_replaces_another_as_a_whole() -> None:
    assert put_together({**CHOICE, "name": {"nl": "Toets"}}, LIKERT) == {**LIKERT, "name": {"nl": "Toets"}}


def test_an_interaction_stays_when_nothing_is_said_of_it() -> None:
    assert put_together(CHOICE, {"moreInfo": "https://e.org/more"}) == {
        **CHOICE,
        "moreInfo": "https://e.org/more",
    }


@given(definitions, definitions)
def test_what_is_said_last_stands_and_saying_it_again_changes_nothing(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    together = put_together(one, other)
    assert merge_definitions(together, other) == together
    assert together.items() >= {n: v for n, v in other.items() if not isinstance(v, dict)}.items()
    assert all(
        together[n].items() >= v.items()
        for n, v in other.items()
        if isinstance(v, dict) and n in ("name", "description", "extensions")
    )


@given(definitions, definitions)
def test_what_was_known_is_left_as_it_was(one: dict[str, Any], other: dict[str, Any]) -> None:
    before = repr((one, other))
    merge_definitions(one, other)
    assert repr((one, other)) == before

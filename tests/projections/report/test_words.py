"""The words: the same in both languages, whole, and never a judgement."""

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from projections.report.measures import BY_GROUP, SECTIONS
from projections.report.model import State, Unit
from projections.report.words import LANGUAGES, read_words
from projections.rok import CEILINGS, INDICATORS, VERIFICATIONS

FIGURES = {
    *(measure.name for measures in (*SECTIONS.values(), *BY_GROUP.values()) for measure in measures),
    *INDICATORS,
    "goals_at_level",
    "pieces_of_evidence",
    "effect_size",
}


def leaves(words: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in words.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{path}{key}/")
        else:
            yield f"{path}{key}", value


def test_both_languages_have_the_same_keys_and_fill_in_the_same_values() -> None:
    dutch, english = (dict(leaves(read_words(language))) for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    for key, value in dutch.items():
        if isinstance(value, str):
            assert fields(value) == fields(english[key]), key


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_label_a_reading_and_a_question_and_no_other_has(language: str) -> None:
    told = read_words(language)["figure"]
    assert set(told) == FIGURES
    for name, words in told.items():
        assert set(words) == {"label", "of", "covers", "reading", "question"}, name
        assert all(words.values()), name
        assert words["question"].endswith("?"), name
        assert words["reading"].endswith(".") and words["reading"].count(". ") == 0, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_state_unit_strength_and_verification_has_words(language: str) -> None:
    words = read_words(language)
    assert set(words["section"]) == set(SECTIONS)
    assert set(words["state"]) == {state.value for state in State} - {"shown"}
    assert set(words["unit"]) == set(words["change"]) == {unit.value for unit in Unit}
    assert set(words["strength"]) == set(CEILINGS)
    assert set(words["verification"]) == set(VERIFICATIONS)
    assert len(words["format"]["months"]) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_judges(language: str) -> None:
    levels = (
        r"beneden de verwachting|benadert de verwachting|overstijgt de verwachting|volgens de verwachting"
    )
    judged = rf"{levels}|below expectation|above expectation|\bte laag\b|\btoo low\b|onvoldoende|insufficient"
    for key, value in leaves(read_words(language)):
        if isinstance(value, str):
            assert not re.search(judged, value, re.IGNORECASE), key


@pytest.mark.parametrize(("language", "claim"), [("nl", "geen oorzakelijke"), ("en", "no causal claim")])
def test_an_effect_makes_no_causal_claim(language: str, claim: str) -> None:
    assert claim in read_words(language)["section"]["effect"]["lead"]


def test_there_is_no_third_language() -> None:
    with pytest.raises(KeyError):
        read_words("fr")

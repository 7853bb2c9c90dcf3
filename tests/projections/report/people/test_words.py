"""Words are data, the same in both languages, and there are some for everything that can be said."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.catalog import Projection
from projections.report.people.model import Followed, NextStep, Person
from projections.report.people.next_step import next_step
from projections.report.people.trace_groups import GROUPS, PHASES, REGULATORS, Unit
from projections.report.people.wording import Wording, plain
from projections.report.people.words import LANGUAGES, read_words


def leaves(words: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in words.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", str(value)


def test_both_languages_have_the_same_keys_and_fill_in_the_same() -> None:
    dutch, english = (dict(leaves(read_words(language))) for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    for key, text in dutch.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_everything(language: str) -> None:
    words = read_words(language)
    assert words["trace"].keys() == {indicator for group in GROUPS.values() for indicator in group}
    assert words["group"].keys() == GROUPS.keys()
    assert words["unit"].keys() == set(Unit)
    assert words["phase"].keys() == set(PHASES) and words["regulator"].keys() == set(REGULATORS)
    assert {step.value for step in NextStep} <= words["next_step"].keys()
    assert words["status"].keys() == {"planned", "in_progress", "achieved", "not_achieved", "dropped"}
    assert len(words["format"]["months"]) == 12


def test_every_indicator_of_the_catalogue_is_in_one_group(catalog: list[Projection]) -> None:
    shown = [indicator for group in GROUPS.values() for indicator in group]
    assert sorted(shown) == sorted(each.name for each in catalog if each.header.get("indicator") == "yes")


def test_values_are_written_as_the_language_writes_them() -> None:
    dutch, english = Wording("nl"), Wording("en")
    assert dutch.figure(0.5, Unit.SHARE) == "50 %" and dutch.figure(7.8, Unit.PER_WEEK) == "7,8 per week"
    assert english.figure(-0.094, Unit.GAP) == "\u22129 %" and english.figure(0.23, Unit.GAP) == "+23 %"
    assert dutch.figure(-0.001, Unit.GAP) == "0 %" and dutch.figure(100, Unit.HOURS) == "100 uur"
    assert (dutch.day(date(2025, 3, 1)), english.days(1), english.days(2)) == (
        "1 maart 2025",
        "1 day",
        "2 days",
    )


def test_nameless_learners_are_told_apart() -> None:
    people = tuple(Followed(Person(key, None), (), (), (), ()) for key in ("a", "b"))
    say = Wording("nl", people)
    assert [say.name(each.person) for each in people] == ["leerling zonder naam 1", "leerling zonder naam 2"]


@given(st.text())
def test_plain_text_steers_nothing_and_is_plain_already(text: str) -> None:
    made = plain(text)
    assert plain(made) == made
    assert not set(made) & {"\x1b", "\x07", "\r", "\x9b", "\u202e", "\u2066"}


AS_OF = date(2025, 11, 14)


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ({"status": "planned"}, NextStep.PLAN),
        ({"status": "planned", "start_day": AS_OF}, NextStep.BEGIN),
        ({"status": "planned", "start_day": date(2025, 11, 13)}, NextStep.BEGIN_LATE),
        ({"status": "planned", "days_overdue": 1}, NextStep.CATCH_UP),
        ({"status": "in_progress"}, NextStep.GO_ON),
        ({"status": "in_progress", "days_overdue": 1}, NextStep.CATCH_UP),
        ({"status": "achieved"}, NextStep.LOOK_BACK),
        ({"status": "achieved", "level": 2, "target_level": 3}, NextStep.LEVEL_UP),
        ({"status": "achieved", "level": 3, "target_level": 3}, NextStep.LOOK_BACK),
        ({"status": "not_achieved"}, NextStep.PLAN_AGAIN),
        ({"status": "dropped"}, NextStep.NOTHING),
    ],
)
def test_the_next_step_follows_from_how_a_goal_stands(said: dict[str, Any], step: NextStep) -> None:
    unsaid = dict.fromkeys(("start_day", "days_overdue", "level", "target_level"))
    assert next_step({**unsaid, **said}, AS_OF) is step

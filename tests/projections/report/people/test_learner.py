"""A learner, as he and his teacher see him."""

import csv
import json
from typing import Any

import pytest

from projections.report.people.words import read_words
from tests.projections.report.people.conftest import (
    ANN,
    BOB,
    DORA,
    FRACTIONS,
    NEWEST,
    SPELLING,
    THOUGHT,
    Report,
)

OWN = ("learner", "--learner", "ann", "--as", "learner")


def told(report: Report, *arguments: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(report(*arguments, "--json"))
    return said


def test_a_learner_sees_his_own_goals_with_a_next_step(report: Report) -> None:
    said = told(report, *OWN)
    goals = {
        goal["title"]: (goal["status"], goal["origin"], goal["next_step"])
        for goal in said["followed"]["goals"]
    }
    assert goals == {
        FRACTIONS: ("in_progress", "self", "catch_up"),
        SPELLING: ("achieved", "self", "look_back"),
    }
    assert (said["class_name"], said["moment"]["as_of"]) == ("3A", NEWEST)


def test_reflections_are_his_own_and_to_the_letter(report: Report) -> None:
    said = told(report, *OWN)
    assert said["reflections"] == [{"day": "2025-11-06", "text": THOUGHT}]
    assert said["reflections_without_text"] == 1


def test_the_terminal_shows_unusual_text_without_what_steers_it(report: Report) -> None:
    text = report(*OWN)
    assert "👩🏽‍🚀" in text and "\u202e" not in text and "<img src=x onerror=alert(1)>" in text


def test_nothing_of_another_learner_is_in_it(report: Report) -> None:
    text = report(*OWN)
    assert not [other for other in (BOB, DORA, "van Bob", "Doras") if other in text]


def test_traces_have_their_n_and_too_few_is_said(report: Report) -> None:
    said = told(report, *OWN)
    assert all((trace["value"] is None) or trace["n"] > 0 for trace in said["traces"])
    assert ["planning", "self", 2] in said["regulation"]
    lines = [line.split("  ") for line in report(*OWN).splitlines() if line.startswith("Reflecties  ")]
    assert lines and all("te weinig gegevens om iets te zeggen" in "".join(line) for line in lines)


@pytest.mark.parametrize("word", ["niveau", "score", "rang", "beter", "zwak", "sterk"])
def test_a_trace_is_never_worded_as_a_level_or_a_ranking(report: Report, word: str) -> None:
    words = read_words("nl")
    allowed = {
        "goal_specificity",
        "retry_gain",
    }  # a goal's aimed level, an attempt's score: facts, not the learner's
    said = [text for name, text in words["trace"].items() if name not in allowed] + list(
        words["group"].values()
    )
    assert not [text for text in said if word in text.lower()]


def test_his_teacher_sees_the_same_and_another_does_not(report: Report) -> None:
    tine = ("learner", "--learner", "ann", "--as", "teacher", "--teacher", "tine")
    assert told(report, *tine) == told(report, *OWN)
    refused = report("learner", "--learner", "ann", "--teacher", "tom", status=2)
    assert "may not see" in refused and "Ann" not in refused


def test_the_teacher_whom_a_learner_left_is_refused_even_for_an_earlier_day(report: Report) -> None:
    left = ("learner", "--learner", "dora", "--teacher", "tine", "--as-of", "2025-10-15")
    assert "may not see" in report(*left, status=2)
    assert DORA in report("learner", "--learner", "dora", "--teacher", "tom")


def test_a_learner_is_found_by_any_of_his_keys(report: Report) -> None:
    key = told(report, *OWN)["followed"]["person"]["key"]
    agent = '{"account": {"homePage": "https://example.org", "name": "ann"}}'
    for named in (key, agent):
        assert ANN in report("learner", "--learner", named, "--as", "learner")


def test_somebody_who_has_done_nothing_is_an_empty_report(report: Report) -> None:
    text = report("learner", "--learner", "nameless", "--as", "learner")
    assert "leerling zonder naam" in text and "n = 0 doelen, waarvan 0 open" in text
    assert "te weinig gegevens om iets te zeggen" in text


def test_a_past_year_in_which_nothing_was_done_is_empty(report: Report) -> None:
    assert told(report, *OWN, "--year", "2023")["followed"]["goals"] == []


def test_a_year_and_a_day_that_do_not_meet_are_refused(report: Report) -> None:
    assert "is not in school year" in report(*OWN, "--year", "2024", "--as-of", NEWEST, status=2)
    assert "a school year is written" in report(*OWN, "--year", "24", status=2)


def test_csv_has_a_row_for_each_goal_and_no_formula(report: Report) -> None:
    rows = list(csv.reader(report(*OWN, "--csv").splitlines()))
    assert [row[0] for row in rows] == ["Doel", FRACTIONS, "Doel", f"'{SPELLING}"]

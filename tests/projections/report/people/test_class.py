"""A class, as its teacher sees it."""

import csv
import json
from pathlib import Path
from typing import Any

from tests.projections.report.people.conftest import ANN, BOB, DORA, FRACTIONS, NEWEST, Report

TINE = ("class", "--class", "3a", "--teacher", "tine")


def told(report: Report, *arguments: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(report(*arguments, "--json"))
    return said


def by_name(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["person"]["name"]: each for each in said["learners"]}


def test_a_teacher_sees_the_learners_of_the_class_by_name(report: Report) -> None:
    said = told(report, *TINE)
    assert [each["person"]["name"] for each in said["learners"]] == [ANN, BOB, None]
    assert (said["class_name"], said["school_name"], said["hidden"]) == ("3A", "North", 0)


def test_as_of_is_the_newest_day_in_the_tables(report: Report) -> None:
    moment = told(report, *TINE)["moment"]
    assert moment == {"school_year": "2025-2026", "as_of": NEWEST, "newest_day": NEWEST}


def test_who_waits_and_what_is_late_is_told(report: Report) -> None:
    ann = by_name(told(report, *TINE))[ANN]
    goal = next(goal for goal in ann["goals"] if goal["title"] == FRACTIONS)
    assert (goal["status"], goal["progress"], goal["days_overdue"]) == ("in_progress", 0.4, 4)
    assert ann["help"] == [{"asked": "2025-11-03", "about": [FRACTIONS], "answered": None}]
    assert ann["feedback"] == [{"given": "2025-11-06", "about": None, "acted": None}]
    held = {"held": "2025-11-07", "kind": "coach_conversation", "agreed_actions": 2}
    assert ann["conversations"] == [held]


def test_an_answer_that_came_later_than_the_day_asked_for_is_not_known_then(report: Report) -> None:
    answered = {
        day: by_name(told(report, *TINE, "--as-of", day))[BOB]["help"][0]["answered"]
        for day in ("2025-11-04", "2025-11-05")
    }
    assert answered == {"2025-11-04": None, "2025-11-05": "2025-11-05"}


def test_a_goal_is_overdue_from_the_day_after_its_due_date(report: Report) -> None:
    late = {
        day: by_name(told(report, *TINE, "--as-of", day))[ANN]["goals"][0]["days_overdue"]
        for day in ("2025-11-10", "2025-11-11")
    }
    assert late == {"2025-11-10": None, "2025-11-11": 1}


def test_too_few_to_compare_is_said_in_words(report: Report) -> None:
    text = report(*TINE)
    assert (
        "Geen enkele leerling kon met de klas vergeleken worden: te weinig gegevens om iets te zeggen."
        in text
    )
    assert "n = 2 hulpvragen dit schooljaar, waarvan 1 zonder vastgelegd antwoord" in text


def test_who_has_no_name_and_what_has_no_title_get_a_neutral_word(report: Report) -> None:
    text = report(*TINE)
    assert "leerling zonder naam 1" in text and "doel zonder titel" in text
    assert "learner without a name 1" in report(*TINE, "--lang", "en")
    assert "1-" not in report(*TINE, "--csv")  # no key, which would lead elsewhere


def test_a_learner_who_changed_class_is_shown_to_the_new_teacher_only(report: Report) -> None:
    assert DORA not in report(*TINE)
    assert DORA in report("class", "--class", "3b", "--teacher", "tom")


def test_an_earlier_day_gives_no_way_back_to_a_learner_who_left(report: Report) -> None:
    said = told(report, *TINE, "--as-of", "2025-10-15")
    assert (DORA in by_name(said), said["hidden"]) == (False, 1)
    everybody = told(report, "class", "--class", "3a", "--as", "administrator", "--as-of", "2025-10-15")
    assert (DORA in by_name(everybody), everybody["hidden"]) == (True, 0)


def test_a_teacher_of_another_class_is_refused(report: Report) -> None:
    said = report("class", "--class", "3a", "--teacher", "tom", status=2)
    assert "may not see class 3a" in said and "Ann" not in said


def test_a_learner_is_no_teacher(report: Report) -> None:
    assert "may not see class 3a" in report("class", "--class", "3a", "--teacher", "ann", status=2)


def test_an_empty_class_is_a_page_that_says_so(report: Report, tmp_path: Path) -> None:
    arguments = ("class", "--class", "4z", "--teacher", "zoe")
    report(*arguments, "--html", str(tmp_path / "4z.html"))
    page = (tmp_path / "4z.html").read_text()
    assert "Op deze dag zit er niemand in deze klas." in page and "Evi" not in page
    assert report(*arguments, "--csv") == ""


def test_a_class_that_nobody_knows_is_an_error_that_says_so(report: Report) -> None:
    assert "class 9z has no learners" in report("class", "--class", "9z", "--as", "administrator", status=2)
    said = report(*TINE, "--year", "2019", status=2)
    assert "no learners in 2019-2020, but in 2025-2026" in said


def test_a_role_has_to_be_said(report: Report) -> None:
    assert "in which role" in report("class", "--class", "3a", status=2)
    administrator = ("--as", "administrator", "--teacher", "tine")
    assert "no other role" in report("class", "--class", "3a", *administrator, status=2)
    assert "nobody whom the store knows" in report("class", "--class", "3a", "--teacher", "who", status=2)


def test_csv_has_a_row_for_each_learner(report: Report) -> None:
    rows = list(csv.DictReader(report(*TINE, "--csv").splitlines()))
    assert [(row["Leerling"], row["Doelen (n)"], row["Over datum"]) for row in rows] == [
        (ANN, "2", "1"), (BOB, "1", "0"), ("leerling zonder naam 1", "0", "0"),
    ]  # fmt: skip

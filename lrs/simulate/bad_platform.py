"""Sprintbox, which never read the specification: words that nobody knows, missing types, broken rules, wrong clocks.

Its statements stand beside the others and say nothing true about anybody: the schools never linked its accounts.
"""

from collections.abc import Callable
from typing import Any

import orjson

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import HOUR
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import SPRINTBOX, activity
from lrs.simulate.seeded import seeded_id
from lrs.simulate.timetable import Session

Json = dict[str, Any]
_GAME = f"{SPRINTBOX.home_page}/missie"
# Clocks that were never set, or set by someone who likes the future.
_CLOCKS = ("1970-01-01T00:{:02}:{:02}Z", "2000-01-01T12:{:02}:{:02}+01:00", "2099-12-31T23:{:02}:{:02}Z")


class Misbehaviour:
    """Keeps the share of bad statements among a source's."""

    def __init__(self) -> None:
        self._owed = 0.0
        self._seen = 0
        self.number = 0

    def act_up(self, state: LearnerState, session: Session) -> None:
        """Add as many bad statements as the rate asks after what was said since the last time."""
        trail = state.trail
        self._owed += (trail.said - self._seen) * trail.rates.bad / (1 - trail.rates.bad)
        while self._owed >= 1:
            self._owed -= 1
            self.number += 1
            _bad_statement(state, session, self.number)
        self._seen = trail.said


def _bad_statement(state: LearnerState, session: Session, number: int) -> None:
    kinds = _ACCEPTED + (_REFUSED if state.trail.rates.refused else ())
    make = kinds[number % len(kinds)]
    statement: Json = {
        "id": seeded_id(state.learner.id, "bad", state.class_year.seed, number),
        "actor": state.agent(SPRINTBOX),
        "verb": v.EXPERIENCED,
        "object": activity(f"{_GAME}/{number % 40}", v.LESSON, f"Missie {number % 40}"),
        "timestamp": state.year.text(min(session.start + 20 * 60_000, session.end)),
    }
    make(statement, number)
    at = session.start + HOUR // 3
    state.trail.send(at, statement["id"], orjson.dumps(statement), session.delay, refused=make in _REFUSED)
    state.did["bad_statements"] += 1


def _unknown_verb(statement: Json, number: int) -> None:
    # Seen in the wild and in no vocabulary (domain.md, section C).
    verbs = (
        "http://adlnet.gov/expapi/verbs/planned",
        "http://id.tincanapi.com/verb/planned",
        "http://adlnet.gov/expapi/verbs/achieved",
    )
    statement["verb"] = {"id": verbs[number % 3]}


def _no_type(statement: Json, number: int) -> None:
    statement["object"] = {"id": f"{_GAME}/zonder-type/{number % 10}"}
    statement["verb"] = v.PLANNED if number % 2 else v.COMPLETED


def _no_plan(statement: Json, _number: int) -> None:
    statement["verb"] = v.SCHEDULED


def _no_score(statement: Json, _number: int) -> None:
    statement["verb"] = v.SELF_ASSESSED


def _text_for_number(statement: Json, _number: int) -> None:
    statement["verb"] = v.PROGRESSED
    statement["result"] = {"extensions": {v.PROGRESS: "bijna klaar"}}


def _goal_done_before_it_began(statement: Json, number: int) -> None:
    statement["verb"] = v.PLANNED
    statement["object"] = activity(f"{_GAME}/doel/{number}", v.GOAL, "level up!!")
    statement["result"] = {"completion": True}
    statement["context"] = {"extensions": {v.DUE_DATE: "volgende week", v.HORIZON: "quest"}}


def _wrong_clock(statement: Json, number: int) -> None:
    statement["timestamp"] = _CLOCKS[number % 3].format(number % 60, number * 7 % 60)


def _no_verb(statement: Json, _number: int) -> None:
    del statement["verb"]


def _score_over_one(statement: Json, _number: int) -> None:
    statement["result"] = {"score": {"scaled": 87}}


def _two_identifiers(statement: Json, _number: int) -> None:
    statement["actor"] = {**statement["actor"], "mbox": "mailto:speler@sprintbox.example"}


def _time_in_words(statement: Json, _number: int) -> None:
    statement["timestamp"] = "gisteren om vier uur"


_ACCEPTED: tuple[Callable[[Json, int], None], ...] = (
    _unknown_verb,
    _no_type,
    _no_plan,
    _no_score,
    _text_for_number,
    _goal_done_before_it_began,
    _wrong_clock,
)
_REFUSED: tuple[Callable[[Json, int], None], ...] = (
    _no_verb,
    _score_over_one,
    _two_identifiers,
    _time_in_words,
)

"""Who is in which class on a day, and as what: asked of the roster in the log, not of tables that lag behind it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lrs.directory.person import agents_of, roster_keys
from lrs.directory.store_index import Opened, recorded_of_agents
from lrs.reference.entity import ENROLMENT
from lrs.reference.token import token

STUDENT = ("student",)
STAFF = ("teacher", "aide")


def classes_on(
    opened: Opened, agent_keys: Iterable[str], day: date, roles: Iterable[str]
) -> dict[str, set[str]]:
    """Class keys in which people have one of the roles on a day, by the agent key asked for."""
    enrolled_as = roster_keys(opened, agents_of(opened, agent_keys))
    held = _held(opened, {key for keys in enrolled_as.values() for key in keys}, day, frozenset(roles))
    return {asked: set().union(*(held.get(key, ()) for key in keys)) for asked, keys in enrolled_as.items()}


def _held(
    opened: Opened, person_keys: Iterable[str], day: date, roles: frozenset[str]
) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for key, recorded in recorded_of_agents(opened, ENROLMENT, person_keys):
        if recorded.content["role"] in roles and _lasts_on(day, recorded.content):
            held.setdefault(key, set()).add(token(recorded.content["class"]))
    return held


def _lasts_on(day: date, enrolment: Mapping[str, Any]) -> bool:
    """Until is the first day without it."""
    begun = str(enrolment["from"]) <= day.isoformat()
    return begun and ("until" not in enrolment or day.isoformat() < str(enrolment["until"]))

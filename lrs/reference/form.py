"""What leaves the LRS of an entity: its analytic form, without names. schemas/xapi/reference_form.json describes it.

People leave as agent keys; a class, a school or a goal as its identifier, or as digits that stand for one that could
hold a name.
"""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

from lrs.reference.entity import (
    CALENDAR_PERIOD,
    CLASS,
    ENROLMENT,
    FRAMEWORK,
    FRAMEWORK_GOAL,
    LEVEL_SCHEME,
    PERSON,
    ROSTER,
    SCHOOL,
)
from lrs.reference.token import token, word
from lrs.statement.agent_key import AgentKeys

Content = dict[str, Any]
Form = dict[str, Any]


def form_of(entity_type: str, content: Content, keys: AgentKeys) -> str:
    """The analytic form of an entity's content as JSON text."""
    form = _FORMS[entity_type](content, keys)
    if "ended" in content:
        form["ended"] = content["ended"]
    return orjson.dumps({name: value for name, value in form.items() if value not in (None, [])}).decode()


def person_key(key: str, keys: AgentKeys) -> str:
    """What stands for a person of a roster outside of the payload, whatever accounts he has: made like an agent key."""
    return keys.key({"account": {"homePage": "urn:leerspoor:person", "name": key}})


def agent_keys_of(entity_type: str, content: Content, keys: AgentKeys) -> list[str]:
    """The keys under which a person's own entities are found again: his own, then those of his accounts."""
    if entity_type == ENROLMENT:
        return [person_key(content["person"], keys)]
    if entity_type == PERSON:
        return [person_key(content["key"], keys), *map(keys.key, content.get("agents", ()))]
    return []


def _roster(content: Content, _keys: AgentKeys) -> Form:
    return {"key": token(content["key"])}


def _school(content: Content, _keys: AgentKeys) -> Form:
    return {
        "key": token(content["key"]),
        "identifier": _token(content.get("identifier")),
        "kind": word(content.get("kind")),
        "parent": _token(content.get("parent")),
    }


def _class(content: Content, _keys: AgentKeys) -> Form:
    return {
        "key": token(content["key"]),
        "school": _token(content.get("school")),
        "kind": word(content.get("kind")),
        "course": _token(content.get("course")),
        "grade": content.get("grade"),
        "finality": content.get("finality"),
        "stream": content.get("stream"),
        "from": content.get("start"),
        "until": content.get("until"),
    }


def _person(content: Content, keys: AgentKeys) -> Form:
    return {
        "key": person_key(content["key"], keys),
        "agents": sorted(map(keys.key, content.get("agents", ()))),
        "roles": content.get("roles"),
    }


def _enrolment(content: Content, keys: AgentKeys) -> Form:
    return {
        # ids of enrolments are often put together from those of people
        "key": keys.key({"account": {"homePage": "urn:leerspoor:enrolment", "name": content["key"]}}),
        "person": person_key(content["person"], keys),
        "class": token(content["class"]),
        "school": _token(content.get("school")),
        "role": content["role"],
        "primary": content.get("primary"),
        "from": content["from"],
        "until": content.get("until"),
    }


def _framework(content: Content, _keys: AgentKeys) -> Form:
    return {"key": token(content["key"]), "format": content.get("format")}


def _framework_goal(content: Content, _keys: AgentKeys) -> Form:
    return {
        "key": token(content["key"]),
        "framework": token(content["framework"]),
        "aliases": _tokens(content.get("aliases", ())),
        "parents": _tokens(content.get("parents", ())),
        "code": word(content.get("code")),
        "kind": word(content.get("kind")),
        "competence": word(content.get("competence")),
        "sets": _tokens(sorted(content.get("sets", {}))),
        **{name: content.get(name) for name in ("education", "grade", "stream", "finality", "validity")},
        **{name: content.get(name) for name in ("optional", "attitude", "reference")},
        "from": content.get("from"),
        "until": content.get("until"),
    }


def _calendar_period(content: Content, _keys: AgentKeys) -> Form:
    return {
        "key": token(content["key"]),
        "school": _token(content.get("school")),
        "kind": content["kind"],
        "from": content["from"],
        "to": content["to"],
    }


def _level_scheme(content: Content, _keys: AgentKeys) -> Form:
    return {
        "key": token(content["key"]),
        "levels": [{"level": each["level"], "order": each["order"]} for each in content["levels"]],
    }


def _token(text: str | None) -> str | None:
    return token(text) if text else None


def _tokens(texts: Iterable[str]) -> list[str]:
    return [token(text) for text in texts]


_FORMS: dict[str, Callable[[Content, AgentKeys], Form]] = {
    ROSTER: _roster,
    SCHOOL: _school,
    CLASS: _class,
    PERSON: _person,
    ENROLMENT: _enrolment,
    FRAMEWORK: _framework,
    FRAMEWORK_GOAL: _framework_goal,
    CALENDAR_PERIOD: _calendar_period,
    LEVEL_SCHEME: _level_scheme,
}

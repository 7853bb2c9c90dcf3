"""When two statements are the same (Data 2.3.1): what the store sets or may replace does not count."""

import hashlib
from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Any

import orjson

from lrs.statement.agent_key import canonical_ifi
from lrs.statement.durations import parse_duration
from lrs.statement.instants import parse_instant

# Exact for any number that a client can write; the default context would round to 28 digits.
_EXACT = Context(prec=1_000_000, Emax=10**18 - 1, Emin=-(10**18 - 1))
_MOST_ZEROS = 40


def equality_hash(statement: dict[str, Any]) -> bytes:
    """16 bytes that are the same for statements that are equal, and for no others.

    Left out: id, stored, timestamp, authority, version, names of agents, the verb's display, definitions of
    activities, contents of attachments. Without order: context activities and members of groups. By value: numbers,
    instants, durations to 0.01 s (Data 4.6); without case: UUIDs, language tags, SHA-2s.
    """
    return hashlib.blake2b(_dump(_experience(statement)), digest_size=16).digest()


def _experience(statement: dict[str, Any]) -> dict[str, Any]:
    """What a statement and a SubStatement have in common, in canonical form."""
    made: dict[str, Any] = {
        "actor": _agent(statement["actor"]),
        "verb": statement["verb"]["id"],
        "object": _object(statement["object"]),
    }
    if "result" in statement:
        made["result"] = _result(statement["result"])
    if "context" in statement:
        made["context"] = _context(statement["context"])
    if "attachments" in statement:
        made["attachments"] = _as_set(map(_attachment, statement["attachments"]))
    return made


def _agent(agent: dict[str, Any]) -> Any:
    name = canonical_ifi(agent)
    if agent.get("objectType") != "Group":
        return name
    return {"group": name, "members": _as_set(map(_agent, agent["member"])) if "member" in agent else None}


def _object(thing: dict[str, Any]) -> Any:
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        return thing["id"]
    if kind == "StatementRef":
        return {"ref": thing["id"].lower()}
    if kind == "SubStatement":
        when = parse_instant(thing["timestamp"]) if "timestamp" in thing else None
        return {"timestamp": when, **_experience(thing)}
    return {"agent": _agent(thing)}


def _result(result: dict[str, Any]) -> dict[str, Any]:
    if "duration" not in result:
        return result
    months, seconds = parse_duration(result["duration"])
    return {**result, "duration": [months, int(seconds * 100)]}


def _context(context: dict[str, Any]) -> dict[str, Any]:
    return {name: _CONTEXT[name](value) if name in _CONTEXT else value for name, value in context.items()}


def _context_activities(activities: dict[str, Any]) -> dict[str, list[str]]:
    return {kind: _ids(named) for kind, named in activities.items() if named}


def _ids(named: Any) -> list[str]:
    return sorted({activity["id"] for activity in named}) if isinstance(named, list) else [named["id"]]


def _context_agents(listed: list[dict[str, Any]]) -> list[Any]:
    return _as_set(
        [_agent(each.get("agent") or each["group"]), sorted(set(each.get("relevantTypes", ())))]
        for each in listed
    )


_CONTEXT = {
    "registration": str.lower,
    "language": str.lower,
    "instructor": _agent,
    "team": _agent,
    "statement": _object,
    "contextActivities": _context_activities,
    "contextAgents": _context_agents,
    "contextGroups": _context_agents,
}


def _attachment(attachment: dict[str, Any]) -> dict[str, Any]:
    made = {**attachment, "sha2": attachment["sha2"].lower()}
    for name in ("display", "description"):
        if name in made:
            made[name] = {tag.lower(): text for tag, text in made[name].items()}
    return made


def _as_set(values: Iterable[Any]) -> list[Any]:
    return [orjson.Fragment(text) for text in sorted(set(map(_dump, values)))]


def _dump(value: Any) -> bytes:
    """One text for equal values: keys sorted, every number written one way."""
    try:
        return orjson.dumps(value, default=_number, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return orjson.dumps(_with_numbers(value), option=orjson.OPT_SORT_KEYS)


def _with_numbers(value: Any) -> Any:
    """The value with its numbers written out, for integers that do not fit the 64 bits of a JSON writer."""
    if isinstance(value, dict):
        return {name: _with_numbers(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_numbers(member) for member in value]
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return _number(Decimal(value)) if is_number else value


def _number(value: Any) -> orjson.Fragment:
    """A number as digits, as an int is written too; with an exponent when it would be mostly zeros."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value)} is no JSON value")
    plain = _EXACT.normalize(value)
    if not plain:
        return orjson.Fragment("0")
    return orjson.Fragment(f"{plain:f}" if -_MOST_ZEROS < plain.adjusted() < _MOST_ZEROS else str(plain))

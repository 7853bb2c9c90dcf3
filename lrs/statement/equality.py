"""When two statements are the same (Data 2.3.1): what the store sets or may replace does not count."""

import hashlib
from collections.abc import Callable
from typing import Any

from lrs.statement.agent_key import canonical_ifi
from lrs.statement.canonical_json import as_set, canonical_json
from lrs.statement.durations import parse_duration
from lrs.statement.instants import parse_instant


def equality_hash(statement: dict[str, Any]) -> bytes:
    """16 bytes that are the same for statements that are equal, and for no others.

    Left out: id, stored, timestamp, authority, version, names of agents, the verb's display, definitions of
    activities, contents of attachments. Without order: context activities and members of groups. By value: numbers,
    instants, durations to 0.01 s (Data 4.6); without case: UUIDs, language tags, SHA-2s.
    """
    return hashlib.blake2b(canonical_json(_experience(statement)), digest_size=16).digest()


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
        made["attachments"] = as_set(map(_attachment, statement["attachments"]))
    return made


def _agent(agent: dict[str, Any]) -> Any:
    name = canonical_ifi(agent)
    if agent.get("objectType") != "Group":
        return name
    return {"group": name, "members": as_set(map(_agent, agent["member"])) if "member" in agent else None}


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
    return as_set(
        [_agent(each.get("agent") or each["group"]), sorted(set(each.get("relevantTypes", ())))]
        for each in listed
    )


_CONTEXT: dict[str, Callable[[Any], Any]] = {
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

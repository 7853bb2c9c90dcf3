"""When two statements are the same (Data 2.3.1): what the store sets or may replace does not count."""

import hashlib
from decimal import Context, Decimal
from typing import Any

import orjson

from lrs.statement.agent_key import canonical_ifi
from lrs.statement.durations import parse_duration

# Exact for any number that a client can write; the default context would round to 28 digits.
_EXACT = Context(prec=100_000, Emax=10**17, Emin=-(10**17))
_CENTISECOND = 100
_DROPPED = ("id", "stored", "timestamp", "authority", "version", "attachments")


def equality_hash(statement: dict[str, Any]) -> bytes:
    """16 bytes that are the same for statements that are equal, and for no others.

    Left out: id, stored, timestamp, authority, version, names of agents, the verb's display, definitions of
    activities, contents of attachments. Without order: context activities and members of groups. By value: numbers,
    UUIDs without case, durations to 0.01 s (Data 4.6).
    """
    canonical = {name: value for name, value in statement.items() if name not in _DROPPED}
    canonical |= _common(statement)
    if "attachments" in statement:
        canonical["attachments"] = _as_set([_attachment(a) for a in statement["attachments"]])
    return hashlib.blake2b(_dump(canonical), digest_size=16).digest()


def _common(statement: dict[str, Any]) -> dict[str, Any]:
    """What a statement and a SubStatement have in common, in canonical form."""
    made = {
        "actor": _agent(statement["actor"]),
        "verb": statement["verb"]["id"],
        "object": _object(statement["object"]),
    }
    if "result" in statement:
        made["result"] = _result(statement["result"])
    if "context" in statement:
        made["context"] = _context(statement["context"])
    return made


def _agent(agent: dict[str, Any]) -> Any:
    members = agent.get("member")
    name = canonical_ifi(agent)
    if members is None:
        return name if agent.get("objectType") != "Group" else {"group": name}
    return {"group": name, "members": _as_set([_agent(member) for member in members])}


def _object(thing: dict[str, Any]) -> Any:
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        return thing["id"]
    if kind == "StatementRef":
        return {"ref": thing["id"].lower()}
    if kind == "SubStatement":
        return {"timestamp": thing.get("timestamp"), **_common(thing)}
    return {"agent": _agent(thing)}


def _result(result: dict[str, Any]) -> dict[str, Any]:
    if "duration" not in result:
        return result
    months, seconds = parse_duration(result["duration"])
    return {**result, "duration": [months, int(seconds * _CENTISECOND)]}


def _context(context: dict[str, Any]) -> dict[str, Any]:
    made = dict(context)
    if "registration" in made:
        made["registration"] = made["registration"].lower()
    for role in ("instructor", "team"):
        if role in made:
            made[role] = _agent(made[role])
    for listed, member in (("contextAgents", "agent"), ("contextGroups", "group")):
        if listed in made:
            made[listed] = _as_set([{**each, member: _agent(each[member])} for each in made[listed]])
    if "statement" in made:
        made["statement"] = made["statement"]["id"].lower()
    if "contextActivities" in made:
        made["contextActivities"] = {
            kind: _ids(named) for kind, named in made["contextActivities"].items() if named
        }
    return made


def _ids(named: Any) -> list[str]:
    return sorted({activity["id"] for activity in (named if isinstance(named, list) else [named])})


def _attachment(attachment: dict[str, Any]) -> list[Any]:
    return [attachment.get(name) for name in ("usageType", "contentType", "length", "sha2", "fileUrl")]


def _as_set(values: list[Any]) -> list[Any]:
    return sorted(values, key=_dump)


def _dump(value: Any) -> bytes:
    """One text for equal values: keys sorted, every number in its shortest form."""
    try:
        return orjson.dumps(value, default=_number, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return orjson.dumps(_with_numbers(value), option=orjson.OPT_SORT_KEYS)


def _with_numbers(value: Any) -> Any:
    """The value with integers that JSON writers of 64 bits cannot hold as texts."""
    if isinstance(value, dict):
        return {name: _with_numbers(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_numbers(member) for member in value]
    if isinstance(value, Decimal) or (isinstance(value, int) and not -(2**63) <= value < 2**64):
        return _number(Decimal(value))
    return value


def _number(value: Any) -> Any:
    if not isinstance(value, Decimal):
        raise TypeError(type(value))
    sign, digits, exponent = _EXACT.normalize(value).as_tuple()
    # A whole number of 64 bits looks as the int of the same value would.
    if value == 0:
        return 0
    if isinstance(exponent, int) and 0 <= exponent <= 18 and len(digits) + exponent <= 18:
        return int(value)
    return {"number": f"{'-' if sign else ''}{''.join(map(str, digits))}e{exponent}"}

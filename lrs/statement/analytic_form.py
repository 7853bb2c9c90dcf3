"""The analytic form of a statement: identifier-free, the only one that leaves the LRS.

Everything is left out unless this file lets it in: agents leave as agent keys, names and free text not at all, and of
extensions only those of the vocabulary, each held to its kind of value.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import orjson

from lrs.statement.agent_key import AgentKeys
from lrs.statement.durations import milliseconds
from lrs.statement.extensions import EXTENSIONS
from lrs.statement.mentions import definitions

FORM_VERSION = 1
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/# -]{0,199}")
_LONG_SPELLING, _SHORT_SPELLING = "http://activitystrea.ms/schema/1.0/", "http://activitystrea.ms/"


def analytic_form(
    statement: dict[str, Any], statement_id: str, happened_at: int | None, keys: AgentKeys, authority_key: str
) -> str:
    """The analytic form as JSON text; its members are described in schemas/xapi/analytic_form.json.

    `happened_at` is the statement's timestamp in microseconds; None leaves it out, for the store to add.
    """
    form: dict[str, Any] = {} if happened_at is None else {"timestamp": happened_at}
    form |= {
        "id": statement_id.lower(),
        "actor": _agent(statement["actor"], keys),
        "verb": _iri(statement["verb"]["id"]),
        "object": _object(statement["object"], keys),
    }
    if result := _result(statement.get("result", {})):
        form["result"] = result
    if context := _context(statement.get("context", {}), keys):
        form["context"] = context
    defined = definitions(statement)
    if types := [[name, _iri(d["type"])] for name, d in defined if "type" in d]:
        form["types"] = types
    if extensions := _extensions(statement, keys):
        form["extensions"] = extensions
    form["authority"] = authority_key
    return orjson.dumps(form).decode()


def _agent(agent: dict[str, Any], keys: AgentKeys) -> dict[str, Any]:
    if agent.get("objectType") != "Group":
        return {"objectType": "Agent", "key": keys.key(agent)}
    members = [keys.key(member) for member in agent.get("member", ())]
    return {"objectType": "Group", "key": keys.key(agent), **({"member": members} if members else {})}


def _iri(iri: str) -> str:
    return iri.replace(_LONG_SPELLING, _SHORT_SPELLING) if iri.startswith(_LONG_SPELLING) else iri


def _object(thing: dict[str, Any], keys: AgentKeys) -> dict[str, Any]:
    kind = thing.get("objectType", "Activity")
    if kind in ("Agent", "Group"):
        return {**_agent(thing, keys), "id": keys.key(thing)}
    if kind == "SubStatement":
        return {"objectType": kind}
    return {"objectType": kind, "id": thing["id"].lower() if kind == "StatementRef" else thing["id"]}


def _result(result: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {name: result[name] for name in ("success", "completion") if name in result}
    if "duration" in result:
        made["duration_ms"] = milliseconds(result["duration"])
    for name, value in result.get("score", {}).items():
        if name in ("scaled", "raw", "min", "max"):
            made[name] = decimal_text(value)
    return made


def _context(context: dict[str, Any], keys: AgentKeys) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "registration" in context:
        made["registration"] = context["registration"].lower()
    for role in ("instructor", "team"):
        if role in context:
            made[role] = keys.key(context[role])
    for name in ("platform", "language"):
        if name in context and _TOKEN.fullmatch(context[name]):
            made[name] = context[name]
    if "statement" in context:
        made["statement"] = context["statement"]["id"].lower()
    for kind, named in context.get("contextActivities", {}).items():
        if activities := named if isinstance(named, list) else [named]:
            made[kind] = [activity["id"] for activity in activities]
    return made


def decimal_text(value: int | Decimal) -> str:
    """A number as plain digits; one too large or small for any column of figures as it stands."""
    number = Decimal(value)
    return f"{number:f}" if abs(number.adjusted()) < 30 else str(number)


def _extensions(statement: dict[str, Any], keys: AgentKeys) -> dict[str, Any]:
    thing = statement["object"]
    sources: list[dict[str, Any]] = [
        thing.get("definition", {}).get("extensions", {})
        if isinstance(thing.get("definition"), dict)
        else {},
        statement.get("context", {}).get("extensions", {}),
        statement.get("result", {}).get("extensions", {}),
    ]
    made: dict[str, Any] = {}
    for source in sources:
        for iri, value in source.items():
            if iri in EXTENSIONS:
                name, read = EXTENSIONS[iri]
                made |= _read(name, read, value, keys)
    return made


def _read(name: str, read: Callable[[Any, AgentKeys], Any], value: Any, keys: AgentKeys) -> dict[str, Any]:
    """The extension under its short name, or nothing when its value is not of its kind."""
    try:
        found = read(value, keys)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        return {}
    if isinstance(found, dict):
        return found
    return {} if found is None else {name: found}

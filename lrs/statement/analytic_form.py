"""The analytic form of a statement: identifier-free, the only one that leaves the LRS.

Everything is left out unless this file lets it in: agents leave as agent keys, names and free text not at all, and of
extensions only those of the vocabulary, each held to its kind of value.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import orjson

from lrs.statement.agent_key import AgentKeys
from lrs.statement.durations import milliseconds
from lrs.statement.extensions import EXTENSIONS, NOT_ITS_KIND
from lrs.statement.figures import LONGEST_MS, decimal_text
from lrs.statement.iri import one_spelling
from lrs.statement.mentions import definitions
from lrs.statement.thing_id import thing_id

FORM_VERSION = 4
# Free text in the specification, so somebody's name or address as well: a name of one word is let through.
_PLATFORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/#-]{0,199}")
# Language, script and region; what follows in a tag, such as `x-` and words of one's own, stays behind.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?=-|$)")


def analytic_form(
    statement: dict[str, Any],
    statement_id: str,
    happened_at: int | None,
    keys: AgentKeys,
    authority_key: str,
    conformance: Sequence[dict[str, Any]] = (),
) -> str:
    """The analytic form of a checked statement as JSON text; schemas/xapi/analytic_form.json describes its members.

    `happened_at` is the statement's timestamp in microseconds; None leaves it out, for the store to add.
    `conformance` is what profiles say of it (lrs/profile/conformance.py).
    """
    form: dict[str, Any] = {} if happened_at is None else {"timestamp": happened_at}
    form["id"] = statement_id.lower()
    form["actor"] = _agent(statement["actor"], keys)
    form["verb"] = thing_id(one_spelling(statement["verb"]["id"]), keys)
    form["object"] = _object(statement["object"], keys)
    if "result" in statement and (result := _result(statement["result"])):
        form["result"] = result
    if "context" in statement and (context := _context(statement["context"], keys)):
        form["context"] = context
    if types := _types(statement, keys):
        form["types"] = types
    if extensions := _extensions(statement, keys):
        form["extensions"] = extensions
    if conformance:
        form["conformance"] = conformance
    form["authority"] = authority_key
    return orjson.dumps(form).decode()


def _agent(agent: dict[str, Any], keys: AgentKeys) -> dict[str, Any]:
    if agent.get("objectType") != "Group":
        return {"objectType": "Agent", "key": keys.key(agent)}
    members = [keys.key(member) for member in agent.get("member", ())]
    return {"objectType": "Group", "key": keys.key(agent), **({"member": members} if members else {})}


def _object(thing: dict[str, Any], keys: AgentKeys) -> dict[str, Any]:
    kind = thing.get("objectType", "Activity")
    if kind in ("Agent", "Group"):
        return {**_agent(thing, keys), "id": keys.key(thing)}
    if kind == "SubStatement":
        return {"objectType": kind}
    return {
        "objectType": kind,
        "id": thing["id"].lower() if kind == "StatementRef" else thing_id(thing["id"], keys),
    }


def _result(result: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {name: result[name] for name in ("success", "completion") if name in result}
    if "duration" in result and (length := milliseconds(result["duration"])) <= LONGEST_MS:
        made["duration_ms"] = length
    for name, value in result.get("score", {}).items():
        made[name] = decimal_text(value)
    return made


def _context(context: dict[str, Any], keys: AgentKeys) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "registration" in context:
        made["registration"] = context["registration"].lower()
    for role in ("instructor", "team"):
        if role in context:
            made[role] = keys.key(context[role])
    if "platform" in context and _PLATFORM.fullmatch(context["platform"]):
        made["platform"] = context["platform"]
    if found := _LANGUAGE.match(context.get("language", "")):
        made["language"] = found[0]
    if "statement" in context:
        made["statement"] = context["statement"]["id"].lower()
    for kind, named in context.get("contextActivities", {}).items():
        if activities := named if isinstance(named, list) else [named]:
            made[kind] = [thing_id(activity["id"], keys) for activity in activities]
    return made


def _types(statement: dict[str, Any], keys: AgentKeys) -> list[list[str]]:
    typed = [(name, d["type"]) for name, d in definitions(statement) if "type" in d]
    return [[thing_id(name, keys), thing_id(one_spelling(kind), keys)] for name, kind in typed]


def _extensions(statement: dict[str, Any], keys: AgentKeys) -> dict[str, Any]:
    """The extensions of the vocabulary under their short names; a result's wins over a context's, and so on."""
    definition = statement["object"].get("definition", {})
    made: dict[str, Any] = {}
    for part in (definition, statement.get("context", {}), statement.get("result", {})):
        for iri, value in part.get("extensions", {}).items():
            if iri in EXTENSIONS:
                made |= _read(*EXTENSIONS[iri], value, keys)
    return made


def _read(name: str, read: Callable[[Any, AgentKeys], Any], value: Any, keys: AgentKeys) -> dict[str, Any]:
    """The extension under its short name, or nothing when its value is not of its kind."""
    try:
        found = read(value, keys)
    except NOT_ITS_KIND:
        return {}
    if isinstance(found, dict):
        return found
    return {} if found is None else {name: found}

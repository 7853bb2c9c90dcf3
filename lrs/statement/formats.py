"""The formats of an answer that are not `exact` (Communication 2.1.3): `ids` and `canonical`.

Statements come in and go out as JSON text; numbers keep the digits that they were sent with.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lrs.statement.json_text import parse_object
from lrs.statement.languages import Preferences, one_language
from lrs.statement.verbatim_json import verbatim_json

Value = dict[str, Any]
_IFI = ("mbox", "mbox_sha1sum", "openid", "account")
_SINCE_2_0 = ("contextAgents", "contextGroups")
_COMPONENTS = ("choices", "scale", "source", "target", "steps")


def ids_only(text: str) -> str:
    """A statement in which agents, groups, activities and verbs hold no more than what identifies them."""
    return verbatim_json(_map(parse_object(text), _agent_id, _verb_id, _activity_id))


def canonical(text: str, definitions: Mapping[str, Value], preferences: Preferences) -> str:
    """A statement with the store's definitions of its activities, and one language in each language map.

    `definitions` are what the store holds, by activity id; an activity that is not in it keeps its own.
    """

    def verb(value: Value) -> Value:
        if "display" not in value:
            return value
        return {**value, "display": one_language(value["display"], preferences)}

    def activity(value: Value) -> Value:
        definition = definitions.get(value["id"], value.get("definition"))
        return {**value, "definition": _definition(definition, preferences)} if definition else value

    return verbatim_json(_map(parse_object(text), _as_is, verb, activity))


def activity_ids(text: str) -> list[str]:
    """The ids of all activities of a statement: those that `canonical` asks definitions for."""
    found: dict[str, None] = {}

    def note(value: Value) -> Value:
        found.setdefault(value["id"])
        return value

    _map(parse_object(text), _as_is, _as_is, note)
    return list(found)


def _map(
    statement: Value,
    agent: Callable[[Value], Value],
    verb: Callable[[Value], Value],
    activity: Callable[[Value], Value],
) -> Value:
    """A statement or SubStatement with each of its agents, verbs and activities replaced."""
    made = {**statement, "actor": agent(statement["actor"]), "verb": verb(statement["verb"])}
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        made["object"] = activity(thing)
    elif kind == "SubStatement":
        made["object"] = _map(thing, agent, verb, activity)
    elif kind != "StatementRef":
        made["object"] = agent(thing)
    if "context" in statement:
        made["context"] = _map_context(statement["context"], agent, activity)
    if "authority" in statement:
        made["authority"] = agent(statement["authority"])
    return made


def _map_context(
    context: Value, agent: Callable[[Value], Value], activity: Callable[[Value], Value]
) -> Value:
    made = dict(context)
    for role in ("instructor", "team"):
        if role in context:
            made[role] = agent(context[role])
    for listed, member in (("contextAgents", "agent"), ("contextGroups", "group")):
        if listed in context:
            made[listed] = [{**each, member: agent(each[member])} for each in context[listed]]
    if "contextActivities" in context:
        kinds = context["contextActivities"].items()
        made["contextActivities"] = {kind: [activity(each) for each in named] for kind, named in kinds}
    return made


def _as_is(value: Value) -> Value:
    return value


def _agent_id(agent: Value) -> Value:
    """The IFI; of a group without one the members' IFIs."""
    made = {name: agent[name] for name in ("objectType", *_IFI) if name in agent}
    if not any(name in agent for name in _IFI):
        made["member"] = [_agent_id(member) for member in agent.get("member", ())]
    return made


def _verb_id(verb: Value) -> Value:
    return {"id": verb["id"]}


def _activity_id(activity: Value) -> Value:
    return {"id": activity["id"]}


def _definition(definition: Value, preferences: Preferences) -> Value:
    made = dict(definition)
    for name in ("name", "description"):
        if name in made:
            made[name] = one_language(made[name], preferences)
    for name in _COMPONENTS:
        if name in made:
            made[name] = [_component(each, preferences) for each in made[name]]
    return made


def _component(component: Value, preferences: Preferences) -> Value:
    if "description" not in component:
        return component
    return {**component, "description": one_language(component["description"], preferences)}


def without_later_members(text: str) -> str:
    """A statement of xAPI 2.0 as a client of 1.0.3 can read it: without contextAgents and contextGroups."""
    statement = parse_object(text)
    for part in (statement, statement["object"]):
        if "context" in part:
            part["context"] = {n: v for n, v in part["context"].items() if n not in _SINCE_2_0}
    statement["version"] = "1.0.3"
    return verbatim_json(statement)

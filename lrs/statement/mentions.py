"""Which agents and activities a statement names, and how: what the filters of GET statements ask."""

from typing import Any, NamedTuple

from lrs.statement.agent_key import AgentKeys


class Mentions(NamedTuple):
    """Agent keys and activity ids, each once; `related` is True for those that only the related_ filters reach."""

    agents: list[tuple[str, bool]]
    activities: list[tuple[str, bool]]


def mentions(statement: dict[str, Any], keys: AgentKeys, authority_key: str) -> Mentions:
    """All agents and activities of a statement (Communication 2.1.3: agent, activity and their related_ forms)."""
    agents: dict[str, bool] = {}
    thing = statement["object"]
    _add_agents(agents, statement["actor"], keys, False)
    _add_object_agents(agents, thing, keys, False)
    if thing.get("objectType") == "SubStatement":
        _add_agents(agents, thing["actor"], keys, True)
        _add_object_agents(agents, thing["object"], keys, True)
        _add_context_agents(agents, thing.get("context", {}), keys)
    _add_context_agents(agents, statement.get("context", {}), keys)
    agents.setdefault(authority_key, True)
    return Mentions(list(agents.items()), activities(statement))


def activities(statement: dict[str, Any]) -> list[tuple[str, bool]]:
    """The ids of all activities of a statement, each once, and whether only related_activities reaches it."""
    found: dict[str, bool] = {}
    thing = statement["object"]
    if thing.get("objectType", "Activity") == "Activity":
        found[thing["id"]] = False
    elif thing["objectType"] == "SubStatement":
        inner = thing["object"]
        if inner.get("objectType", "Activity") == "Activity":
            found[inner["id"]] = True
        for activity in context_activities(thing.get("context", {})):
            found[activity["id"]] = True
    for activity in context_activities(statement.get("context", {})):
        found.setdefault(activity["id"], True)
    return list(found.items())


def _add_agents(found: dict[str, bool], agent: dict[str, Any], keys: AgentKeys, related: bool) -> None:
    """An agent, or a group with its members; being named directly wins over being related."""
    for each in (agent, *agent.get("member", ())):
        key = keys.key(each)
        found[key] = found.get(key, True) and related


def _add_object_agents(
    agents: dict[str, bool], thing: dict[str, Any], keys: AgentKeys, related: bool
) -> None:
    if thing.get("objectType", "Activity") in ("Agent", "Group"):
        _add_agents(agents, thing, keys, related)


def _add_context_agents(agents: dict[str, bool], context: dict[str, Any], keys: AgentKeys) -> None:
    for role in ("instructor", "team"):
        if role in context:
            _add_agents(agents, context[role], keys, True)
    for listed, member in (("contextAgents", "agent"), ("contextGroups", "group")):
        for each in context.get(listed, ()):
            _add_agents(agents, each[member], keys, True)


def context_activities(context: dict[str, Any]) -> list[dict[str, Any]]:
    """All activities of contextActivities; one alone may stand without its list (Data 2.4.6.2)."""
    found: list[dict[str, Any]] = []
    for named in context.get("contextActivities", {}).values():
        found += named if isinstance(named, list) else [named]
    return found


def definitions(statement: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The activities of a statement that come with a definition, with it; not those of a SubStatement."""
    thing = statement["object"]
    named = [thing] if thing.get("objectType", "Activity") == "Activity" else []
    named += context_activities(statement.get("context", {}))
    return [(activity["id"], activity["definition"]) for activity in named if "definition" in activity]


def agents(statement: dict[str, Any]) -> list[dict[str, Any]]:
    """All Agents and Groups of a statement as they stand in it, members of groups and a SubStatement's too."""
    thing, context = statement["object"], statement.get("context", {})
    found = [statement["actor"], *(context[role] for role in ("instructor", "team") if role in context)]
    found += [each["agent"] for each in context.get("contextAgents", ())]
    found += [each["group"] for each in context.get("contextGroups", ())]
    if "authority" in statement:
        found.append(statement["authority"])
    if thing.get("objectType", "Activity") in ("Agent", "Group"):
        found.append(thing)
    found += [member for each in found for member in each.get("member", ())]
    return found + agents(thing) if thing.get("objectType") == "SubStatement" else found

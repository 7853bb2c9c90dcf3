"""One person, many agents: which agent keys are one person's, and what a roster says of whoever they are.

The learner key of the published tables is the smallest agent key of those that links make one person; a person of the
roster without an account is his roster key. Every agent key of a person leads here to the same person.
"""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from lrs.directory.store_index import Opened, Recorded, pages, recorded_of_agents
from lrs.index.tables import agent_link
from lrs.reference.entity import PERSON
from lrs.reference.form import person_key


def agents_of(opened: Opened, agent_keys: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each agent key all those of the same person, itself too; asks for the links of these people only."""
    asked = list(dict.fromkeys(agent_keys))
    linked = _links(opened, asked)
    together: dict[str, frozenset[str]] = {}
    for key in asked:
        if key not in together:
            person = _reached(key, linked)
            together |= dict.fromkeys(person, person)
    return {key: together[key] for key in asked}


def _links(opened: Opened, asked: Iterable[str]) -> dict[str, set[str]]:
    linked: dict[str, set[str]] = {}
    waiting = set(asked)
    while waiting:
        linked |= {key: set() for key in waiting}
        for some in pages(waiting):
            query = sa.select(agent_link.c.agent_key, agent_link.c.linked_to).where(
                agent_link.c.store == opened.store, agent_link.c.agent_key.in_(some)
            )
            for key, other in opened.connection.execute(query):
                linked[key].add(other)
        waiting = {other for key in waiting for other in linked[key]} - linked.keys()
    return linked


def _reached(start: str, linked: Mapping[str, set[str]]) -> frozenset[str]:
    reached, waiting = {start}, [start]
    while waiting:
        news = linked[waiting.pop()] - reached
        reached |= news
        waiting += news
    return frozenset(reached)


def learner_key_of(agents: Iterable[str]) -> str:
    """The key that the published tables have for a person with these agents."""
    return min(agents)


def roster_persons(opened: Opened, people: Mapping[str, frozenset[str]]) -> dict[str, list[Recorded]]:
    """What rosters say of people (a key, and all agent keys of that person), the newest last; none: left out."""
    whose = _whose(people)
    found: dict[str, dict[int, Recorded]] = {}
    for agent, recorded in recorded_of_agents(opened, PERSON, whose):
        for key in whose[agent]:
            found.setdefault(key, {})[recorded.position] = recorded
    return {key: list(by_position.values()) for key, by_position in found.items()}


def roster_keys(opened: Opened, people: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """The keys under which rosters enrol people: of each person that a roster has, and the key itself."""
    known = roster_persons(opened, people)
    return {
        key: {*agents, *(person_key(each.content["key"], opened.keys) for each in known.get(key, ()))}
        for key, agents in people.items()
    }


def _whose(people: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    whose: dict[str, list[str]] = {}
    for key, agents in people.items():
        for agent in agents:
            whose.setdefault(agent, []).append(key)
    return whose

"""Names of learners: as the roster has them, else as the newest statement calls them."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from lrs.directory.person import agents_of, roster_persons
from lrs.directory.statements import statements_at
from lrs.directory.store_index import Opened
from lrs.index.tables import statement_agent
from lrs.statement.mentions import agents

# So many of the newest statements that name an agent are read for a name; where these have none, others rarely do.
STATEMENTS_READ = 20


def learner_names(opened: Opened, agent_keys: Iterable[str]) -> dict[str, str]:
    """Names by the key asked for (a learner key or any other agent key of the person); without a name: left out."""
    people = agents_of(opened, agent_keys)
    persons = roster_persons(opened, people)
    named = {key: name for key, known in persons.items() if (name := _roster_name(known[-1].content))}
    for key, keys in people.items():
        if key not in named and (stated := _stated_name(opened, keys)):
            named[key] = stated
    return named


def _roster_name(person: Mapping[str, Any]) -> str:
    return " ".join(str(person[part]) for part in ("given_name", "family_name") if person.get(part))


def _stated_name(opened: Opened, agent_keys: frozenset[str]) -> str | None:
    positions = {position for key in agent_keys for position in _newest(opened, key)}
    for written in reversed(list(statements_at(opened, positions))):
        for agent in agents(written.statement):
            if agent.get("name") and opened.keys.key(agent) in agent_keys:
                return str(agent["name"])
    return None


def _newest(opened: Opened, agent_key: str) -> list[int]:
    named = statement_agent.c
    here = (named.store == opened.store, named.agent_key == agent_key, named.source == named.position)
    query = sa.select(named.position).where(*here).order_by(named.position.desc()).limit(STATEMENTS_READ)
    return list(opened.connection.execute(query).scalars())

"""From what somebody types to a person of the store."""

import re
from typing import Any

import sqlalchemy as sa

from lrs.directory.person import agents_of, learner_key_of, roster_persons
from lrs.directory.store_index import Opened, recorded_by_key
from lrs.index.tables import statement_agent
from lrs.reference.entity import PERSON
from lrs.reference.form import person_key
from lrs.statement.check import InvalidStatement, check_agent
from lrs.statement.json_text import InvalidJson, parse_object

_AGENT_KEY = re.compile(r"\d+-[0-9a-f]{32}")


def find_person(opened: Opened, named: str) -> str | None:
    """The learner key of a person: by the roster's id, by an agent as JSON, or by any agent key of his.

    None for somebody whom neither a roster nor a statement knows.
    """
    key = _agent_key(opened, named)
    if key is None:
        return None
    everyone = agents_of(opened, [key])[key]
    known = roster_persons(opened, {key: everyone}).get(key)
    if known is None:
        return learner_key_of(everyone) if _is_named(opened, everyone) else None
    accounts = [opened.keys.key(agent) for agent in known[-1].content.get("agents", ())]
    linked = agents_of(opened, accounts).values()
    # As projections/facts/roster_person.sql: the roster's key alone stands for who has no account.
    return min(map(learner_key_of, linked)) if accounts else person_key(known[-1].content["key"], opened.keys)


def _agent_key(opened: Opened, named: str) -> str | None:
    if content := recorded_by_key(opened, PERSON, [named]).get(named):
        return person_key(content["key"], opened.keys)
    if _AGENT_KEY.fullmatch(named):
        return named
    agent = _agent(named)
    return opened.keys.key(agent) if agent is not None else None


def _agent(text: str) -> dict[str, Any] | None:
    try:
        agent: dict[str, Any] = parse_object(text)
        check_agent(agent)
    except (InvalidJson, InvalidStatement):
        return None
    return agent


def _is_named(opened: Opened, agent_keys: frozenset[str]) -> bool:
    here = (statement_agent.c.store == opened.store, statement_agent.c.agent_key.in_(sorted(agent_keys)))
    return (
        opened.connection.execute(sa.select(statement_agent.c.position).where(*here).limit(1)).first()
        is not None
    )

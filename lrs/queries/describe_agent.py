"""What is known of an agent (Communication 2.4): its identifier, and the names that it was given lately."""

from typing import Any

import orjson
import sqlalchemy as sa

from lrs.event_log.read import read_events
from lrs.event_log.upcast import lift
from lrs.index.tables import statement_agent
from lrs.statement.agent_key import AgentKeys
from lrs.statement.mentions import agents

# So many of the last statements that name an agent are read for its names; no table of names has to be kept for it.
STATEMENTS_READ = 50
_IFI = ("mbox", "mbox_sha1sum", "openid", "account")


def describe_agent(
    connection: sa.Connection, agent: dict[str, Any], *, store: str, keys: AgentKeys
) -> dict[str, Any]:
    """The Person of an Agent: each property a list, names latest first, no identifier but the one that was asked for.

    Which other identifiers are the same person is for the store's own reports, not for every credential (2.4).
    """
    key = keys.key(agent)
    named = statement_agent.c
    query = sa.select(named.position).distinct().where(named.store == store, named.agent_key == key)
    query = query.where(named.source == named.position).order_by(named.position.desc()).limit(STATEMENTS_READ)
    names: dict[str, None] = {agent["name"]: None} if "name" in agent else {}
    for (position,) in connection.execute(query).fetchall():
        names |= dict.fromkeys(_names_at(connection, position, key, keys))
    person: dict[str, Any] = {"objectType": "Person"}
    if names:
        person["name"] = list(names)
    return person | {name: [agent[name]] for name in _IFI if name in agent}


def _names_at(connection: sa.Connection, position: int, key: str, keys: AgentKeys) -> list[str]:
    (event,) = read_events(connection, position - 1, 1)
    statement = lift(event)
    if statement is None:
        return []
    found = agents(statement | ({"authority": orjson.loads(event.authority)} if event.authority else {}))
    return [agent["name"] for agent in found if "name" in agent and keys.key(agent) == key]

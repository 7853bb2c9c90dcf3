"""Say that several agents are one person: a learner on more than one platform."""

from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from lrs.event_log.append import Head, NewEvent, append
from lrs.event_log.upcast import CURRENT_VERSION, PERSON_LINKED
from lrs.event_log.writer import Writer
from lrs.index.fill import Entry, fill, person_link_entry
from lrs.statement.agent_key import AgentKeys


def link_person(
    writer: Writer, agents: Sequence[dict[str, Any]], *, store: str, credential: str, keys: AgentKeys
) -> int:
    """Append a `person_linked` event for two or more agents; returns its position.

    Each agent is an xAPI Agent with one IFI. Linking later gives the same tables as linking before; linking the same
    agents again changes no table.
    """
    agent_keys = [keys.key(agent) for agent in agents]
    event = NewEvent(
        store=store,
        kind=PERSON_LINKED,
        version=CURRENT_VERSION[PERSON_LINKED],
        body=orjson.dumps({"agents": list(agents)}).decode(),
        agent_keys=tuple(sorted(set(agent_keys))),
        credential=credential,
    )
    return writer.run(_append_all, (event, person_link_entry(agent_keys, store=store)))


def _append_all(
    connection: sa.Connection, head: Head, links: Sequence[tuple[NewEvent, Entry]]
) -> tuple[list[int], Head]:
    positions = []
    for event, entry in links:
        head = append(connection, [event], head)
        fill(connection, [(entry, head.position, head.stored)])
        positions.append(head.position)
    return positions, head

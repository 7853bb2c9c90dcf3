"""What every part of the directory reads with: a connection to one moment of one store, and what makes agent keys."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from lrs.event_log.tables import event_payload
from lrs.index.reference import key_digest
from lrs.index.tables import reference_agent, reference_entity
from lrs.reference.token import token
from lrs.statement.agent_key import AgentKeys
from lrs.statement.json_text import parse_object

AT_ONCE = 400
T = TypeVar("T")


class Opened(NamedTuple):
    """A transaction that reads, the store that it reads of, and the keys that the store's agents have."""

    connection: sa.Connection
    store: str
    keys: AgentKeys


class Recorded(NamedTuple):
    """What the reference data says of an entity: at which position it was said, and all of it."""

    position: int
    content: dict[str, Any]


def pages(wanted: Iterable[T]) -> Iterator[Sequence[T]]:
    """The distinct ones, so many at a time as one query may name."""
    distinct = list(dict.fromkeys(wanted))
    for start in range(0, len(distinct), AT_ONCE):
        yield distinct[start : start + AT_ONCE]


def recorded_of_agents(
    opened: Opened, entity_type: str, agent_keys: Iterable[str]
) -> list[tuple[str, Recorded]]:
    """The persons or enrolments that agent keys lead to: (agent key, what is recorded), by position.

    What was erased since is left out.
    """
    found: list[tuple[str, Recorded]] = []
    for some in pages(agent_keys):
        query = _BODIES_OF_AGENTS.where(
            reference_agent.c.store == opened.store,
            reference_agent.c.type == entity_type,
            reference_agent.c.agent_key.in_(some),
        )
        for key, position, body in opened.connection.execute(query):
            found.append((key, Recorded(position, parse_object(body))))
    return sorted(found, key=lambda each: each[1].position)


def recorded_by_key(opened: Opened, entity_type: str, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Contents of entities by the key that is asked for: the entity's own, or the digits that stand for one."""
    asked = set(wanted)
    found: dict[str, dict[str, Any]] = {}
    for some in pages(asked | _behind_tokens(opened, entity_type, asked)):
        query = _BODIES.where(
            reference_entity.c.store == opened.store,
            reference_entity.c.type == entity_type,
            reference_entity.c.key_digest.in_([key_digest(key) for key in some]),
        )
        for (body,) in opened.connection.execute(query):
            content = parse_object(body)
            found |= {key: content for key in (content["key"], token(content["key"])) if key in asked}
    return found


def _behind_tokens(opened: Opened, entity_type: str, asked: set[str]) -> set[str]:
    """A key that could hold a name leaves the store as digits (lrs.reference.token): only reading all tells of whom."""
    if not any(key.startswith("x-") for key in asked):
        return set()
    of_type = (reference_entity.c.store == opened.store, reference_entity.c.type == entity_type)
    keys = opened.connection.execute(sa.select(reference_entity.c.key).where(*of_type)).scalars()
    return {key for key in keys if token(key) in asked}


_BODIES = sa.select(event_payload.c.body).join_from(
    reference_entity, event_payload, event_payload.c.position == reference_entity.c.position
)
_BODIES_OF_AGENTS = (
    sa.select(reference_agent.c.agent_key, reference_entity.c.position, event_payload.c.body)
    .join_from(
        reference_agent,
        reference_entity,
        (reference_entity.c.store == reference_agent.c.store)
        & (reference_entity.c.type == reference_agent.c.type)
        & (reference_entity.c.key_digest == reference_agent.c.key_digest),
    )
    .join(event_payload, event_payload.c.position == reference_entity.c.position)
)

"""The current entities of the reference data, by key: what an import compares with, and where names are found.

A row points to the event that recorded the entity last; its content stays in that event's payload, the only place
that holds names.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from lrs.event_log.prepared import write_rows
from lrs.event_log.tables import event_payload
from lrs.index.tables import reference_agent, reference_entity
from lrs.reference.entity import digest_of
from lrs.reference.form import agent_keys_of
from lrs.reference.known import KnownEntity
from lrs.statement.agent_key import AgentKeys

KEYS_AT_ONCE = 500


class ReferenceRow(NamedTuple):
    """What the index holds of an entity, but for its position; `agent_keys` lead to it."""

    type: str
    key: str
    source: str
    digest: bytes
    ended: bool
    agent_keys: tuple[str, ...]


def reference_row(entity_type: str, content: dict[str, Any], keys: AgentKeys) -> ReferenceRow:
    """The row of an entity, from its content as it is in the payload."""
    found = dict.fromkeys(agent_keys_of(entity_type, content, keys))
    return ReferenceRow(
        entity_type, content["key"], content["source"], digest_of(content), "ended" in content, tuple(found)
    )


def fill_reference(connection: sa.Connection, rows: Iterable[tuple[str, ReferenceRow, int]]) -> None:
    """Put rows, each with its store and the position of its event, in the place of those of their keys."""
    latest = {(store, row.type, key_digest(row.key)): (row, position) for store, row, position in rows}
    if not latest:
        return
    for table in (reference_entity, reference_agent):
        named = [table.c[n] == sa.bindparam(f"b_{n}") for n in ("store", "type", "key_digest")]
        values = [{"b_store": s, "b_type": t, "b_key_digest": k} for s, t, k in latest]
        connection.execute(table.delete().where(*named), values)
    entities = [
        (store, name, digest, row.key, row.source, row.digest, row.ended, position)
        for (store, name, digest), (row, position) in latest.items()
    ]
    agents = [
        (store, agent_key, name, digest)
        for (store, name, digest), (row, _) in latest.items()
        for agent_key in row.agent_keys
    ]
    write_rows(connection, reference_entity, entities)
    write_rows(connection, reference_agent, agents)


def key_digest(key: str) -> bytes:
    """16 bytes that stand for a key: a key may be longer than a database's index entry can be."""
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Known:
    """The entities of one store as the index has them, read once for each type (lrs.reference.known.Known)."""

    def __init__(self, connection: sa.Connection, store: str) -> None:
        self._connection, self._store = connection, store
        self._entities: dict[str, dict[str, KnownEntity]] = {}

    def entities(self, entity_type: str) -> Mapping[str, KnownEntity]:
        if entity_type not in self._entities:
            c = reference_entity.c
            query = sa.select(c.key, c.source, c.digest, c.ended).where(
                c.store == self._store, c.type == entity_type
            )
            rows = self._connection.execute(query)
            self._entities[entity_type] = {key: KnownEntity(s, bytes(d), bool(e)) for key, s, d, e in rows}
        return self._entities[entity_type]

    def contents(self, entity_type: str, keys: Collection[str]) -> Mapping[str, dict[str, Any]]:
        wanted = list(keys)
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(wanted), KEYS_AT_ONCE):
            page = [key_digest(key) for key in wanted[start : start + KEYS_AT_ONCE]]
            for (body,) in self._connection.execute(self._bodies(entity_type, page)):
                content = orjson.loads(body)
                found[content["key"]] = content
        return found

    def _bodies(self, entity_type: str, digests: Collection[bytes]) -> sa.Select[Any]:
        c = reference_entity.c
        return (
            sa.select(event_payload.c.body)
            .join_from(reference_entity, event_payload, event_payload.c.position == c.position)
            .where(c.store == self._store, c.type == entity_type, c.key_digest.in_(digests))
            .order_by(c.position)
        )

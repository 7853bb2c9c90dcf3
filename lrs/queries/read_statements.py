"""Read statements by position, composed as they are given back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lrs.event_log.tables import event_log, event_payload
from lrs.event_log.upcast import STATEMENT
from lrs.index.tables import statement_index, voiding
from lrs.statement.compose import Given, compose

POSITIONS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A statement as given back: its JSON text, when it was stored (microseconds), by which credential.

    `version` is of the xAPI rules that it was taken in by: "1.0.0" or "2.0.0".
    """

    position: int
    stored: int
    credential: str
    version: str
    text: str


_ROWS = sa.select(
    event_log.c.position,
    event_log.c.statement_id,
    event_log.c.stored,
    event_log.c.credential,
    event_payload.c.body,
    event_payload.c.given,
    event_payload.c.authority,
    event_payload.c.xapi_version,
).join_from(event_log, event_payload, event_payload.c.position == event_log.c.position)


def read_statements(connection: sa.Connection, positions: Sequence[int]) -> Iterator[ReadStatement]:
    """The statements at these positions, in that order, read as they are asked for."""
    for start in range(0, len(positions), POSITIONS_AT_ONCE):
        some = positions[start : start + POSITIONS_AT_ONCE]
        rows = connection.execute(_ROWS.where(event_log.c.position.in_(some)))
        found = {row.position: _compose(row) for row in rows}
        yield from (found[position] for position in some)


def read_statement(
    connection: sa.Connection, store: str, statement_id: str, *, voided: bool = False
) -> ReadStatement | None:
    """The statement of this id if it is (or, with `voided`, is not) still valid; None when there is none such.

    A voided statement is only found as a voided one (Communication 2.1.3). Ids compare without case.
    """
    statement_id = statement_id.lower()
    query = _ROWS.where(event_log.c.store == store, event_log.c.statement_id == statement_id)
    row = connection.execute(query.where(event_log.c.kind == STATEMENT)).first()
    if row is None or is_voided(connection, store, statement_id) != voided:
        return None
    return _compose(row)


def is_voided(connection: sa.Connection, store: str, statement_id: str) -> bool:
    """Whether some statement voids this one; a voiding statement is never voided itself (Data 2.3.2)."""
    voids = sa.select(1).where(voiding.c.store == store, voiding.c.target_id == statement_id).exists()
    is_voiding = (
        sa.select(1)
        .where(
            event_log.c.store == store,
            event_log.c.statement_id == statement_id,
            statement_index.c.position == event_log.c.position,
            statement_index.c.voiding,
        )
        .exists()
    )
    return bool(connection.execute(sa.select(voids & ~is_voiding)).scalar())


def _compose(row: Any) -> ReadStatement:
    values = row._mapping
    text = compose(
        values["body"],
        Given(values["given"]),
        statement_id=values["statement_id"],
        stored=values["stored"],
        authority=values["authority"],
        version=values["xapi_version"],
    )
    return ReadStatement(
        values["position"], values["stored"], values["credential"], values["xapi_version"], text
    )

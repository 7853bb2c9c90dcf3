"""Store statements: all of a request or none of it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlalchemy as sa

from lrs.commands.prepare_statements import Body, Prepared, prepare_body
from lrs.event_log.append import Head, NewEvent, append
from lrs.event_log.content import keep_content
from lrs.event_log.prepared import fetch_all
from lrs.event_log.tables import event_log
from lrs.event_log.writer import Writer
from lrs.index.fill import fill
from lrs.statement.attachments import Content

IDS_AT_ONCE = 50


# Larger bodies are prepared by their own thread, so that small ones need not wait for them.
SMALL_BODY_BYTES = 32 * 1024


class Outcome(NamedTuple):
    """What became of each statement of a request, by its index; their ids; and where the log ended then."""

    head: Head
    ids: list[str]
    stored: list[int]
    equal: list[int]


class Conflict(Exception):
    """A statement of this id is there already, or is in this request, and says something else (409; Data 2.3.1)."""

    def __init__(self, index: int, statement_id: str) -> None:
        super().__init__(f"statement {statement_id} is stored already and is not the same")
        self.index = index
        self.statement_id = statement_id


def store_statements(
    writer: Writer,
    statements: Sequence[Prepared],
    *,
    skip_conflicts: bool = False,
    contents: Mapping[str, Content] = MappingProxyType({}),
) -> Outcome:
    """Append the statements that are new, in their order, and fill the index, in one transaction.

    An equal statement that is there already is acknowledged and not stored again. Returns once all is on disk.
    Raises Conflict, and stores nothing, when one differs from what is stored under its id; with `skip_conflicts` such
    a statement is left out instead, and is in neither list of the outcome.
    """
    return writer.run(_store_together, Request(statements, skip_conflicts, contents))


def compare_with_stored(
    connection: sa.Connection, statements: Sequence[Prepared]
) -> tuple[list[int], list[int]]:
    """The indexes of the statements that `store_statements` would store, and of those that are there already.

    What is in neither list is stored under its id and says something else. No id is in `statements` twice.
    """
    return _decide(Request(statements, skip_conflicts=True), _stored_already(connection, statements))


def store_body(writer: Writer, body: Body) -> Outcome:
    """Check and store the statements of a request body, as `store_statements` does.

    Raises InvalidJson, InvalidStatement, TooManyStatements or Conflict; nothing is then stored.
    """
    if len(body.content) > SMALL_BODY_BYTES or body.contents:
        return writer.run(_store_together, Request(prepare_body(body), contents=body.contents))
    return writer.prepare_and_run(lambda: Request(prepare_body(body)), _store_together)


class Request(NamedTuple):
    """The statements of one caller; no id is in them twice."""

    statements: Sequence[Prepared]
    skip_conflicts: bool = False
    contents: Mapping[str, Content] = MappingProxyType({})  # of their attachments, by SHA-2


# What is known of a stored statement when an equal one may come: its equality hash and the client's timestamp.
Twin = tuple[bytes | None, int | None]


def _store_together(
    connection: sa.Connection, head: Head, requests: Sequence[Request]
) -> tuple[list[Outcome | Exception], Head]:
    """Decide each request in turn, as if those before it were stored; then write what is new of all of them at once."""
    known = _stored_already(connection, [s for request in requests for s in request.statements])
    new: list[Prepared] = []
    decisions: list[tuple[list[int], list[int]] | Conflict] = []
    for request in requests:
        try:
            fresh, equal = _decide(request, known)
        except Conflict as conflict:
            decisions.append(conflict)
            continue
        decisions.append((fresh, equal))
        _keep_contents(connection, request)
        for i in fresh:
            statement = request.statements[i]
            new.append(statement)
            known[_name(statement)] = (statement.event.equality_hash, statement.event.happened)
    if new:
        head = _append(connection, head, new)
    outcomes = [_outcome(head, *each) for each in zip(requests, decisions, strict=True)]
    return outcomes, head


def _keep_contents(connection: sa.Connection, request: Request) -> None:
    for statement in request.statements:
        for sha2 in statement.contents:
            keep_content(connection, statement.event.store, sha2, request.contents[sha2].chunks())


def _outcome(
    head: Head, request: Request, decision: tuple[list[int], list[int]] | Conflict
) -> Outcome | Exception:
    if isinstance(decision, Conflict):
        return decision
    return Outcome(head, [s.statement_id for s in request.statements], *decision)


def _decide(request: Request, known: dict[tuple[str, str], Twin]) -> tuple[list[int], list[int]]:
    """The indexes of the request's statements that are new, and of those that are there already."""
    new: list[int] = []
    equal: list[int] = []
    for i, statement in enumerate(request.statements):
        twin = known.get(_name(statement))
        if twin is None:
            new.append(i)
        elif _is_equal(statement.event, *twin):
            equal.append(i)
        elif not request.skip_conflicts:
            raise Conflict(i, statement.statement_id)
    return new, equal


def _append(connection: sa.Connection, head: Head, statements: list[Prepared]) -> Head:
    after = append(connection, [s.event for s in statements], head)
    count = len(statements)
    position, stored = after.position - count + 1, after.stored - count + 1
    fill(connection, [(s.entry, position + i, stored + i) for i, s in enumerate(statements)])
    return after


def _stored_already(connection: sa.Connection, statements: Sequence[Prepared]) -> dict[tuple[str, str], Twin]:
    """What is stored under the ids that clients gave, by store and id."""
    found: dict[tuple[str, str], Twin] = {}
    names = sorted({_name(s) for s in statements if not s.id_is_ours})
    for store, of_store in groupby(names, key=itemgetter(0)):
        for some in _parts([statement_id for _, statement_id in of_store]):
            query, ids = (_TWIN, some) if len(some) == 1 else (_TWINS, _fill_up(some))
            for statement_id, *twin in fetch_all(connection, query, [store, *ids]):
                found[store, statement_id] = (twin[0], twin[1])
    return found


def _name(statement: Prepared) -> tuple[str, str]:
    return statement.event.store, statement.statement_id


def _parts(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + IDS_AT_ONCE] for start in range(0, len(ids), IDS_AT_ONCE))


def _fill_up(ids: Sequence[str]) -> list[str]:
    return [*ids, *[ids[0]] * (IDS_AT_ONCE - len(ids))]


def _by_ids(count: int) -> sa.Select[Any]:
    log = event_log.c
    wanted: list[sa.BindParameter[Any]] = [sa.bindparam(f"id_{i}") for i in range(count)]
    query = sa.select(log.statement_id, log.equality_hash, log.happened).where(
        log.store == sa.bindparam("store")
    )
    return query.where(log.statement_id == wanted[0] if count == 1 else log.statement_id.in_(wanted))


# Two texts serve every number of ids: a short list is filled up with its first one.
_TWIN, _TWINS = _by_ids(1), _by_ids(IDS_AT_ONCE)


def _is_equal(event: NewEvent, equality: bytes | None, happened: int | None) -> bool:
    # One of the two may lack a timestamp: the LRS then set it, which is no difference (Data 2.3.1).
    same_moment: Any = event.happened is None or happened is None or event.happened == happened
    return bool(same_moment and event.equality_hash == equality)

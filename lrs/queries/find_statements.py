"""Find statements by the filters of GET statements (Communication 2.1.3)."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from lrs.event_log.read import last_position_at
from lrs.event_log.tables import event_log
from lrs.index.tables import iri_digest, statement_activity, statement_agent, statement_index, voiding
from lrs.queries.read_statements import ReadStatement, read_statements


@dataclass(frozen=True, slots=True)
class Filters:
    """What to find. Times are microseconds since 1970 UTC.

    `credential`, with the agent key of its authority, restricts to what that credential stored.
    """

    store: str
    limit: int
    ascending: bool = False
    agent_key: str | None = None
    related_agents: bool = False
    verb: str | None = None
    activity: str | None = None
    related_activities: bool = False
    registration: str | None = None
    since: int | None = None
    until: int | None = None
    credential: str | None = None
    authority_key: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Statements of one page; `last` is the position after which the next page goes on, None on the last page."""

    statements: list[ReadStatement]
    last: int | None


def find_statements(
    connection: sa.Connection,
    filters: Filters,
    *,
    snapshot: int,
    after: int | None = None,
    most_bytes: int | None = None,
) -> Page:
    """A page of the statements that were stored at or before position `snapshot`, by position.

    Position is commit order and `stored` rises with it, so ordering by one orders by the other. `after` is the `last`
    of the page before. A page ends early before the statement that would take it over `most_bytes`; it has at least
    one. Voided statements are left out (Data 2.3.2); those that refer to them are not.
    """
    query = _stored_between(connection, _positions(filters, snapshot), filters)
    position = query.selected_columns[0]
    if after is not None:
        query = query.where(position > after if filters.ascending else position < after)
    query = query.order_by(position if filters.ascending else position.desc()).limit(filters.limit + 1)
    positions: list[int] = [row.position for row in connection.execute(query)]
    page = _as_many_as_fit(read_statements(connection, positions[: filters.limit]), most_bytes)
    return Page(page, page[-1].position if len(page) < len(positions) else None)


def _as_many_as_fit(statements: Iterable[ReadStatement], most_bytes: int | None) -> list[ReadStatement]:
    found: list[ReadStatement] = []
    size = 0
    for statement in statements:
        size += len(statement.text)
        if found and most_bytes is not None and size > most_bytes:
            break
        found.append(statement)
    return found


def _positions(filters: Filters, snapshot: int) -> sa.Select[tuple[int]]:
    """Drive the query from the narrowest list that is kept in the order of positions.

    All filters hold for one source: the statement itself, or one that it refers to; time, order, voiding and who stored
    it are the statement's own (Communication 2.1.3).
    """
    found = statement_index.c
    driver = _driver(filters)
    if driver is statement_index:
        source: sa.FromClause = statement_index
    elif driver is event_log:
        own = (found.position == event_log.c.position) & (found.source == event_log.c.position)
        source = event_log.join(statement_index, own)
    else:
        same = (found.position == driver.c.position) & (found.source == driver.c.source)
        source = driver.join(statement_index, same)
    position = driver.c.position
    query = (
        sa.select(position).select_from(source).where(driver.c.store == filters.store, position <= snapshot)
    )
    if driver is not event_log:
        query = query.distinct()
    return _only_named(query, filters).where(_not_voided())


def _driver(filters: Filters) -> sa.Table:
    if filters.agent_key is not None or filters.credential is not None:
        return statement_agent
    if filters.activity is not None:
        return statement_activity
    if filters.verb is not None or filters.registration is not None:
        return statement_index
    return event_log


def _only_named(query: sa.Select[tuple[int]], filters: Filters) -> sa.Select[tuple[int]]:
    found = statement_index.c
    if filters.agent_key is not None:
        query = query.where(statement_agent.c.agent_key == filters.agent_key)
        if not filters.related_agents:
            query = query.where(statement_agent.c.related.is_(False))
    if filters.activity is not None:
        query = _only_activity(query, filters)
    if filters.verb is not None:
        query = query.where(found.verb == iri_digest(filters.verb))
    if filters.registration is not None:
        query = query.where(found.registration == filters.registration.lower())
    if filters.credential is not None:
        query = query.where(found.credential == filters.credential)
        if filters.agent_key is None:
            # Whatever a credential stored names its authority: that list is the narrowest one there is.
            query = query.where(statement_agent.c.agent_key == filters.authority_key)
    return query


def _only_activity(query: sa.Select[tuple[int]], filters: Filters) -> sa.Select[tuple[int]]:
    activity, found = statement_activity.c, statement_index.c
    named = [activity.store == filters.store, activity.activity == iri_digest(filters.activity or "")]
    if not filters.related_activities:
        named.append(activity.related.is_(False))
    if _driver(filters) is statement_activity:
        return query.where(*named)
    here = (activity.position == found.position, activity.source == found.source)
    probe = sa.select(1).select_from(statement_activity).where(*named, *here)
    return query.where(probe.correlate(statement_agent, statement_index).exists())


def _stored_between(
    connection: sa.Connection, query: sa.Select[tuple[int]], filters: Filters
) -> sa.Select[tuple[int]]:
    """`since` excludes its instant, `until` includes it (Communication 2.1.3)."""
    position = query.selected_columns[0]
    if filters.since is not None:
        query = query.where(position > last_position_at(connection, filters.since))
    if filters.until is not None:
        query = query.where(position <= last_position_at(connection, filters.until))
    return query


def _not_voided() -> sa.ColumnElement[bool]:
    voided = sa.select(1).where(
        voiding.c.store == statement_index.c.store, voiding.c.target_id == statement_index.c.statement_id
    )
    # A voiding statement cannot be voided itself (Data 2.3.2).
    return statement_index.c.voiding | ~voided.correlate(statement_index).exists()

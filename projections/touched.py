"""Which statements and learners a batch touches: those of which the tables may now read differently.

Asked of the base tables, each read once for a few keys: a view over all statements would be made whole for it.
"""

from collections.abc import Mapping

import duckdb

from projections.catalog import Projection
from projections.narrowed import narrow_bases, narrowed

# A row of these that comes, goes or changes touches its learner.
OF_LEARNERS = ("learner", "enrolment", "learner_school")
# What must be there for anything to be kept by learner.
READS = (
    "logged_statement", "statement_activity", "statement_participant", "statement_reference", "statement_concern",
    "activity_definition", "voiding", *OF_LEARNERS,
)  # fmt: skip


def remember_learners(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep who was whom and where before the batch: a link touches both sides, a roster old and new classes."""
    for name in OF_LEARNERS:
        connection.execute(f"create or replace temp table {name}_before as from {name}")


def find_touched(
    connection: duckdb.DuckDBPyConnection, catalog: Mapping[str, Projection], after: int, moving: bool
) -> bool:
    """Find what the events after a position touch; returns whether that is anyone.

    Changed (temp.changed_position) are: the statements of the batch; the targets of its voidings; those that name an
    activity, or tick an item on the checklist of one, whose type the batch changed; those of someone whom it linked.
    Affected (affected_position) are also those that name, or are named by, a changed one in their context, and acts on
    what a group acted on that changed. To know what they mean, those in read_position must be seen.
    Touched (touched_learner) is whomever a changed statement concerns (statement_concern), both sides of a link, before
    and after it, and whoever the roster now has elsewhere, or at other times, than before. touched_learner_day are the
    local days on which an affected statement concerns them, and day_position the statements of those days in which
    one of them takes part. `moving` says whether links or rosters changed, so that who was whom was remembered.
    """
    if moving:
        connection.execute(_RELINKED)
    changed = _CHANGED + _RELINKED_POSITION if moving else _CHANGED
    connection.execute(f"create or replace temp table changed_position as {changed}", {"after": after})
    connection.execute(f"create or replace temp table affected_position as {_AFFECTED}")
    connection.execute(f"create or replace temp table read_position as {_READ}")
    narrow_bases(connection, "near", "read_position")
    concern = narrowed(catalog, "statement_concern", "near")
    learners = (
        f"select distinct learner_key from ({concern}) semi join temp.changed_position using (position)"
    )
    connection.execute(
        f"create or replace temp table touched_learner as {learners}{_MOVED if moving else ''}"
    )
    connection.execute(f"create or replace temp table touched_learner_day as {_TOUCHED_DAY.format(concern)}")
    connection.execute(_DAY_POSITION)
    narrow_bases(connection, "day", "day_position")
    return bool(connection.execute("select exists (from temp.touched_learner)").fetchall()[0][0])


def find_theirs(connection: duckdb.DuckDBPyConnection) -> None:
    """Find all statements that concern the touched learners: touched_position."""
    connection.execute(_TOUCHED_POSITION)
    narrow_bases(connection, "touched", "touched_position")


_CHANGED = """
select position from logged_statement where position > $after
union
select s.position
from logged_statement as s
semi join (select store, target_id as statement_id from voiding where position > $after) as v
    using (store, statement_id)
union
select a.position
from statement_activity as a
semi join (select store, activity_id from activity_definition where position > $after) as d
    using (store, activity_id)
union
select s.position
from logged_statement as s
inner join (select distinct store, activity_id from activity_definition where position > $after) as d
    on s.store = d.store and s.checklist = d.activity_id
"""

_RELINKED = """
create or replace temp table relinked as
select store, agent_key, b.learner_key as before, a.learner_key as after
from temp.learner_before as b
full join learner as a using (store, agent_key)
where b.learner_key is distinct from a.learner_key
"""

_RELINKED_POSITION = """
union
select p.position
from statement_participant as p
semi join temp.relinked as r on p.store = r.store and p.agent_key = r.agent_key
"""

_AFFECTED = """
with team_activity as (
    select distinct object_id
    from logged_statement
    semi join temp.changed_position using (position)
    where actor_type = 'Group'
)
select position from temp.changed_position
union
select position from statement_reference where target_position in (from temp.changed_position)
union
select target_position from statement_reference where position in (from temp.changed_position)
union
select position from logged_statement where object_id in (from team_activity)
union
select position from logged_statement where checklist in (from team_activity)
"""

_READ = """
with acted_on as (
    select unnest([object_id, checklist]) as activity_id
    from logged_statement
    semi join temp.affected_position using (position)
)
select position from temp.affected_position
union
select position from statement_reference where target_position in (from temp.affected_position)
union
select target_position from statement_reference where position in (from temp.affected_position)
union
select position
from logged_statement
where actor_type = 'Group' and object_id in (select activity_id from acted_on where activity_id is not null)
"""

_MOVED = """
union
select learner_key
from (
    (from enrolment except from temp.enrolment_before) union all (from temp.enrolment_before except from enrolment)
) as moved
union
select learner_key
from (
    (from learner_school except from temp.learner_school_before)
    union all
    (from temp.learner_school_before except from learner_school)
) as placed
union
select learner_key
from (select unnest([agent_key, before, after]) as learner_key from temp.relinked) as sides
where learner_key is not null
"""

_TOUCHED_POSITION = """
create or replace temp table touched_position as
with own as (
    select distinct position
    from statement_participant
    where
        agent_key in (from temp.touched_learner)
        or agent_key in (select agent_key from learner where learner_key in (from temp.touched_learner))
),

team as (
    select distinct s.object_id as activity_id, coalesce(l.learner_key, m.agent_key) as learner_key
    from logged_statement as s
    semi join own on s.position = own.position
    inner join statement_participant as m on s.position = m.position and m.role = 'member'
    left join learner as l on m.agent_key = l.agent_key
    where s.actor_type = 'Group'
),

act as (
    select s.position, s.object_id, s.checklist, coalesce(l.learner_key, s.actor_key) as learner_key
    from logged_statement as s
    left join learner as l on s.actor_key = l.agent_key
    where s.object_id in (select activity_id from team) or s.checklist in (select activity_id from team)
)

select position from own
union
select r.position from statement_reference as r semi join own on r.target_position = own.position
union
select r.target_position as position from statement_reference as r semi join own on r.position = own.position
union
select a.position from act as a semi join team as t on a.object_id = t.activity_id and a.learner_key = t.learner_key
union
select a.position from act as a semi join team as t on a.checklist = t.activity_id and a.learner_key = t.learner_key
"""

_TOUCHED_DAY = """
select distinct c.learner_key, s.local_date
from ({}) as c
inner join temp.near_base_logged_statement as s on c.position = s.position
where c.position in (from temp.affected_position) and c.learner_key in (from temp.touched_learner)
"""

_DAY_POSITION = """
create or replace temp table day_position as
select distinct position
from statement_participant
where
    position in (
        select position from logged_statement where local_date in (select local_date from temp.touched_learner_day)
    )
    and (
        agent_key in (from temp.touched_learner)
        or agent_key in (select agent_key from learner where learner_key in (from temp.touched_learner))
    )
"""

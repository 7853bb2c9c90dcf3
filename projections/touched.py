"""Which learners a batch touches: those whose tables may now read differently."""

import duckdb

from projections.materialise import TOUCHED

# A row of these that comes, goes or changes touches its learner.
OF_LEARNERS = ("learner", "enrolment", "learner_school")
# What must be there for anything to be kept by learner.
READS = (
    "logged_statement", "statement_activity", "statement_participant", "statement_concern", "activity_definition",
    "voiding", *OF_LEARNERS,
)  # fmt: skip


def remember_learners(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep who was whom and where before the batch: a link touches both sides, a roster old and new classes."""
    for name in OF_LEARNERS:
        connection.execute(f"create or replace temp table {name}_before as from {name}")


def find_touched(connection: duckdb.DuckDBPyConnection, after: int, moving: bool) -> bool:
    """Fill temp.touched_learner and temp.touched_position for the events after a position; returns whether any is.

    Touched is whomever these concern (statement_concern): a statement of the batch; the target of a voiding in the
    batch; a statement that names an activity, or ticks an item on the checklist of one, whose type the batch changed;
    a statement of someone whom the batch linked. And both sides of a link, before and after it; and whoever the
    roster now has elsewhere, or at other times, than before. `moving` says whether links or rosters changed, so that
    who was whom and where was remembered.
    """
    if moving:
        connection.execute(_RELINKED)
    changed, learners = (
        (_CHANGED + _RELINKED_POSITION, _CONCERNED + _MOVED) if moving else (_CHANGED, _CONCERNED)
    )
    connection.execute(f"create or replace temp table changed_position as {changed}", {"after": after})
    connection.execute(f"create or replace temp table {TOUCHED} as {learners}")
    connection.execute(
        "create or replace temp table touched_position as "
        f"select distinct position from statement_concern semi join temp.{TOUCHED} using (learner_key)"
    )
    return bool(connection.execute(f"select exists (from temp.{TOUCHED})").fetchall()[0][0])


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

_CONCERNED = """
select distinct learner_key from statement_concern semi join temp.changed_position using (position)
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

-- One row per learner whom a statement concerns, by role: who takes part in it (statement_learner), and also whom it
-- reaches through another statement. What is known of a learner may rest on these statements and on no others.
-- Referred: it names a statement of the learner's in its context (an answer to a question, feedback on work).
-- Referring: the learner's statement names it. Teammate: a member of a group acts alone on what the group acted on, or
-- on its checklist, and the learner is the group or another member.
-- grain: store, position, learner_key, role
-- reads: logged_statement, statement_fact, statement_learner, statement_reference
-- as: view
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the learner, or the group
-- column role: as in statement_learner; referred or referring, by context.statement; teammate, of who acted in a group
with doer as (
    select store, position, learner_key, role
    from statement_learner
    where role in ('actor', 'group', 'member', 'learner')
),

team as (
    select distinct g.store, s.object_id as activity_id, g.learner_key as team_key, m.learner_key
    from statement_learner as g
    inner join statement_fact as s on g.store = s.store and g.position = s.position
    inner join statement_learner as m on g.store = m.store and g.position = m.position
    where g.role = 'group' and m.role in ('group', 'member') and s.object_kind = 'Activity' and not s.voided
),

acted_on as (
    select store, position, object_id as activity_id
    from logged_statement
    where object_kind = 'Activity'
    union all
    select store, position, checklist as activity_id
    from logged_statement
    where checklist is not null
),

act as (
    select distinct a.store, a.position, a.activity_id, l.learner_key
    from acted_on as a
    semi join team as t on a.store = t.store and a.activity_id = t.activity_id
    inner join statement_learner as l on a.store = l.store and a.position = l.position and l.role = 'actor'
)

select store, position, learner_key, role
from statement_learner
union all
select distinct r.store, r.position, d.learner_key, 'referred' as role
from statement_reference as r
inner join doer as d on r.store = d.store and r.target_position = d.position
union all
select distinct r.store, r.target_position as position, d.learner_key, 'referring' as role
from statement_reference as r
inner join doer as d on r.store = d.store and r.position = d.position
union all
select distinct a.store, a.position, other.learner_key, 'teammate' as role
from act as a
inner join team as mine
    on a.store = mine.store and a.activity_id = mine.activity_id and a.learner_key = mine.learner_key
inner join team as other
    on
        mine.store = other.store
        and mine.activity_id = other.activity_id
        and mine.team_key = other.team_key
        and mine.learner_key != other.learner_key

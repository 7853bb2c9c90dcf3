-- One row per person, local day, school and class: how much was done. What school views count of activity comes from
-- here, so that they need not read every statement. Voiding a statement is no activity: a platform that withdraws what
-- it sent is not somebody at school.
-- grain: store, learner_key, local_date, school_key, class_key
-- reads: statement_fact, statement_learner, statement_school, voiding, kind_rule
-- by: learner_key, local_date
-- column store: the controller's store
-- column learner_key: the learner, teacher or group
-- column local_date: local day
-- column school_key: the school, or unknown
-- column class_key: the class, or unknown
-- column source: roster, statement or unknown: where the school comes from
-- column own: statements that tell what the person did, alone or as a member of a group; 0 for a group
-- column own_late: of those between 20:00 and 6:00 on the wall clock
-- column made: statements of which the person, or the group, is the actor: each statement is counted once over all rows
-- column typed: of those entered by hand
-- column typed_seconds: seconds that typing them took, where it was timed
-- column for_others: statements of which another is the learner in context, as a teacher makes them: not those of peers
-- column as_group: statements with this group as their actor
with done_to_learner as (
    select distinct verb
    from kind_rule
    where kind = 'assigned' and subject = 'actor'
),

part as (
    select
        l.store,
        l.position,
        l.learner_key,
        bool_or(l.role in ('actor', 'group')) as is_actor,
        bool_or(l.role = 'group') as is_group,
        bool_or(l.role in ('actor', 'member')) as takes_part
    from statement_learner as l
    where l.role in ('actor', 'group', 'member')
    group by l.store, l.position, l.learner_key
),

concerned as (
    select distinct store, position, learner_key
    from statement_learner
    where role = 'learner'
)

select
    p.store,
    p.learner_key,
    s.local_date,
    w.school_key,
    coalesce(w.class_key, 'unknown') as class_key,
    min(w.source) as source,
    count(*) filter (where p.takes_part and d.verb is null) as own,
    count(*) filter (
        where p.takes_part and d.verb is null and (hour(s.local_at) >= 20 or hour(s.local_at) < 6)
    ) as own_late,
    count(*) filter (where p.is_actor) as made,
    count(*) filter (where p.is_actor and s.entered_by_hand_seconds is not null) as typed,
    cast(coalesce(sum(s.entered_by_hand_seconds) filter (where p.is_actor), 0) as bigint) as typed_seconds,
    count(*) filter (
        where p.is_actor and c.learner_key != p.learner_key and coalesce(s.regulator, '') != 'peer'
    ) as for_others,
    count(*) filter (where p.is_group) as as_group
from part as p
inner join statement_fact as s on p.store = s.store and p.position = s.position
inner join statement_school as w
    on p.store = w.store and p.position = w.position and p.learner_key = w.learner_key
left join concerned as c on p.store = c.store and p.position = c.position
left join done_to_learner as d on s.verb = d.verb
anti join voiding as v on p.store = v.store and p.position = v.position
where not s.voided and not s.out_of_window
group by p.store, p.learner_key, s.local_date, w.school_key, coalesce(w.class_key, 'unknown')

-- One row per school, school year, term and part of what was done for autonomy: by whom the learners' learning was
-- regulated (ownership: the learner, a peer, a teacher, a group; as the indicators of ownership count it), and beside
-- it the support given in that term (mini-lessons, modelling, scaffolding) by the skill that it was meant for. Whether
-- ownership moves with support is a question for the school; nothing here says that the one causes the other. Learners
-- are the school's students at the end of the last closed school week; a term counts up to that week (indicators 6).
-- grain: store, school_key, school_year, term, dimension, way
-- reads: closed_year, school_term, school_learner, regulation_event, learner_event
-- counts: regulation_event: regulator is not null and school_week <= (select max(last_week) from closed_year)
-- counts: learner_event: kind = 'support_given' and local_date <= (select max(last_day) from closed_year)
-- unit: events, and shares of them
-- range: events >= 0, shares 0..1
-- minimum n: 5 regulation events; and the small-cell rule, for learners with such events
-- direction: neither
-- reference: gradual transfer of ownership (GO! vision text); project definition, indicators 6
-- cell: learners
-- within: store, school_year, school_key, term, dimension
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column term: 1, 2 or 3 (school_term)
-- column dimension: ownership or support
-- column way: self, peer, teacher or group; for support the id of the skill, or unstated
-- column as_of: the day for which it holds: the last school day of the term, or of the last closed school week in it
-- column learners: learners of whom there are such events
-- column events: regulation events by that regulator, or support with that skill, counted for each learner
-- column share: 0..1; events / events of the dimension in the term; ownership is NULL when there are fewer than 5
with span as (
    select
        y.store,
        y.school_year,
        t.term,
        t.first_day,
        least(t.last_day, y.last_day) as last_day,
        coalesce(least(t.last_school_day, y.as_of), y.as_of) as as_of
    from closed_year as y
    inner join school_term as t on y.store = t.store and y.school_year = t.school_year and y.last_day >= t.first_day
),

-- who gives support to another is not supported by it
reaching as (
    select distinct store, position
    from learner_event
    where kind = 'support_given' and part in ('learner', 'object')
),

event as (
    select
        r.store,
        r.learner_key,
        'ownership' as dimension,
        r.regulator as way,
        cast(r.happened_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as local_date
    from regulation_event as r
    where r.regulator is not null and r.school_week is not null
    union all
    select
        e.store,
        e.learner_key,
        'support' as dimension,
        coalesce(e.skill, 'unstated') as way,
        e.local_date
    from learner_event as e
    left join reaching as o on e.store = o.store and e.position = o.position
    where
        e.kind = 'support_given'
        and e.school_week is not null
        and (e.part in ('learner', 'object') or (e.part in ('actor', 'member') and o.position is null))
),

counted as (
    select
        l.store,
        l.school_key,
        l.school_year,
        s.term,
        e.dimension,
        e.way,
        s.as_of,
        count(distinct l.learner_key) as learners,
        count(*) as events
    from school_learner as l
    inner join span as s on l.store = s.store and l.school_year = s.school_year
    inner join event as e
        on l.store = e.store and l.learner_key = e.learner_key and e.local_date between s.first_day and s.last_day
    group by l.store, l.school_key, l.school_year, s.term, e.dimension, e.way, s.as_of
)

select
    *,
    case when dimension = 'support' or sum(events) over whole >= 5 then events / sum(events) over whole end as share
from counted
window whole as (partition by store, school_key, school_year, term, dimension)

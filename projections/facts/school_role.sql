-- One row per school year and person or group of whom it is known what they are at school: by the roster, a student
-- who was one on some day of the year up to the last closed school week, and a teacher who was there in another role
-- only; whom no roster knows in that year, a teacher when he or she records for others or takes steps in a quality
-- cycle. Who has no row is taken for a student.
-- grain: store, school_year, learner_key
-- reads: closed_year, learner_school, learner_day, cycle_event
-- counts: learner_day: for_others > 0 or as_group > 0
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column learner_key: the person, or the group
-- column role: student, teacher (whoever works at the school) or group
-- column source: roster or statement: where the role comes from
with in_roster as (
    select y.store, y.school_year, p.learner_key, bool_or(p.role = 'student') as is_student
    from closed_year as y
    inner join learner_school as p
        on
            y.store = p.store
            and y.as_of >= p.valid_from
            and y.first_day < coalesce(p.valid_until, date '9999-12-31')
    group by y.store, y.school_year, p.learner_key
),

acting as (
    select store, learner_key, as_group > 0 as is_group
    from learner_day
    where for_others > 0 or as_group > 0
    union all
    select store, learner_key, part = 'group' as is_group
    from cycle_event
),

by_act as (
    select store, learner_key, bool_or(is_group) as is_group
    from acting
    group by store, learner_key
)

select
    store,
    school_year,
    learner_key,
    case when is_student then 'student' else 'teacher' end as role,
    'roster' as source
from in_roster
union all
select
    y.store,
    y.school_year,
    a.learner_key,
    case when a.is_group then 'group' else 'teacher' end as role,
    'statement' as source
from closed_year as y
inner join by_act as a on y.store = a.store
anti join in_roster as r
    on y.store = r.store and y.school_year = r.school_year and a.learner_key = r.learner_key

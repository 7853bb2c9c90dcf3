-- One row per learner and school year with activity by the last closed day: where the learner was by what was last
-- stated, and the last day on which he or she did something.
-- grain: store, school_year, learner_key
-- reads: closed_year, learner_day
-- by: learner_key
-- counts: learner_day: local_date <= (select max(last_day) from closed_year)
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column learner_key: the learner, teacher or group
-- column school_key: the school last stated; NULL when none was
-- column class_key: the class last stated, of that school; NULL when none was
-- column last_own_day: last local day with a statement that tells what the person did; NULL when there is none
with seen as (
    select y.store, y.school_year, d.learner_key, d.local_date, d.school_key, d.class_key, d.source, d.own
    from closed_year as y
    inner join learner_day as d
        on y.store = d.store and d.local_date between y.first_day and y.last_day
),

placed as (
    select
        store,
        school_year,
        learner_key,
        arg_max(school_key, (local_date, school_key)) filter (where source = 'statement') as school_key,
        max(local_date) filter (where own > 0) as last_own_day
    from seen
    group by store, school_year, learner_key
)

select
    p.store,
    p.school_year,
    p.learner_key,
    p.school_key,
    arg_max(s.class_key, (s.local_date, s.class_key)) filter (
        where s.class_key != 'unknown' and s.school_key = coalesce(p.school_key, 'unknown')
    ) as class_key,
    any_value(p.last_own_day) as last_own_day
from placed as p
inner join seen as s using (store, school_year, learner_key)
group by p.store, p.school_year, p.learner_key, p.school_key

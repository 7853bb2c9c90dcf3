-- One row per school year and learner who can be compared with the class in something: what may call for support or for
-- challenge. For the teacher's view, never for a school's. Robust z: 0.6745 * (value - median) / MAD, MAD being the
-- median absolute deviation (Iglewicz and Hoaglin 1993). A flag goes up at 2; it starts a conversation and judges
-- nobody. Of a class with fewer than 5 known values, or in which most values are equal (MAD 0), nobody is compared.
-- grain: store, school_year, learner_key
-- reads: closed_year, school_learner, goal_at_week_end, persistence, learner_year, school_day_number
-- counts: persistence: window_end <= (select max(closed_until) from closed_year)
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column learner_key: the learner
-- column school_key: the school, or unknown
-- column class_key: the class
-- column as_of: the day for which it holds
-- column progress: 0..1; mean known progress of the learner's goals of the year, as they stood then; NULL when unknown
-- column persistence: 0..1; persistence in the window that ends with the last closed week; NULL when insufficient
-- column inactivity: school days since the learner's last activity, or since the year's first day
-- column progress_z: robust z of progress in the class; NULL when it cannot be compared
-- column persistence_z: robust z of persistence in the class; NULL when it cannot be compared
-- column inactivity_z: robust z of inactivity in the class; NULL when it cannot be compared
-- column support: whether progress or persistence is 2 or more under, or inactivity 2 or more above the class's median
-- column challenge: whether progress is 2 or more above the class's median
-- column reasons: the reasons of the flags in words, in Dutch; empty without a flag
-- column reasons_en: the reasons of the flags in words, in English
with progress as (
    select store, learner_key, school_year, sum(progress) / count(progress) as progress
    from goal_at_week_end
    where progress is not null
    group by store, learner_key, school_year
),

measured as (
    select
        l.store,
        l.school_year,
        l.learner_key,
        l.school_key,
        l.class_key,
        y.as_of,
        cast(p.progress as double) as progress,
        r.value as persistence,
        cast(y.school_days - coalesce(n.number, 0) as double) as inactivity
    from school_learner as l
    inner join closed_year as y using (store, school_year)
    left join progress as p using (store, school_year, learner_key)
    left join persistence as r
        on l.store = r.store and l.learner_key = r.learner_key and y.closed_until = r.window_end
    left join learner_year as a using (store, school_year, learner_key)
    left join school_day_number as n
        on l.store = n.store and l.school_year = n.school_year and least(a.last_own_day, y.as_of) = n.date
    where l.class_key != 'unknown'
),

long as (
    select store, school_year, school_key, class_key, learner_key, 'progress' as measure, progress as value
    from measured
    union all
    select store, school_year, school_key, class_key, learner_key, 'persistence' as measure, persistence as value
    from measured
    union all
    select store, school_year, school_key, class_key, learner_key, 'inactivity' as measure, inactivity as value
    from measured
),

centred as (
    select
        *,
        median(value) over class as middle,
        count(value) over class as known
    from long
    where value is not null
    window class as (partition by store, school_year, school_key, class_key, measure)
),

spread as (
    select
        *,
        median(abs(value - middle)) over (
            partition by store, school_year, school_key, class_key, measure
        ) as deviation
    from centred
),

scored as (
    select
        store,
        school_year,
        learner_key,
        measure,
        case when known >= 5 and deviation > 0 then 0.6745 * (value - middle) / deviation end as z
    from spread
),

compared as (
    select
        store,
        school_year,
        learner_key,
        max(z) filter (where measure = 'progress') as progress_z,
        max(z) filter (where measure = 'persistence') as persistence_z,
        max(z) filter (where measure = 'inactivity') as inactivity_z
    from scored
    group by store, school_year, learner_key
    having count(z) > 0
)

select
    m.store,
    m.school_year,
    m.learner_key,
    m.school_key,
    m.class_key,
    m.as_of,
    m.progress,
    m.persistence,
    cast(m.inactivity as bigint) as inactivity,
    c.progress_z,
    c.persistence_z,
    c.inactivity_z,
    coalesce(c.progress_z <= -2, false)
    or coalesce(c.persistence_z <= -2, false)
    or coalesce(c.inactivity_z >= 2, false) as support,
    coalesce(c.progress_z >= 2, false) as challenge,
    concat_ws(
        '; ',
        case when c.progress_z <= -2 then 'veel minder voortgang dan de meesten in de klas' end,
        case when c.persistence_z <= -2 then 'probeert na een mislukking veel minder vaak opnieuw dan de meesten' end,
        case
            when c.inactivity_z >= 2
                then format('al {} schooldagen geen activiteit, langer dan de meesten', cast(m.inactivity as bigint))
        end,
        case when c.progress_z >= 2 then 'veel meer voortgang dan de meesten in de klas' end
    ) as reasons,
    concat_ws(
        '; ',
        case when c.progress_z <= -2 then 'much less progress than most of the class' end,
        case when c.persistence_z <= -2 then 'tries again after a failure much less often than most' end,
        case
            when c.inactivity_z >= 2
                then format('no activity for {} school days, longer than most', cast(m.inactivity as bigint))
        end,
        case when c.progress_z >= 2 then 'much more progress than most of the class' end
    ) as reasons_en
from measured as m
inner join compared as c using (store, school_year, learner_key)

-- One row per school year and learner (a student) of a school, as of the end of the last closed school week: whom
-- school views count. By the roster, on that day; for a learner whom no roster knows in that year, by the school and
-- class last stated. Without a roster, who records for others, takes steps in a quality cycle or is a group is no
-- learner.
-- grain: store, school_year, learner_key
-- reads: closed_year, learner_school, learner_year, school_role, class
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column learner_key: the learner
-- column school_key: the school, or unknown
-- column class_key: the class, or unknown
-- column grade: the class's grade, or unknown
-- column finality: the class's finality (DO, DU, A), or unknown
-- column source: roster, statement or unknown: where the school comes from
with placed as (
    select
        y.store,
        y.school_year,
        p.learner_key,
        p.school_key,
        coalesce(p.class_key, 'unknown') as class_key,
        'roster' as source
    from closed_year as y
    inner join learner_school as p
        on
            y.store = p.store
            and y.as_of >= p.valid_from
            and y.as_of < coalesce(p.valid_until, date '9999-12-31')
    where p.role = 'student' and p.school_key is not null
),

stated as (
    select
        d.store,
        d.school_year,
        d.learner_key,
        coalesce(d.school_key, 'unknown') as school_key,
        coalesce(d.class_key, 'unknown') as class_key
    from learner_year as d
    anti join school_role as r
        on d.store = r.store and d.school_year = r.school_year and d.learner_key = r.learner_key
),

counted as (
    select store, school_year, learner_key, school_key, class_key, source
    from placed
    union all
    select
        store,
        school_year,
        learner_key,
        school_key,
        class_key,
        case school_key when 'unknown' then 'unknown' else 'statement' end as source
    from stated
)

select
    l.store,
    l.school_year,
    l.learner_key,
    l.school_key,
    l.class_key,
    coalesce(c.grade, 'unknown') as grade,
    coalesce(c.finality, 'unknown') as finality,
    l.source
from counted as l
left join class as c on l.store = c.store and l.class_key = c.class_key

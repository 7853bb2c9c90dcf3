-- One row per school year and teacher (school_role) of a school, as of the end of the last closed school week. By the
-- roster, on that day; for a teacher whom no roster knows in that year, by the school last stated.
-- grain: store, school_year, learner_key
-- reads: closed_year, school_role, learner_school, learner_year
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column learner_key: the teacher, or whoever else works at the school
-- column school_key: the school, or unknown
-- column source: roster, statement or unknown: where the school comes from
with placed as (
    select r.store, r.school_year, r.learner_key, p.school_key, 'roster' as source
    from school_role as r
    inner join closed_year as y using (store, school_year)
    inner join learner_school as p
        on
            r.store = p.store
            and r.learner_key = p.learner_key
            and y.as_of >= p.valid_from
            and y.as_of < coalesce(p.valid_until, date '9999-12-31')
    where r.role = 'teacher' and r.source = 'roster' and p.school_key is not null
),

stated as (
    select r.store, r.school_year, r.learner_key, d.school_key
    from school_role as r
    inner join learner_year as d using (store, school_year, learner_key)
    where r.role = 'teacher' and r.source = 'statement'
)

select store, school_year, learner_key, school_key, source
from placed
union all
select
    store,
    school_year,
    learner_key,
    coalesce(school_key, 'unknown') as school_key,
    case when school_key is null then 'unknown' else 'statement' end as source
from stated

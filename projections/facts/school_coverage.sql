-- One row per school year and source of the school: how much is known of where statements belong. What is unknown
-- is in no school's figures.
-- grain: store, school_year, source
-- reads: statement_school, statement_fact
-- as: view
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column source: roster, statement or unknown: where the school comes from
-- column learners: learners (and groups) with such statements
-- column statements: statements, counted for each learner who takes part
with dated as (
    select
        p.store,
        -- eight months earlier it is the calendar year in which the school year starts
        year(s.local_date - interval 8 months) as start_year,
        p.source,
        p.learner_key
    from statement_school as p
    inner join statement_fact as s on p.store = s.store and p.position = s.position
)

select
    store,
    format('{}-{}', start_year, start_year + 1) as school_year,
    source,
    count(distinct learner_key) as learners,
    count(*) as statements
from dated
group by store, start_year, source

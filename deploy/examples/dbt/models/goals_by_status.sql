-- One row per school year and status: goals of single learners, and of how many.
select
    school_year,
    status,
    count(*) as goals,
    count(distinct learner_key) as learners
from {{ source('leerspoor', 'goal_progress') }}
where owner = 'agent'
group by school_year, status

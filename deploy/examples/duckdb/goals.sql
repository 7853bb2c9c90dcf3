-- How the goals stand, by status: how many, of how many learners, and how many were reached in time.
-- duckdb -readonly -csv learners.duckdb < goals.sql
select
    status,
    count(*) as goals,
    count(distinct learner_key) as learners,
    count(*) filter (where on_time) as on_time
from goal_progress
where owner = 'agent'
group by status
order by status;

-- One row per learner and session: a run of the learner's statements with gaps under 30 minutes (indicators
-- 4). A statement with a duration stands for the interval that ends at its timestamp, so a gap is time that
-- no interval covers.
-- grain: store, learner_key, started_at
-- reads: stretch
-- by: learner_key
-- column store: the controller's store
-- column learner_key: the learner (or a group, for what it did as a group)
-- column started_at: UTC; start of the first interval
-- column ended_at: UTC; the last timestamp
-- column statements: number of statements
with covered as (
    select
        *,
        max(ended_at) over (
            partition by store, learner_key order by started_at, ended_at, local_date
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from stretch
),

numbered as (
    select
        *,
        count(*) filter (
            where covered_until is null or started_at >= covered_until + interval 30 minutes
        ) over (
            partition by store, learner_key order by started_at, ended_at, local_date
            rows between unbounded preceding and current row
        ) as session
    from covered
)

select
    store,
    learner_key,
    min(started_at) as started_at,
    max(ended_at) as ended_at,
    cast(sum(statements) as bigint) as statements
from numbered
group by store, learner_key, session

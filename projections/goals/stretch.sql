-- One row per learner and stretch: a run of the learner's statements of one local day with gaps under 30 minutes. A
-- statement with a duration stands for the interval that ends at its timestamp. Stretches that meet across midnight, or
-- overlap, are one session.
-- grain: store, learner_key, local_date, started_at
-- reads: statement_fact, statement_learner
-- by: learner_key, local_date
-- column store: the controller's store
-- column learner_key: the learner (or a group, for what it did as a group)
-- column local_date: local day of its statements
-- column started_at: UTC; start of the first interval
-- column ended_at: UTC; the last timestamp
-- column statements: number of statements
with statement as (
    select
        l.store,
        l.learner_key,
        l.position,
        s.local_date,
        -- a year at most: a longer duration is no interval of work, and could leave the range of a timestamp
        s.happened_at - to_microseconds(1000 * least(greatest(coalesce(s.duration_ms, 0), 0), 31536000000))
            as started_at,
        s.happened_at as ended_at
    from statement_learner as l
    inner join statement_fact as s on l.store = s.store and l.position = s.position
    where not s.voided and l.role in ('actor', 'group', 'member')
),

covered as (
    select
        *,
        max(ended_at) over (
            partition by store, learner_key, local_date order by started_at, ended_at, position
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from statement
),

numbered as (
    select
        *,
        count(*) filter (
            where covered_until is null or started_at >= covered_until + interval 30 minutes
        ) over (
            partition by store, learner_key, local_date order by started_at, ended_at, position
            rows between unbounded preceding and current row
        ) as stretch
    from covered
)

select
    store,
    learner_key,
    local_date,
    min(started_at) as started_at,
    max(ended_at) as ended_at,
    count(distinct position) as statements
from numbered
group by store, learner_key, local_date, stretch

-- One row per learner and goal that was worked on: when, in how many sessions, and how long. Time is the
-- union of the intervals [timestamp - duration, timestamp] of the learner's work on this goal, and of the
-- gaps under 30 minutes between them, whatever the learner did in such a gap (indicators 4). Work that
-- serves two goals counts for each: never sum over goals.
-- grain: store, learner_key, goal_id
-- reads: goal_event, session
-- by: learner_key
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column first_work_at: UTC; first statement of work on the goal
-- column last_work_at: UTC; last statement of work on the goal
-- column sessions: number of the learner's sessions with work on the goal
-- column seconds_spent: whole seconds; time on the goal
with work as (
    select
        store,
        learner_key,
        goal_id,
        position,
        -- a year at most, as in session
        happened_at - to_microseconds(1000 * least(greatest(coalesce(duration_ms, 0), 0), 31536000000))
            as started_at,
        happened_at as ended_at
    from goal_event
    where work
),

covered as (
    select
        *,
        max(ended_at) over (
            partition by store, learner_key, goal_id order by started_at, ended_at, position
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from work
),

-- what each interval adds to the time before it, a short gap included
added as (
    select
        *,
        case
            when covered_until is null or started_at >= covered_until + interval 30 minutes
                then epoch_us(ended_at) - epoch_us(started_at)
            else greatest(epoch_us(ended_at) - epoch_us(covered_until), 0)
        end as added_us
    from covered
)

select
    a.store,
    a.learner_key,
    a.goal_id,
    min(a.ended_at) as first_work_at,
    max(a.ended_at) as last_work_at,
    count(distinct s.started_at) as sessions,
    cast(sum(a.added_us) // 1000000 as bigint) as seconds_spent
from added as a
asof inner join session as s
    on a.store = s.store and a.learner_key = s.learner_key and a.ended_at >= s.started_at
group by a.store, a.learner_key, a.goal_id

-- One row per learner, task and statement of work on it: the interval that it stands for, and what that adds to the
-- time spent on the task. Time is the union of the intervals [timestamp - duration, timestamp] of the learner's work on
-- the task, and of the gaps under 30 minutes between them, whatever the learner did in such a gap (indicators 4). Work
-- that serves two tasks counts for each: never sum over tasks.
-- grain: store, learner_key, task_id, position
-- reads: task_event, session
-- by: learner_key, task_id
-- counts: task_event: work
-- due: session: select w.learner_key, w.task_id from task_event as w
-- due: session: inner join changed_session as s on w.store = s.store and w.learner_key = s.learner_key
-- due: session: where w.work and w.happened_at between s.started_at and s.ended_at
-- column store: the controller's store
-- column learner_key: the learner or group
-- column task_id: activity IRI of the goal or activity
-- column position: position of the statement in the log
-- column is_goal: whether the task is a goal
-- column started_at: UTC; timestamp - duration
-- column ended_at: UTC; the statement's timestamp
-- column started_on: local day of the start
-- column ended_on: local day of the end
-- column school_week: number of the school week of the end; NULL out of school weeks and windows
-- column added_us: microseconds that it adds to the time spent on the task, a short gap before it included
-- column session_started_at: UTC; start of the learner's session in which the work ended
with work as (
    select
        store,
        learner_key,
        task_id,
        position,
        is_goal,
        school_week,
        -- a year at most, as in session
        happened_at - to_microseconds(1000 * least(greatest(coalesce(duration_ms, 0), 0), 31536000000))
            as started_at,
        happened_at as ended_at,
        local_date as ended_on
    from task_event
    where work
),

covered as (
    select
        *,
        max(ended_at) over (
            partition by store, learner_key, task_id order by started_at, ended_at, position
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from work
)

select
    c.store,
    c.learner_key,
    c.task_id,
    c.position,
    c.is_goal,
    c.started_at,
    c.ended_at,
    cast(c.started_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as started_on,
    c.ended_on,
    c.school_week,
    case
        when c.covered_until is null or c.started_at >= c.covered_until + interval 30 minutes
            then epoch_us(c.ended_at) - epoch_us(c.started_at)
        else greatest(epoch_us(c.ended_at) - epoch_us(c.covered_until), 0)
    end as added_us,
    s.started_at as session_started_at
from covered as c
asof inner join session as s
    on c.store = s.store and c.learner_key = s.learner_key and c.ended_at >= s.started_at

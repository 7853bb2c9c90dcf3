-- One row per learner, task and start that was planned for it and not moved before it came, with whether there was work
-- on the task within 24 hours of it (before or after; a statement with a duration stands for its interval).
-- grain: store, learner_key, task_id, planned_start_at
-- reads: task_event, task_work, calendar_day
-- by: learner_key, task_id
-- counts: task_event: planned_start_at is not null
-- column store: the controller's store
-- column learner_key: the learner or group
-- column task_id: activity IRI of the goal or activity
-- column planned_start_at: UTC; the planned start
-- column school_week: number of the school week in which it lies; NULL in a holiday week
-- column begun_on: local day of the start of the first work within 24 hours; NULL when there is none
with stated as (
    select
        store,
        learner_key,
        task_id,
        planned_start_at,
        lead(happened_at) over (
            partition by store, learner_key, task_id order by happened_at, position
        ) as replaced_at
    from task_event
    where planned_start_at is not null and kind in ('set', 'assigned', 'scheduled', 'revised')
),

kept as (
    select distinct
        store,
        learner_key,
        task_id,
        planned_start_at,
        cast(planned_start_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as planned_on
    from stated
    where replaced_at is null or replaced_at > planned_start_at
),

begun as (
    select k.store, k.learner_key, k.task_id, k.planned_start_at, min(w.started_on) as begun_on
    from kept as k
    inner join task_work as w
        on
            k.store = w.store
            and k.learner_key = w.learner_key
            and k.task_id = w.task_id
            and w.started_at <= k.planned_start_at + interval 24 hours
            and w.ended_at >= k.planned_start_at - interval 24 hours
    group by k.store, k.learner_key, k.task_id, k.planned_start_at
)

select k.store, k.learner_key, k.task_id, k.planned_start_at, d.school_week, b.begun_on
from kept as k
left join begun as b using (store, learner_key, task_id, planned_start_at)
left join calendar_day as d on k.store = d.store and k.planned_on = d.date

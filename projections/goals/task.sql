-- One row per learner and task that was worked on or scheduled: when it was first scheduled, and when work on it began.
-- Scheduled is: scheduled by the learner, or set with a planned start. A plan revised later does not make it earlier.
-- grain: store, learner_key, task_id
-- reads: task_event
-- by: learner_key, task_id
-- column store: the controller's store
-- column learner_key: the learner or group
-- column task_id: activity IRI of the goal or activity
-- column is_goal: whether the task is a goal
-- column is_planned: whether it is a goal, or was ever assigned or scheduled
-- column scheduled_at: UTC; when it was first scheduled; NULL when it never was
-- column scheduled_on: local day on which it was first scheduled
-- column first_work_at: UTC; first statement of work on it; NULL when there is none
-- column first_work_week: number of the school week of the first work; NULL out of school weeks and windows
-- column scheduled_before_work: whether it was scheduled before the first work (timestamp, position); NULL without
-- column estimated_ms: milliseconds; the duration last estimated before the first work; NULL when there is none
with first_work as (
    select
        store,
        learner_key,
        task_id,
        min(happened_at) as first_work_at,
        min(position) filter (where happened_at = earliest) as first_work_position
    from (
        select *, min(happened_at) over (partition by store, learner_key, task_id) as earliest
        from task_event
        where work
    ) as work
    group by store, learner_key, task_id
)

select
    e.store,
    e.learner_key,
    e.task_id,
    any_value(e.is_goal) as is_goal,
    any_value(e.is_goal) or bool_or(e.kind in ('assigned', 'scheduled')) as is_planned,
    min(e.happened_at) filter (where e.is_scheduling) as scheduled_at,
    min(e.local_date) filter (where e.is_scheduling) as scheduled_on,
    any_value(w.first_work_at) as first_work_at,
    any_value(e.school_week) filter (where e.position = w.first_work_position) as first_work_week,
    case
        when any_value(w.first_work_at) is not null
            then coalesce(bool_or(e.is_scheduling and e.is_before_work), false)
    end as scheduled_before_work,
    last(e.duration_ms order by e.happened_at, e.position) filter (
        where e.kind = 'estimated' and e.duration_ms > 0 and (w.first_work_at is null or e.is_before_work)
    ) as estimated_ms
from (
    select
        t.*,
        t.kind = 'scheduled' or (t.kind = 'set' and t.planned_start_at is not null) as is_scheduling,
        (t.happened_at, t.position) < (f.first_work_at, f.first_work_position) as is_before_work
    from task_event as t
    left join first_work as f using (store, learner_key, task_id)
) as e
left join first_work as w using (store, learner_key, task_id)
group by e.store, e.learner_key, e.task_id

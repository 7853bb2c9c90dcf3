-- One row per learner, task and statement of work, for tasks with a start and a due date: where between them the work
-- was done. The round of a re-opened task has its own start and due date; work before the start counts as at the start,
-- work after the due date as at the due date. Only work that took time.
-- grain: store, learner_key, task_id, position
-- reads: task_work, task_round
-- by: learner_key, task_id
-- counts: task_work: added_us > 0
-- column store: the controller's store
-- column learner_key: the learner or group
-- column task_id: activity IRI of the goal or activity
-- column position: position of the statement in the log
-- column round: round of the task in which the work falls
-- column school_week: number of the school week of the work; NULL out of school weeks and windows
-- column effort_us: microseconds of work
-- column since_start_us: microseconds from the start to the work, between 0 and period_us
-- column period_us: microseconds from the start to the due date
with timed as (
    select
        *,
        -- the first round takes the work that was done before anything was set
        case round when 0 then timestamp '1970-01-01' else started_at end as takes_from
    from task_round
    qualify row_number() over (partition by store, learner_key, task_id, takes_from order by round desc) = 1
)

select
    w.store,
    w.learner_key,
    w.task_id,
    w.position,
    r.round,
    w.school_week,
    w.added_us as effort_us,
    epoch_us(least(greatest(w.ended_at, r.started_at), r.due)) - epoch_us(r.started_at) as since_start_us,
    epoch_us(r.due) - epoch_us(r.started_at) as period_us
from task_work as w
asof inner join timed as r
    on
        w.store = r.store
        and w.learner_key = r.learner_key
        and w.task_id = r.task_id
        and w.ended_at >= r.takes_from
where w.added_us > 0 and r.due > r.started_at

-- One row per learner and window: of the goals and activities that the learner planned (set, scheduled or revised)
-- and that were due in it, the share achieved (an activity: finished) by the due date. The due date is the one known
-- at the due moment; each round of a re-opened goal counts; a dropped one is not achieved.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task_round, calendar_day
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 tasks
-- direction: higher
-- reference: project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: planned and achieved by due / planned and due; NULL when insufficient
-- column n: planned tasks due in the window
-- column sufficient: whether n reaches the minimum
with planned_due as (
    select
        r.store,
        r.learner_key,
        d.school_week,
        r.outcome = 'achieved' and r.closed_at <= r.due as is_completed
    from task_round as r
    inner join calendar_day as d
        on r.store = d.store and cast(r.due at time zone 'UTC' at time zone 'Europe/Brussels' as date) = d.date
    where r.planned
),

counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where e.is_completed) as completed
    from planned_due as e
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.completed / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: of the goals, and the activities ever assigned or scheduled, on which work began in
-- it, the share that was scheduled before the first work. Set with a planned start is scheduled too.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 5 tasks
-- direction: higher
-- reference: Zimmerman 2000 (strategic planning); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: tasks scheduled before first work / tasks first worked on in the window; NULL when insufficient
-- column n: tasks first worked on in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where e.scheduled_before_work) as scheduled
    from task as e
    inner join window_week as w
        on e.store = w.store and e.learner_key = w.learner_key and e.first_work_week = w.school_week
    where e.is_planned
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 5 then c.scheduled / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 5, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: of the goals that were set or assigned in it, the share that the learner set, alone
-- or in a group. A goal counts once, by what came first: one that was assigned and later set stays assigned.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task_event, goal_status
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 goals
-- direction: neither
-- reference: Zimmerman 2000 (goal setting); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: goals that were first set by the learner / goals set or assigned; NULL when insufficient
-- column n: goals set or assigned in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(distinct e.task_id) as n,
        count(distinct e.task_id) filter (where g.origin = 'self') as self_set
    from task_event as e
    inner join window_week as w using (store, learner_key, school_week)
    inner join goal_status as g
        on e.store = g.store and e.learner_key = g.learner_key and e.task_id = g.goal_id
    where e.is_goal and e.kind in ('set', 'assigned')
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.self_set / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

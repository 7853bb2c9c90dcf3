-- One row per learner and window: of the goals that the learner set in it, alone or in a group, the share that is
-- specific: a target level or a criterion, and a due date, stated with the goal by the end of the window. Goals that
-- others assigned say nothing of the learner's goal setting and are left out.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task_event, goal_event
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 goals
-- direction: higher
-- reference: Zimmerman 2000 (goal setting); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: specific goals / goals set; NULL when insufficient
-- column n: goals that the learner set in the window
-- column sufficient: whether n reaches the minimum
with goal_set as (
    select distinct w.store, w.learner_key, w.window_end, e.task_id as goal_id
    from task_event as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.is_goal and e.kind = 'set'
),

stated as (
    select
        store,
        learner_key,
        goal_id,
        min(cast(local_at as date)) filter (where target_level is not null or criterion) as measured_from,
        min(cast(local_at as date)) filter (where due_at is not null) as due_from
    from goal_event
    where link = 'object' and not out_of_window
    group by store, learner_key, goal_id
),

counted as (
    select
        g.store,
        g.learner_key,
        g.window_end,
        count(*) as n,
        count(*) filter (where s.measured_from <= g.window_end and s.due_from <= g.window_end) as specific
    from goal_set as g
    left join stated as s using (store, learner_key, goal_id)
    group by g.store, g.learner_key, g.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.specific / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: reflections of the learner, alone or in a group, per goal closed in it (achieved,
-- not achieved or dropped; a goal that is closed twice counts once). How many, not how deep.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, learner_event, goal_history
-- by: learner_key, window_end
-- indicator: yes
-- unit: reflections per goal closed
-- range: >= 0
-- minimum n: 3 goals closed
-- direction: neither
-- reference: Zimmerman 2000 (self-reflection); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: reflections / goals closed; NULL when insufficient
-- column n: goals closed in the window
-- column sufficient: whether n reaches the minimum
with reflected as (
    select w.store, w.learner_key, w.window_end, count(distinct e.position) as reflections
    from learner_event as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.kind = 'reflected' and e.own
    group by w.store, w.learner_key, w.window_end
),

closed as (
    select w.store, w.learner_key, w.window_end, count(distinct e.goal_id) as n
    from goal_history as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.closes
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then coalesce(r.reflections, 0) / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join closed as c using (store, learner_key, window_end)
left join reflected as r using (store, learner_key, window_end)

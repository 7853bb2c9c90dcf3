-- One row per learner and window: how often the learner revised plans, per goal that he or she planned in it: set,
-- scheduled, prioritised, estimated or revised.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task_event
-- by: learner_key, window_end
-- indicator: yes
-- unit: revisions per planned goal
-- range: >= 0
-- minimum n: 3 planned goals
-- direction: neither
-- reference: Winne & Hadwin 1998 (adapting); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: plan revisions / goals planned; NULL when insufficient
-- column n: goals planned in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(distinct e.task_id) as n,
        count(*) filter (where e.kind = 'revised') as revisions
    from task_event as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.is_goal and e.planning
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.revisions / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

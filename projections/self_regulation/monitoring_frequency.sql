-- One row per learner and window: how often the learner looked at his or her progress, ticked an item or self-
-- assessed, alone or in a group, per school week with activity. Looking is an opportunity to monitor, not proof of
-- it.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, regulation_event
-- by: learner_key, window_end
-- indicator: yes
-- unit: events per active school week
-- range: >= 0
-- minimum n: 3 school weeks with activity
-- direction: neither
-- reference: Bannert's process library (monitoring); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: monitoring events / active school weeks; NULL when insufficient
-- column n: school weeks with activity
-- column sufficient: whether n reaches the minimum
with counted as (
    select w.store, w.learner_key, w.window_end, count(distinct e.position) as events
    from regulation_event as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.monitoring
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when w.active_weeks >= 3 then coalesce(c.events, 0) / w.active_weeks end as value,
    w.active_weeks as n,
    w.active_weeks >= 3 as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: goals that the learner set, alone or in a group, per school week with
-- activity. A goal counts once in a window; one that the learner sets again later counts in that window too.
-- grain: store, learner_key, window_end
-- reads: learner_window, goal_event, calendar_day
-- by: learner_key, window_end
-- indicator: yes
-- unit: goals per active school week
-- range: >= 0
-- minimum n: 3 school weeks with activity
-- direction: neither
-- reference: Zimmerman 2000 (goal setting); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: goals set / active school weeks; NULL when insufficient
-- column n: school weeks with activity
-- column sufficient: whether n reaches the minimum
with goal_set as (
    select e.store, e.learner_key, e.goal_id, d.school_week
    from goal_event as e
    inner join calendar_day as d on e.store = d.store and cast(e.local_at as date) = d.date
    where e.kind = 'set' and not e.out_of_window and d.school_week is not null
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when w.active_weeks >= 3 then count(distinct g.goal_id) / w.active_weeks end as value,
    w.active_weeks as n,
    w.active_weeks >= 3 as sufficient
from learner_window as w
left join goal_set as g
    on
        w.store = g.store
        and w.learner_key = g.learner_key
        and g.school_week between w.first_week and w.last_week
group by w.store, w.learner_key, w.window_end, w.active_weeks

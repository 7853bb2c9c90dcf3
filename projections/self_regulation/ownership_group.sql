-- One row per learner and window: of the events that regulated the learner's learning in it (regulation_event), the
-- share by the group. The four shares add up to 1; an event of which the regulator is not known is not counted.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, regulation_event
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 5 regulation events
-- direction: neither
-- reference: gradual transfer of ownership (GO! vision text); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: regulation events by the group / regulation events; NULL when insufficient
-- column n: regulation events of which the regulator is known
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where e.regulator = 'group') as owned
    from regulation_event as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.regulator is not null
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 5 then c.owned / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 5, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: of the planned starts in it (moved before they came: not counted), the share with
-- work on the task within 24 hours, before or after, and by the end of the window.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, planned_start
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 5 planned starts
-- direction: higher
-- reference: project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: planned starts with work within 24 hours / planned starts; NULL when insufficient
-- column n: planned starts in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where e.begun_on <= w.window_end) as kept
    from planned_start as e
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 5 then c.kept / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 5, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

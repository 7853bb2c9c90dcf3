-- One row per learner and window: of the failures in it, the share followed by a new attempt on that activity within
-- 7 days and by the end of the window.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, failure
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 failures
-- direction: higher
-- reference: effort regulation (Pintrich et al. 1991); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: failures followed by a new attempt within 7 days / failures; NULL when insufficient
-- column n: failures in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where e.retried_on <= w.window_end) as retried
    from failure as e
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.retried / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

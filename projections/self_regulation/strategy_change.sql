-- One row per learner and window: of the retries (a new attempt within 7 days of a failure in the window, and by its
-- end), the share before which the learner changed something: chose or dropped a strategy, chose another route or
-- resource, revised a plan, or asked for help.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, failure
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 retries
-- direction: neither
-- reference: Winne & Hadwin 1998 (adapting); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: retries preceded by a change / retries; NULL when insufficient
-- column n: failures in the window that were retried
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where e.changed) as changed
    from failure as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.retried_on <= w.window_end
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.changed / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

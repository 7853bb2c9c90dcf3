-- One row per learner and window: of the difficulty episodes in it (2 or more failures in a row on one activity), the
-- share in which the learner asked for help on that activity, after the second failure, before the next success and
-- by the end of the window. Neither few nor many is good by itself.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, difficulty
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 difficulty episodes
-- direction: neither
-- reference: Zimmerman 2000 (help seeking); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: episodes with a request for help / episodes; NULL when insufficient
-- column n: difficulty episodes that began in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where e.asked_on <= w.window_end) as asked
    from difficulty as e
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.asked / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

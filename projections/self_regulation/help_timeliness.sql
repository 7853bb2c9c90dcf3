-- One row per learner and window: how long after the second failure the learner asked for help, for the difficulty
-- episodes in it with a request by its end.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, difficulty
-- by: learner_key, window_end
-- indicator: yes
-- unit: hours
-- range: >= 0
-- minimum n: 3 difficulty episodes with a request for help
-- direction: neither
-- reference: Zimmerman 2000 (help seeking); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: median of request - second failure; NULL when insufficient
-- column n: difficulty episodes with a request for help
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        median(epoch_us(e.asked_at) - epoch_us(e.since)) as wait_us
    from difficulty as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.asked_on <= w.window_end
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.wait_us / 3600000000 end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

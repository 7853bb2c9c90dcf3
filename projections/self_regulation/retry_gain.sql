-- One row per learner and window: how much better the next attempt on an activity went than the failed one, within 7
-- days and by the end of the window, where both have a score.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, failure
-- by: learner_key, window_end
-- indicator: yes
-- unit: difference of shares
-- range: -1..1
-- minimum n: 3 retries with a score
-- direction: higher
-- reference: effort regulation (Pintrich et al. 1991); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: mean of next score - failed score; NULL when insufficient
-- column n: failures with a score in the window that were retried with a score
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        sum(e.next_score - e.score) as gain
    from failure as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.score is not null and e.next_score is not null and e.next_result_on <= w.window_end
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.gain / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

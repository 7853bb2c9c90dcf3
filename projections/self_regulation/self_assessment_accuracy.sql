-- One row per learner and window: how far the confidence that the learner stated before a result lies from it, 0
-- being perfect, for the confidences stated in it with a result by its end.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, confidence
-- by: learner_key, window_end
-- indicator: yes
-- unit: squared difference of shares
-- range: 0..1; 0 is perfect
-- minimum n: 5 results
-- direction: lower
-- reference: Schraw 2009, Metacognition and Learning 4, 33-45 (absolute accuracy index)
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: mean of (confidence - performance) squared; NULL when insufficient
-- column n: confidences stated in the window with a result
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        sum((e.confidence - e.performance) * (e.confidence - e.performance)) as inaccuracy
    from confidence as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.result_on <= w.window_end
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 5 then c.inaccuracy / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 5, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: the mean of what the learner said about his or her own motivation, rescaled to
-- -1..1 by its rating scale. Self-report only; nothing is inferred.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, self_report
-- by: learner_key, window_end
-- indicator: yes
-- unit: rating
-- range: -1..1
-- minimum n: 3 self-reports
-- direction: neither
-- reference: self-report; project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: mean of the ratings; NULL when insufficient
-- column n: self-reports in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        sum(e.rating) as total
    from self_report as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.about = 'motivation'
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.total / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

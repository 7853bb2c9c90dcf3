-- One row per learner and window: how the learner's self-reported motivation changes from school week to school week:
-- the least-squares slope over the self-reports. Self-report only; nothing is inferred.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, self_report
-- by: learner_key, window_end
-- indicator: yes
-- unit: rating per school week
-- range: any; > 0 is rising
-- minimum n: 3 self-reports, in 3 school weeks or more
-- direction: neither
-- reference: self-report; project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: least-squares slope of the ratings over the number of the school week; NULL when insufficient
-- column n: self-reports in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(distinct e.school_week) as weeks,
        sum(e.school_week) as sum_x,
        sum(e.school_week * e.school_week) as sum_xx,
        sum(e.rating) as sum_y,
        sum(e.school_week * e.rating) as sum_xy
    from self_report as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.about = 'motivation'
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case
        when c.n >= 3 and c.weeks >= 3
            then (c.n * c.sum_xy - c.sum_x * c.sum_y) / (c.n * c.sum_xx - c.sum_x * c.sum_x)
    end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3 and c.weeks >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

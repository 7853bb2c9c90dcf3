-- One row per learner and window: of the time of work on tasks with a start and a due date, the share in the last
-- fifth of the period between them, or after the due date: the latest work is last-moment work as well.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, effort
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 5 statements of work that took time
-- direction: lower
-- reference: project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: time of work in the last 20 % of the period, or later / time of work; NULL when insufficient
-- column n: statements of work that took time, on tasks with a start and a due date
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        sum(e.effort_us) as effort_us,
        sum(e.effort_us) filter (where 5 * e.since_start_us >= 4 * e.period_us) as late_us
    from effort as e
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 5 then coalesce(c.late_us, 0) / c.effort_us end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 5, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: where between start and due date the work on tasks was done, 0 at the start and 1
-- at the due date or later, weighted by the time that the work took. The start is when the task was assigned or set;
-- work before it counts as 0.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, effort
-- by: learner_key, window_end
-- indicator: yes
-- unit: share of the period
-- range: 0..1
-- minimum n: 5 statements of work that took time
-- direction: lower
-- reference: weighted mean of effort (open implementation: clickfeatures); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: mean of (t - start) / (due - start), weighted by time of work; NULL when insufficient
-- column n: statements of work that took time, on tasks with a start and a due date
-- column sufficient: whether n reaches the minimum
with by_round as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        e.task_id,
        e.round,
        count(*) as n,
        sum(e.effort_us) as effort_us,
        sum(cast(e.effort_us as hugeint) * e.since_start_us) / any_value(e.period_us) as moment
    from effort as e
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end, e.task_id, e.round
),

counted as (
    select
        store,
        learner_key,
        window_end,
        sum(n) as n,
        -- a list is added in its order, an aggregate in any
        list_sum(list(moment order by task_id, round)) / sum(effort_us) as moment
    from by_round
    group by store, learner_key, window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 5 then c.moment end as value,
    cast(coalesce(c.n, 0) as bigint) as n,
    coalesce(c.n >= 5, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

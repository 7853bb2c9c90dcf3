-- One row per learner and window: how far the time spent lies from the time estimated, for the tasks achieved (an
-- activity: finished) in it for which the learner estimated a duration before the first work. Spent is the time of
-- work on the task until it was achieved; below 0: it took less than estimated.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task, task_round, task_work
-- by: learner_key
-- indicator: yes
-- unit: share of the estimate
-- range: > -1
-- minimum n: 3 tasks
-- direction: neither
-- reference: xAPI-SRL (estimated duration); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: mean of (spent - estimated) / estimated; NULL when insufficient
-- column n: estimated tasks achieved in the window
-- column sufficient: whether n reaches the minimum
with finished as (
    select
        t.store,
        t.learner_key,
        t.task_id,
        any_value(t.estimated_ms) as estimated_ms,
        min(r.closed_at) as finished_at,
        arg_min(r.closed_week, r.round) as school_week
    from task as t
    inner join task_round as r using (store, learner_key, task_id)
    where t.estimated_ms is not null and r.outcome = 'achieved'
    group by t.store, t.learner_key, t.task_id
),

bias as (
    select
        f.store,
        f.learner_key,
        f.task_id,
        f.school_week,
        (sum(k.added_us) - 1000 * f.estimated_ms) / (1000 * f.estimated_ms) as bias
    from finished as f
    inner join task_work as k using (store, learner_key, task_id)
    where k.ended_at <= f.finished_at
    group by f.store, f.learner_key, f.task_id, f.school_week, f.estimated_ms
    having sum(k.added_us) > 0
),

counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        -- a list is added in its order, an aggregate in any
        list_sum(list(e.bias order by e.task_id)) as bias
    from bias as e
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.bias / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: how strongly the learner's activity keeps to the same days of the week (PWD). (log2
-- 7 - H(p)) * max(h), where h_i is the number of school weeks with activity on day i and p = h / sum h.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, active_day
-- by: learner_key, window_end
-- indicator: yes
-- unit: bits x weeks
-- range: >= 0
-- minimum n: 10 statements, in 3 school weeks or more
-- direction: neither
-- reference: Boroujeni et al. 2016, EC-TEL, 277-291 (PWD)
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: (log2 7 - H(p)) * max(h); NULL when insufficient
-- column n: the learner's statements in the window
-- column sufficient: whether n reaches the minimum
with day_of_week as (
    select w.store, w.learner_key, w.window_end, a.weekday, count(*) as weeks
    from active_day as a
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end, a.weekday
),

profile as (
    select
        store,
        learner_key,
        window_end,
        sum(weeks) as active_days,
        max(weeks) as peak,
        -- H(p) = log2(sum h) - sum(h log2 h) / sum h; a list is added in its order, an aggregate in any
        list_sum(list(weeks * log2(weeks) order by weekday)) as weighted_logs
    from day_of_week
    group by store, learner_key, window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case
        when w.statements >= 10 and w.active_weeks >= 3
            then (log2(7) - (log2(p.active_days) - p.weighted_logs / p.active_days)) * p.peak
    end as value,
    w.statements as n,
    w.statements >= 10 and w.active_weeks >= 3 as sufficient
from learner_window as w
inner join profile as p using (store, learner_key, window_end)

-- One row per learner and window: how strongly the learner's activity keeps to the same hours of the day
-- (PDH). (log2 24 - H(p)) * max(h), where h_i is the number of days with activity in hour i and p = h / sum
-- h.
-- grain: store, learner_key, window_end
-- reads: learner_window, active_hour
-- by: learner_key, window_end
-- indicator: yes
-- unit: bits x days
-- range: >= 0
-- minimum n: 10 statements, in 3 school weeks or more
-- direction: neither
-- reference: Boroujeni et al. 2016, EC-TEL, 277-291 (PDH)
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: (log2 24 - H(p)) * max(h); NULL when insufficient
-- column n: the learner's statements in the window
-- column sufficient: whether n reaches the minimum, in 3 school weeks or more
with hour_of_day as (
    select w.store, w.learner_key, w.window_end, hour(a.local_hour) as hour, count(*) as days
    from learner_window as w
    inner join active_hour as a
        on
            w.store = a.store
            and w.learner_key = a.learner_key
            and a.school_week between w.first_week and w.last_week
    group by all
),

profile as (
    select
        store,
        learner_key,
        window_end,
        sum(days) as active_hours,
        max(days) as peak,
        -- H(p) = log2(sum h) - sum(h log2 h) / sum h; a list is added in its order, an aggregate in any
        list_sum(list(days * log2(days) order by hour)) as weighted_logs
    from hour_of_day
    group by store, learner_key, window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case
        when w.statements >= 10 and w.active_weeks >= 3
            then (log2(24) - (log2(p.active_hours) - p.weighted_logs / p.active_hours)) * p.peak
    end as value,
    w.statements as n,
    w.statements >= 10 and w.active_weeks >= 3 as sufficient
from learner_window as w
inner join profile as p using (store, learner_key, window_end)

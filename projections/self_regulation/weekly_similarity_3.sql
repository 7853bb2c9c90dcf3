-- One row per learner and window: how alike the learner's active hours on each weekday are from week to week (WS3).
-- The mean, over all pairs of active school weeks, of 1 - the mean of ((x_i - x_j) / (x_i + x_j)) squared over the
-- weekdays active in either week, as the source has it; copied code often divides by the weekdays active in both.
-- grain: store, learner_key, window_end
-- reads: learner_window, week_pair
-- by: learner_key, window_end
-- due: week_pair: select c.learner_key, w.week_end as window_end from changed_week_pair as c
-- due: week_pair: inner join school_week as w on c.store = w.store and w.school_week between c.week_b and c.week_a + 5
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 2 school weeks with activity
-- direction: neither
-- reference: Boroujeni et al. 2016, EC-TEL, 277-291 (WS3)
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: mean of 1 - sum ((x_i - x_j) / (x_i + x_j))^2 / abs(A_i u A_j) over pairs; NULL when insufficient
-- column n: school weeks with activity
-- column sufficient: whether n reaches the minimum
with pair as (
    -- the windows that hold both weeks end with one of these
    select *, unnest(range(week_b, week_a + 6)) as last_week
    from week_pair
)

select
    w.store,
    w.learner_key,
    w.window_end,
    list_sum(list(p.hours_likeness order by p.week_a, p.week_b) filter (where p.week_a is not null))
    / count(p.week_a) as value,
    w.active_weeks as n,
    w.active_weeks >= 2 as sufficient
from learner_window as w
left join pair as p using (store, learner_key, last_week)
group by w.store, w.learner_key, w.window_end, w.active_weeks

-- One row per learner and window: how alike the learner's active weekdays are from week to week (WS1). The
-- mean, over all pairs of active school weeks, of the weekdays they share / the weekdays of the fuller one.
-- grain: store, learner_key, window_end
-- reads: learner_window, active_hour
-- by: learner_key
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 2 school weeks with activity
-- direction: neither
-- reference: Boroujeni et al. 2016, EC-TEL, 277-291 (WS1)
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: mean abs(A_i n A_j) / max(abs A_i, abs A_j) over pairs of weeks; NULL when insufficient
-- column n: school weeks with activity
-- column sufficient: whether n reaches the minimum
with week as (
    select store, learner_key, school_week, bit_or(1 << (weekday - 1)) as days
    from active_hour
    where school_week is not null
    group by store, learner_key, school_week
),

pair as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        -- the divisor is 1 to 7, so 420 parts make every share whole and the sum exact
        420 * bit_count(a.days & b.days) // greatest(bit_count(a.days), bit_count(b.days)) as shared_parts
    from learner_window as w
    inner join week as a
        on
            w.store = a.store
            and w.learner_key = a.learner_key
            and a.school_week between w.first_week and w.last_week
    inner join week as b
        on
            w.store = b.store
            and w.learner_key = b.learner_key
            and b.school_week between a.school_week + 1 and w.last_week
)

select
    w.store,
    w.learner_key,
    w.window_end,
    sum(p.shared_parts) / (420 * count(p.shared_parts)) as value,
    w.active_weeks as n,
    w.active_weeks >= 2 as sufficient
from learner_window as w
left join pair as p using (store, learner_key, window_end)
group by w.store, w.learner_key, w.window_end, w.active_weeks

-- One row per learner and window: how much of the learner's activity by the hour follows a weekly rhythm (FWH), at
-- 1/168 h. The absolute value of the discrete Fourier transform of the 0/1 signal of active hours, at that frequency,
-- over the window's school weeks one after the other. The source gives the raw value, which grows with the number of
-- active hours; it stands in its own column, and `value` is divided by that number, so that it measures rhythm and
-- not volume.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, week_rhythm
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 school weeks with activity
-- direction: neither
-- reference: Boroujeni et al. 2016, EC-TEL, 277-291 (FWH)
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: raw / active hours; NULL when insufficient
-- column n: school weeks with activity
-- column raw: the source's value: abs(DFT); NULL when insufficient
-- column sufficient: whether n reaches the minimum
with transform as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        sum(r.hours) as hours,
        -- a list is added in its order, an aggregate in any
        list_sum(list(r.week_hour_cos order by r.school_week)) as real_part,
        list_sum(list(r.week_hour_sin order by r.school_week)) as imaginary_part
    from week_rhythm as r
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case
        when w.active_weeks >= 3
            then sqrt(pow(t.real_part, 2) + pow(t.imaginary_part, 2)) / t.hours
    end as value,
    w.active_weeks as n,
    case when w.active_weeks >= 3 then sqrt(pow(t.real_part, 2) + pow(t.imaginary_part, 2)) end as raw,
    w.active_weeks >= 3 as sufficient
from learner_window as w
inner join transform as t using (store, learner_key, window_end)

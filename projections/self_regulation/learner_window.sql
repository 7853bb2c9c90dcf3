-- One row per learner and window of 6 school weeks in which the learner was active. A window ends with a
-- school week; holiday weeks lie between its weeks, not in it. The windows that end after the learner's last
-- activity are here too: the one that ends with the current school week is the one to show today.
-- grain: store, learner_key, window_end
-- reads: active_hour, school_week
-- by: learner_key, window_end
-- counts: active_hour: school_week is not null
-- column store: the controller's store
-- column learner_key: the learner (or a group, for what it did as a group)
-- column window_end: Sunday of the window's last school week
-- column first_week: number of its first school week
-- column last_week: number of its last school week
-- column active_weeks: school weeks in it with activity
-- column statements: the learner's statements in it
with active_week as (
    select store, learner_key, school_week, sum(statements) as statements
    from active_hour
    where school_week is not null
    group by store, learner_key, school_week
)

select
    a.store,
    a.learner_key,
    w.week_end as window_end,
    w.school_week - 5 as first_week,
    w.school_week as last_week,
    count(*) as active_weeks,
    cast(sum(a.statements) as bigint) as statements
from active_week as a
inner join school_week as w
    on a.store = w.store and w.school_week between a.school_week and a.school_week + 5
group by a.store, a.learner_key, w.week_end, w.school_week

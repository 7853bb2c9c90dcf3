-- One row per learner and school week with activity: the week's part in the Fourier transforms of the learner's 0/1
-- activity signal. School weeks follow each other on a grid of 168 wall-clock hours (7 days), so a week's part does not
-- depend on the weeks before it: the parts of a window's weeks add up to the window's transform.
-- grain: store, learner_key, school_week
-- reads: active_hour
-- by: learner_key, school_week
-- counts: active_hour: school_week is not null
-- column store: the controller's store
-- column learner_key: the learner (or a group, for what it did as a group)
-- column school_week: number of the school week
-- column hours: active hours
-- column days: active days
-- column day_cos: sum over active hours of the cosine at 1/24 h
-- column day_sin: sum over active hours of the sine at 1/24 h
-- column week_hour_cos: sum over active hours of the cosine at 1/168 h
-- column week_hour_sin: sum over active hours of the sine at 1/168 h
-- column week_cos: sum over active days of the cosine at 1/7 d
-- column week_sin: sum over active days of the sine at 1/7 d
with moment as (
    select store, learner_key, school_week, weekday, 24 * (weekday - 1) + hour(local_hour) as week_hour
    from active_hour
    where school_week is not null
),

week as (
    select
        store,
        learner_key,
        school_week,
        list(week_hour order by week_hour) as hours,
        list_sort(list(distinct weekday)) as days
    from moment
    group by store, learner_key, school_week
)

-- a list is added in its order, an aggregate in any
select
    store,
    learner_key,
    school_week,
    len(hours) as hours,
    len(days) as days,
    list_sum(list_transform(hours, lambda h: cos(2 * pi() * (h % 24) / 24))) as day_cos,
    list_sum(list_transform(hours, lambda h: sin(2 * pi() * (h % 24) / 24))) as day_sin,
    list_sum(list_transform(hours, lambda h: cos(2 * pi() * h / 168))) as week_hour_cos,
    list_sum(list_transform(hours, lambda h: sin(2 * pi() * h / 168))) as week_hour_sin,
    list_sum(list_transform(days, lambda d: cos(2 * pi() * (d - 1) / 7))) as week_cos,
    list_sum(list_transform(days, lambda d: sin(2 * pi() * (d - 1) / 7))) as week_sin
from week

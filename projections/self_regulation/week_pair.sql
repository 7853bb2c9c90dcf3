-- One row per learner and pair of active school weeks that a window can hold: how alike the two weeks are, three ways.
-- grain: store, learner_key, week_a, week_b
-- reads: active_day
-- by: learner_key
-- column store: the controller's store
-- column learner_key: the learner (or a group, for what it did as a group)
-- column week_a: number of the earlier school week
-- column week_b: number of the later school week
-- column shared_parts: 420 x weekdays active in both / weekdays of the fuller week; a whole number
-- column profile_likeness: 0..1; 1 - JSD of the two shares of active hours by weekday, in bits (not its root)
-- column hours_likeness: 0..1; 1 - mean of ((x - y) / (x + y))^2 of active hours, over days active in either week
with week as (
    select
        store,
        learner_key,
        school_week,
        bit_or(1 << (weekday - 1)) as days,
        sum(hours) as total,
        list(hours order by weekday) as hours,
        list(weekday order by weekday) as weekdays
    from active_day
    group by store, learner_key, school_week
),

profile as (
    select
        store,
        learner_key,
        school_week,
        days,
        list_transform(range(1, 8), lambda d: coalesce(hours[list_position(weekdays, d)], 0)) as hours,
        list_transform(range(1, 8), lambda d: coalesce(hours[list_position(weekdays, d)], 0) / total) as shares
    from week
),

pair as (
    select
        a.store,
        a.learner_key,
        a.school_week as week_a,
        b.school_week as week_b,
        a.days as days_a,
        b.days as days_b,
        list_zip(a.shares, b.shares) as shares,
        list_zip(a.hours, b.hours) as hours
    from profile as a
    inner join (select *, unnest(range(school_week - 5, school_week)) as earlier_week from profile) as b
        on a.store = b.store and a.learner_key = b.learner_key and a.school_week = b.earlier_week
)

select
    store,
    learner_key,
    week_a,
    week_b,
    -- the divisor is 1 to 7, so 420 parts make every share whole and the sum exact
    420 * bit_count(days_a & days_b) // greatest(bit_count(days_a), bit_count(days_b)) as shared_parts,
    1 - list_sum(
        list_transform(
            shares,
            lambda p:
            case when p[1] > 0 then p[1] * log2(2 * p[1] / (p[1] + p[2])) / 2 else 0.0 end
            + case when p[2] > 0 then p[2] * log2(2 * p[2] / (p[1] + p[2])) / 2 else 0.0 end
        )
    ) as profile_likeness,
    1 - list_sum(
        list_transform(
            hours,
            lambda x: case when x[1] + x[2] > 0 then pow((x[1] - x[2]) / (x[1] + x[2]), 2) else 0.0 end
        )
    ) / bit_count(days_a | days_b) as hours_likeness
from pair

-- One row per store and school week: an ISO week with at least one school day.
-- grain: store, school_week
-- reads: calendar_day
-- column store: the controller's store
-- column school_week: number of the school week, consecutive over holidays and years
-- column week_start: its Monday
-- column week_end: its Sunday
-- column school_year: 1 September to 31 August, written 2025-2026
-- column week_of_year: number of the school week within its school year, from 1
-- column school_days: days on which learners are expected at school
with weeks as (
    select
        store,
        school_week,
        any_value(week_start) as week_start,
        any_value(week_end) as week_end,
        min(school_year) filter (where is_school_day) as school_year,
        count(*) filter (where is_school_day) as school_days
    from calendar_day
    where school_week is not null
    group by store, school_week
    -- at the edge of the calendar a week may lack its school days
    having count(*) filter (where is_school_day) > 0
)

select
    store,
    school_week,
    week_start,
    week_end,
    school_year,
    cast(row_number() over (partition by store, school_year order by school_week) as integer) as week_of_year,
    cast(school_days as integer) as school_days
from weeks

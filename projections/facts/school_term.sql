-- One row per school year and term (trimester): from 1 September to the end of the Christmas holiday, from there to the
-- end of the Easter holiday, and from there to 31 August. Each day is in one term; a holiday is in the one that it
-- closes. The holidays are those of the store's calendar, so an imported one moves the terms; a year without one of
-- them has a term less.
-- grain: store, school_year, term
-- reads: calendar_day
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column term: 1, 2 or 3
-- column first_day: its first day
-- column last_day: its last day
-- column last_school_day: its last school day; NULL when it has none
with dated as (
    select
        store,
        school_year,
        date,
        is_school_day,
        max(date) filter (where day_off = 'christmas') over (partition by store, school_year) as christmas,
        max(date) filter (where day_off = 'easter') over (partition by store, school_year) as easter
    from calendar_day
),

numbered as (
    select
        store,
        school_year,
        date,
        is_school_day,
        1 + case when date > christmas then 1 else 0 end + case when date > easter then 1 else 0 end as term
    from dated
)

select
    store,
    school_year,
    term,
    min(date) as first_day,
    max(date) as last_day,
    max(date) filter (where is_school_day) as last_school_day
from numbered
group by store, school_year, term

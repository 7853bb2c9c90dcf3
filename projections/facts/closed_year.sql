-- One row per school year with a closed school week: how far school views may look in it. A school week is closed once
-- the store has a statement that was stored after its Sunday.
-- grain: store, school_year
-- reads: logged_statement, school_week, calendar_day
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column first_day: 1 September
-- column as_of: last school day of its last closed school week: the day for which school views hold
-- column closed_until: Sunday of that week
-- column last_day: up to that day things count: closed_until, and 31 August once the next year has a closed week
-- column first_week: number of its first school week
-- column last_week: number of its last closed school week
-- column school_days: school days up to as_of
with head as (
    select
        store,
        cast(max(stored) at time zone 'UTC' at time zone 'Europe/Brussels' as date) as local_day
    from logged_statement
    group by store
),

closed as (
    select
        w.store,
        w.school_year,
        max(w.week_end) as closed_until,
        min(w.school_week) as first_week,
        max(w.school_week) as last_week,
        lead(w.school_year) over (partition by w.store order by w.school_year) is not null as is_over
    from school_week as w
    inner join head as h on w.store = h.store and w.week_end < h.local_day
    group by w.store, w.school_year
)

select
    c.store,
    c.school_year,
    make_date(cast(c.school_year[1:4] as integer), 9, 1) as first_day,
    max(d.date) as as_of,
    c.closed_until,
    coalesce(
        any_value(make_date(cast(c.school_year[6:9] as integer), 8, 31)) filter (where c.is_over), c.closed_until
    ) as last_day,
    c.first_week,
    c.last_week,
    count(*) as school_days
from closed as c
inner join calendar_day as d on c.store = d.store and c.school_year = d.school_year
where d.is_school_day and d.date <= c.closed_until
group by c.store, c.school_year, c.closed_until, c.first_week, c.last_week

-- One row per day: how many school days its school year has had by then, that day included. The difference between two
-- days is the number of school days after the one, up to the other.
-- grain: store, date
-- reads: calendar_day
-- as: view
-- column store: the controller's store
-- column date: the local day (Europe/Brussels)
-- column school_year: 1 September to 31 August, written 2025-2026
-- column number: school days from 1 September up to that day
select
    store,
    date,
    school_year,
    count(*) filter (where is_school_day) over (partition by store, school_year order by date) as number
from calendar_day

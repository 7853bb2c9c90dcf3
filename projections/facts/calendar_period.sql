-- One row per period of an imported calendar that holds: what lies over the calendar by the rules.
-- grain: store, period_key
-- reads: calendar_record
-- column store: the controller's store
-- column period_key: the period
-- column school_key: whose it is; NULL for all schools of the store
-- column kind: autumn, christmas, carnival, easter, summer, free, or school (a day with school after all)
-- column first_day: its first day
-- column last_day: its last day
with latest as (
    select *
    from calendar_record
    qualify row_number() over (partition by store, period_key order by position desc) = 1
)

select store, period_key, school_key, kind, first_day, last_day
from latest
where ended is null

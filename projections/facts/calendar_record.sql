-- One row per record of a period in an imported calendar: as it was from then on.
-- grain: store, position
-- reads: batch
-- by: position
-- column store: the controller's store
-- column position: position of the record in the log
-- column period_key: the period
-- column school_key: whose it is; NULL for all schools of the store
-- column kind: autumn, christmas, carnival, easter, summer, free, or school (a day with school after all)
-- column first_day: its first day
-- column last_day: its last day
-- column ended: since when it is out of the calendar; NULL while it holds
with recorded as (
    select
        store,
        position,
        from_json(form, '{
            "key": "VARCHAR", "school": "VARCHAR", "kind": "VARCHAR", "from": "DATE", "to": "DATE", "ended": "DATE"
        }') as form
    from batch
    where kind = 'calendar_period_recorded'
)

select
    store,
    position,
    form.key as period_key,
    form.school as school_key,
    form.kind as kind,
    form."from" as first_day,
    form."to" as last_day,
    form.ended as ended
from recorded

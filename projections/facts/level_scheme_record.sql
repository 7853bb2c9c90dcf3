-- One row per record of a level scheme: as it was from then on.
-- grain: store, position
-- reads: batch
-- by: position
-- column store: the controller's store
-- column position: position of the record in the log
-- column level_scheme: id of the scheme
-- column levels: its levels, each with the order in which it is shown
-- column ended: first day without it; NULL while it is there
with recorded as (
    select
        store,
        position,
        from_json(form, '{
            "key": "VARCHAR", "levels": [{"level": "INTEGER", "order": "INTEGER"}], "ended": "DATE"
        }') as form
    from batch
    where kind = 'level_scheme_recorded'
)

select store, position, form.key as level_scheme, form.levels as levels, form.ended as ended
from recorded

-- One row per record of a school, or of what schools are part of, in a roster: as it was from then on.
-- grain: store, position
-- reads: batch
-- by: position
-- column store: the controller's store
-- column position: position of the record in the log
-- column school_key: the roster's id of the school
-- column identifier: what else it is called, such as the number of the institution
-- column kind: school, district, department, local, state or national
-- column parent_key: the organisation that it is part of
-- column ended: first day without it; NULL while it is there
with recorded as (
    select
        store,
        position,
        from_json(form, '{
            "key": "VARCHAR", "identifier": "VARCHAR", "kind": "VARCHAR", "parent": "VARCHAR", "ended": "DATE"
        }') as form
    from batch
    where kind = 'school_recorded'
)

select
    store,
    position,
    form.key as school_key,
    form.identifier as identifier,
    form.kind as kind,
    form.parent as parent_key,
    form.ended as ended
from recorded

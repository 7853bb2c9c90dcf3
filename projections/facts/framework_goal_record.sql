-- One row per record of a goal of a framework: as it was from then on.
-- grain: store, position
-- reads: batch
-- by: position
-- column store: the controller's store
-- column position: position of the record in the log
-- column framework_goal_id: its id: of the public onderwijsdoelen the `@id`, never the code
-- column framework_id: the framework that it is of
-- column goal: the record as a struct
with recorded as (
    select
        store,
        position,
        from_json(form, '{
            "key": "VARCHAR", "framework": "VARCHAR", "aliases": ["VARCHAR"], "parents": ["VARCHAR"],
            "sets": ["VARCHAR"], "code": "VARCHAR", "kind": "VARCHAR", "competence": "VARCHAR",
            "education": "VARCHAR", "grade": "VARCHAR", "stream": "VARCHAR", "finality": "VARCHAR",
            "validity": "VARCHAR", "optional": "BOOLEAN", "attitude": "BOOLEAN", "reference": "BOOLEAN",
            "from": "DATE", "until": "DATE", "ended": "DATE"
        }') as form
    from batch
    where kind = 'framework_goal_recorded'
)

select store, position, form.key as framework_goal_id, form.framework as framework_id, form as goal
from recorded

-- One row per record of a person in a roster: as it was from then on.
-- grain: store, position
-- reads: batch
-- by: position
-- column store: the controller's store
-- column position: position of the record in the log
-- column person_key: what stands for the person of the roster
-- column agents: agent keys of the person's accounts
-- column roles: the roles that the roster gives (student, teacher, ...)
-- column ended: first day without the person; NULL while the person is there
with recorded as (
    select
        store,
        position,
        from_json(form, '{"key": "VARCHAR", "agents": ["VARCHAR"], "roles": ["VARCHAR"], "ended": "DATE"}') as form
    from batch
    where kind = 'person_recorded'
)

select
    store,
    position,
    form.key as person_key,
    coalesce(form.agents, []) as agents,
    coalesce(form.roles, []) as roles,
    form.ended as ended
from recorded

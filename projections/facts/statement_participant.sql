-- One row per agent who takes part in a statement, by role: whom it says something about.
-- grain: store, position, agent_key, role
-- reads: parsed_statement
-- by: position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column agent_key: agent key
-- column role: actor (an agent), group (a group as actor), member (of that group), learner (in context), object
with named as (
    select
        store,
        position,
        case form.actor.objecttype when 'Group' then 'group' else 'actor' end as role,
        [form.actor.key] as agent_keys
    from parsed_statement
    union all
    select store, position, 'member' as role, list_distinct(form.actor.member) as agent_keys
    from parsed_statement
    where form.actor.member is not null
    union all
    select store, position, 'learner' as role, [form.extensions.learner] as agent_keys
    from parsed_statement
    where form.extensions.learner is not null
    union all
    select store, position, 'object' as role, [form.object.key] as agent_keys
    from parsed_statement
    where form.object.key is not null
)

select store, position, unnest(agent_keys) as agent_key, role
from named

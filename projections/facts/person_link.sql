-- One row per pair of agents that a link says are one person.
-- grain: store, position, agent_key, linked_to
-- reads: batch
-- by: position
-- column store: the controller's store
-- column position: position of the link in the log
-- column agent_key: agent key
-- column linked_to: agent key of the same person
with linked as (
    select store, position, from_json(form, '{"agents": ["VARCHAR"]}').agents as agents
    from batch
    where kind = 'person_linked'
)

select distinct store, position, agents[1] as agent_key, agent as linked_to
from (select store, position, agents, unnest(agents[2:]) as agent from linked) as pairs
where agent != agents[1]

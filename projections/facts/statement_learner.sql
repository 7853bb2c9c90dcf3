-- One row per learner who takes part in a statement, by role, linked agents of one person taken together.
-- grain: store, position, learner_key, role
-- reads: statement_participant, learner
-- as: view
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the learner, or the group
-- column role: actor, group, member, learner or object, as in statement_participant
select distinct
    p.store,
    p.position,
    coalesce(l.learner_key, p.agent_key) as learner_key,
    p.role
from statement_participant as p
left join learner as l on p.store = l.store and p.agent_key = l.agent_key

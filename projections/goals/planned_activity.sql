-- One row per learner and activity that is a task without being a goal: it was ever assigned to the learner, or
-- scheduled or estimated by the learner.
-- grain: store, learner_key, task_id
-- reads: learner_event, kind_rule
-- by: learner_key
-- counts: learner_event: own and kind in ('assigned', 'scheduled', 'estimated')
-- column store: the controller's store
-- column learner_key: the learner, or the group
-- column task_id: activity IRI
with goal_type as (
    select distinct object_type
    from kind_rule
    where kind = 'set'
)

select distinct e.store, e.learner_key, e.object_id as task_id
from learner_event as e
anti join goal_type as g on e.object_type = g.object_type
where e.own and e.kind in ('assigned', 'scheduled', 'estimated')

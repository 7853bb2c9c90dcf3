-- One row per learner, goal and goal of a framework that some statement about the learner's goal ties it to.
-- grain: store, learner_key, goal_id, framework_goal_id
-- reads: goal_event, framework_goal_alias
-- by: learner_key, goal_id
-- counts: goal_event: framework_goals is not null
-- column store: the controller's store
-- column learner_key: the learner, or the group
-- column goal_id: activity IRI of the goal
-- column framework_goal_id: the goal of a framework; as stated where no framework knows it
with stated as (
    select store, learner_key, goal_id, unnest(framework_goals) as framework_goal
    from goal_event
)

select distinct
    g.store,
    g.learner_key,
    g.goal_id,
    coalesce(a.framework_goal_id, g.framework_goal) as framework_goal_id
from stated as g
left join framework_goal_alias as a on g.store = a.store and g.framework_goal = a.alias

-- One row per goal of learners and goal of a framework that it serves: what some statement about the goal ties it to,
-- and all that this serves in turn (framework_goal_ancestor).
-- grain: store, goal_id, framework_goal_id
-- reads: goal_tie, framework_goal_ancestor
-- as: view
-- column store: the controller's store
-- column goal_id: activity IRI of the goal
-- column framework_goal_id: the goal of a framework
-- column is_direct: whether the goal is tied to it itself
select
    s.store,
    s.goal_id,
    coalesce(a.ancestor_id, s.framework_goal_id) as framework_goal_id,
    min(coalesce(a.distance, 0)) = 0 as is_direct
from (select distinct store, goal_id, framework_goal_id from goal_tie) as s
left join framework_goal_ancestor as a using (store, framework_goal_id)
group by s.store, s.goal_id, coalesce(a.ancestor_id, s.framework_goal_id)

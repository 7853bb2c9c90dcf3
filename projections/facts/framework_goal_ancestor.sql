-- One row per goal of a framework and goal that it serves, near or far: lesdoel > leerplandoel > onderwijsdoel.
-- A goal is its own ancestor at distance 0, so that evidence for a goal counts for all above it in one join.
-- grain: store, framework_goal_id, ancestor_id
-- reads: framework_goal
-- as: view
-- column store: the controller's store
-- column framework_goal_id: the goal
-- column ancestor_id: a goal that it serves
-- column distance: steps up from the goal, by the shortest way; 0 for the goal itself
with recursive up as (
    select store, framework_goal_id, framework_goal_id as ancestor_id, 0 as distance
    from framework_goal
    union
    select u.store, u.framework_goal_id, p.parent_id as ancestor_id, u.distance + 1 as distance
    from up as u
    inner join (select store, framework_goal_id, unnest(parents) as parent_id from framework_goal) as p
        on u.store = p.store and u.ancestor_id = p.framework_goal_id
    -- frameworks of different files may hang under each other in a circle
    where u.distance < 20
)

select store, framework_goal_id, ancestor_id, min(distance) as distance
from up
group by store, framework_goal_id, ancestor_id

-- One row per id under which a statement may name a goal of a framework.
-- grain: store, alias
-- reads: framework_goal
-- as: view
-- column store: the controller's store
-- column alias: what a statement says
-- column framework_goal_id: the goal that it means
select store, alias, min(framework_goal_id) as framework_goal_id
from (
    select store, framework_goal_id as alias, framework_goal_id
    from framework_goal
    union all
    select g.store, g.alias, g.framework_goal_id
    from (select store, unnest(aliases) as alias, framework_goal_id from framework_goal) as g
    anti join framework_goal as k on g.store = k.store and g.alias = k.framework_goal_id
) as named
group by store, alias

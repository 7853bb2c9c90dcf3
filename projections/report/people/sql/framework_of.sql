-- One row per goal that is tied to goals of a framework: which.
select
    goal_id,
    framework_goals
from goal
where store = getvariable('store') and list_contains(getvariable('goals'), goal_id) and len(framework_goals) > 0
order by goal_id

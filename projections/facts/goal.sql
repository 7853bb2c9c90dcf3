-- One row per goal of learners (an activity of type goal) that a statement is about: what holds of it whoever
-- has it.
-- grain: store, goal_id
-- reads: goal_event, goal_tie
-- as: view
-- column store: the controller's store
-- column goal_id: activity IRI of the goal
-- column parent_goal_id: the goal that it is a part of, as last stated
-- column learners: learners (and groups) with a statement about it
-- column is_shared: whether a group has it
-- column framework_goals: ids of the framework goals that it is tied to; as stated where no framework knows them
-- column first_at: UTC; the first statement about it
with stated as (
    select
        store,
        goal_id,
        last(parent_goal_id order by happened_at, position) filter (where parent_goal_id is not null)
            as parent_goal_id,
        count(distinct learner_key) as learners,
        bool_or(owner = 'group') as is_shared,
        min(happened_at) as first_at
    from goal_event
    group by store, goal_id
),

tied as (
    select
        store,
        goal_id,
        list_sort(list(distinct framework_goal_id)) as framework_goals
    from goal_tie
    group by store, goal_id
)

select
    s.store,
    s.goal_id,
    s.parent_goal_id,
    s.learners,
    s.is_shared,
    coalesce(t.framework_goals, []) as framework_goals,
    s.first_at
from stated as s
left join tied as t using (store, goal_id)

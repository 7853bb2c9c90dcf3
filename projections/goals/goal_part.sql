-- One row per learner and goal that has parts: how many of them are done. Parts are the items of its
-- checklist, or, when no checklist size was stated, its sub-goals; a dropped sub-goal is no part any more
-- (indicators 4).
-- grain: store, learner_key, goal_id
-- reads: goal_event, goal_status
-- by: learner_key
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column done: ticked items, or achieved sub-goals; at most total
-- column total: items on the checklist as last stated, or sub-goals
with checklist as (
    select
        store,
        learner_key,
        goal_id,
        count(distinct item_id) as done,
        last(checklist_size order by happened_at, position) filter (where checklist_size is not null) as total
    from goal_event
    where link != 'context'
    group by store, learner_key, goal_id
    having last(checklist_size order by happened_at, position) filter (where checklist_size is not null) > 0
),

sub_goals as (
    select
        store,
        learner_key,
        parent_goal_id as goal_id,
        count(*) filter (where status = 'achieved') as done,
        count(*) as total
    from goal_status
    where parent_goal_id is not null and status != 'dropped'
    group by store, learner_key, parent_goal_id
)

select store, learner_key, goal_id, least(done, total) as done, cast(total as bigint) as total
from checklist
union all
select s.store, s.learner_key, s.goal_id, s.done, s.total
from sub_goals as s
anti join checklist as c on s.store = c.store and s.learner_key = c.learner_key and s.goal_id = c.goal_id

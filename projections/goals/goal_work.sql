-- One row per learner and goal that was worked on: when, in how many sessions, and how long, as task_work counts
-- it. Work that serves two goals counts for each: never sum over goals.
-- grain: store, learner_key, goal_id
-- reads: task_work
-- by: learner_key, goal_id
-- counts: task_work: is_goal
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column first_work_at: UTC; first statement of work on the goal
-- column last_work_at: UTC; last statement of work on the goal
-- column sessions: number of the learner's sessions with work on the goal
-- column seconds_spent: whole seconds; time on the goal
select
    store,
    learner_key,
    task_id as goal_id,
    min(ended_at) as first_work_at,
    max(ended_at) as last_work_at,
    count(distinct session_started_at) as sessions,
    cast(sum(added_us) // 1000000 as bigint) as seconds_spent
from task_work
where is_goal
group by store, learner_key, task_id

-- One row per learner, goal and statement of work on it: what was done for the goal, in order.
-- grain: store, learner_key, goal_id, step
-- reads: task_work, statement_fact, activity_type
-- as: view
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column step: 1 for the first work, 2 for the next, ...
-- column position: position of the statement in the log
-- column verb: verb IRI
-- column activity_id: activity IRI of what was worked on (the goal itself when the statement has it as object)
-- column activity_type: activity type IRI of that, when known
-- column started_at: UTC; timestamp - duration
-- column ended_at: UTC; the statement's timestamp
-- column session_started_at: UTC; start of the learner's session in which the work ended
-- column success: result.success
-- column score_scaled: -1..1; result.score.scaled
-- column evidence_source: digital, observation, test, conversation or portfolio, as stated
select
    w.store,
    w.learner_key,
    w.task_id as goal_id,
    row_number() over (
        partition by w.store, w.learner_key, w.task_id order by w.ended_at, w.position
    ) as step,
    w.position,
    s.verb,
    case when s.object_kind = 'Activity' then s.object_id end as activity_id,
    t.activity_type,
    w.started_at,
    w.ended_at,
    w.session_started_at,
    s.success,
    s.score_scaled,
    s.evidence_source
from task_work as w
inner join statement_fact as s on w.store = s.store and w.position = s.position
left join activity_type as t on s.store = t.store and s.object_id = t.activity_id
where w.is_goal

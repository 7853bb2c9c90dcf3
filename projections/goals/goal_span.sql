-- One row per learner, goal and round of a goal: from when to when it was open, as known on the last closed day. What
-- school views say of open, closed and dropped goals rests on it: what came later changes nothing here.
-- grain: store, learner_key, goal_id, round
-- reads: closed_year, task_round
-- by: learner_key, goal_id
-- counts: task_round: is_goal and coalesce(started_at, closed_at) < (select max(last_day) + 2 from closed_year)
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column round: 0 for the first round, 1 after the first re-opening, ...
-- column started_on: local day on which it started
-- column closed_on: local day on which it was achieved, not achieved or dropped; NULL while open
-- column outcome: achieved, not_achieved or dropped; NULL while open
with closed as (
    select store, max(last_day) as last_day
    from closed_year
    group by store
),

dated as (
    select
        r.store,
        r.learner_key,
        r.task_id as goal_id,
        r.round,
        cast(r.started_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as started_on,
        cast(r.closed_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as closed_on,
        r.outcome,
        c.last_day
    from task_round as r
    inner join closed as c on r.store = c.store
    where r.is_goal
)

select
    store,
    learner_key,
    goal_id,
    round,
    started_on,
    case when closed_on <= last_day then closed_on end as closed_on,
    case when closed_on <= last_day then outcome end as outcome
from dated
where coalesce(started_on, closed_on) <= last_day

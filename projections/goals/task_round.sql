-- One row per learner, task and round. A round starts when the task is first set, assigned, scheduled or revised, and
-- again each time one of these re-opens it after it was achieved (for an activity: finished), not achieved or dropped
-- (indicators 4). A due date belongs to its round: a revision made after the due moment leaves the due date as it was
-- known at that moment.
-- grain: store, learner_key, task_id, round
-- reads: task_event
-- by: learner_key, task_id
-- column store: the controller's store
-- column learner_key: the learner or group
-- column task_id: activity IRI of the goal or activity
-- column round: 0 for the first round, 1 after the first re-opening, ...
-- column is_goal: whether the task is a goal
-- column started_at: UTC; the first setting or assigning in the round, else what opened it; NULL when nothing did
-- column planned: whether the learner planned it in the round, or an earlier one: set, scheduled or revised
-- column outcome: achieved, not_achieved or dropped; NULL while the round is open
-- column closed_at: UTC; since when the outcome holds (said again, it keeps the moment); NULL while open
-- column closed_week: number of the school week of closed_at; NULL out of school weeks and windows
-- column due: UTC; the due date as known at the due moment; an earlier round's when this one states none
with turning as (
    select
        *,
        turn in ('achieved', 'not_achieved', 'dropped') as closes,
        lag(turn) over moments as turn_before
    from task_event
    where turn is not null
    window moments as (partition by store, learner_key, task_id order by happened_at, position)
),

in_round as (
    select
        *,
        count(*) filter (where not closes and turn_before in ('achieved', 'not_achieved', 'dropped')) over (
            partition by store, learner_key, task_id order by happened_at, position
            rows between unbounded preceding and current row
        ) as round
    from turning
),

closing as (
    select
        store,
        learner_key,
        task_id,
        round,
        last(turn order by happened_at, position) as outcome,
        max(happened_at) filter (where turn is distinct from turn_before) as closed_at,
        last(school_week order by happened_at, position) filter (where turn is distinct from turn_before)
            as closed_week
    from in_round
    where closes
    group by store, learner_key, task_id, round
),

due_date as (
    select
        *,
        lead(happened_at) over (
            partition by store, learner_key, task_id, round order by happened_at, position
        ) as replaced_at
    from in_round
    where due_at is not null
),

due as (
    select
        store,
        learner_key,
        task_id,
        round,
        coalesce(
            first(due_at order by happened_at, position) filter (where due_at < replaced_at),
            last(due_at order by happened_at, position)
        ) as due
    from due_date
    group by store, learner_key, task_id, round
),

opened as (
    select
        store,
        learner_key,
        task_id,
        round,
        any_value(is_goal) as is_goal,
        coalesce(
            min(happened_at) filter (where turn in ('set', 'assigned')),
            min(happened_at) filter (where not closes)
        ) as started_at,
        bool_or(turn in ('set', 'scheduled', 'revised')) as planned
    from in_round
    group by store, learner_key, task_id, round
)

select
    o.store,
    o.learner_key,
    o.task_id,
    o.round,
    o.is_goal,
    o.started_at,
    bool_or(o.planned) over so_far as planned,
    c.outcome,
    c.closed_at,
    c.closed_week,
    last_value(d.due ignore nulls) over so_far as due
from opened as o
left join closing as c using (store, learner_key, task_id, round)
left join due as d using (store, learner_key, task_id, round)
window so_far as (partition by o.store, o.learner_key, o.task_id order by o.round)

-- One row per learner, goal and round. A round starts when the goal is first set, assigned, scheduled or
-- revised, and again each time one of these re-opens it after it was achieved, not achieved or dropped
-- (indicators 4). A due date belongs to its round: a revision made after the due moment leaves the due date
-- as it was known at that moment.
-- grain: store, learner_key, goal_id, round
-- reads: goal_event
-- by: learner_key
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column round: 0 for the first round, 1 after the first re-opening, ...
-- column outcome: achieved, not_achieved or dropped; NULL while the round is open
-- column closed_at: UTC; since when the outcome holds (said again, it keeps the moment); NULL while open
-- column due: UTC; the due date as known at the due moment; an earlier round's when this one states none
with turn as (
    select
        *,
        kind in ('achieved', 'not_achieved', 'dropped') as closes,
        lag(kind) over moments as kind_before
    from goal_event
    where
        link = 'object'
        and kind in ('achieved', 'not_achieved', 'dropped', 'set', 'assigned', 'scheduled', 'revised')
    window moments as (partition by store, learner_key, goal_id order by happened_at, position)
),

in_round as (
    select
        *,
        count(*) filter (where not closes and kind_before in ('achieved', 'not_achieved', 'dropped')) over (
            partition by store, learner_key, goal_id order by happened_at, position
            rows between unbounded preceding and current row
        ) as round
    from turn
),

closing as (
    select
        store,
        learner_key,
        goal_id,
        round,
        last(kind order by happened_at, position) as outcome,
        max(happened_at) filter (where kind is distinct from kind_before) as closed_at
    from in_round
    where closes
    group by store, learner_key, goal_id, round
),

due_date as (
    select
        *,
        lead(happened_at) over (
            partition by store, learner_key, goal_id, round order by happened_at, position
        ) as replaced_at
    from in_round
    where due_at is not null
),

due as (
    select
        store,
        learner_key,
        goal_id,
        round,
        coalesce(
            first(due_at order by happened_at, position) filter (where due_at < replaced_at),
            last(due_at order by happened_at, position)
        ) as due
    from due_date
    group by store, learner_key, goal_id, round
)

select
    r.store,
    r.learner_key,
    r.goal_id,
    r.round,
    c.outcome,
    c.closed_at,
    last_value(d.due ignore nulls) over (
        partition by r.store, r.learner_key, r.goal_id order by r.round
    ) as due
from (select distinct store, learner_key, goal_id, round from in_round) as r
left join closing as c using (store, learner_key, goal_id, round)
left join due as d using (store, learner_key, goal_id, round)

-- One row per learner and goal that was given a level: the first and the last.
-- grain: store, learner_key, goal_id
-- reads: goal_event
-- by: learner_key, goal_id
-- counts: goal_event: level is not null
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column first_level: level given first (1 is the lowest of its scheme)
-- column level: level given last
-- column levels_given: how often a level was given
select
    store,
    learner_key,
    goal_id,
    first(level order by happened_at, position) as first_level,
    last(level order by happened_at, position) as level,
    count(*) as levels_given
from goal_event
where level is not null
group by store, learner_key, goal_id

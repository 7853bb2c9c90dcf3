-- One row per learner, goal and round. A round starts when the goal is first set, assigned, scheduled or
-- revised, and again each time one of these re-opens it after it was achieved, not achieved or dropped
-- (indicators 4). A due date belongs to its round: a revision made after the due moment leaves the due date
-- as it was known at that moment.
-- grain: store, learner_key, goal_id, round
-- reads: task_round
-- by: learner_key, goal_id
-- counts: task_round: is_goal
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column round: 0 for the first round, 1 after the first re-opening, ...
-- column outcome: achieved, not_achieved or dropped; NULL while the round is open
-- column closed_at: UTC; since when the outcome holds (said again, it keeps the moment); NULL while open
-- column due: UTC; the due date as known at the due moment; an earlier round's when this one states none
select store, learner_key, task_id as goal_id, round, outcome, closed_at, due
from task_round
where is_goal

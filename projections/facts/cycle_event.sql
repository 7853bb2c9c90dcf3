-- One row per step of a quality cycle and who took it: a teacher, a team or a professional learning group (a group's
-- step has a row for the group and for each member). The cycle is the activity that the steps share.
-- grain: store, position, learner_key
-- reads: learner_event
-- by: learner_key, position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the teacher, or the group
-- column part: actor, group or member
-- column cycle_id: activity IRI of the cycle
-- column step: question_asked, goal_set, acted, effect_measured or decided
-- column happened_at: UTC; the statement's timestamp
-- column local_date: local day
-- column school_week: number of the school week; NULL out of school weeks and windows
-- column evidence_source: digital, observation, test, conversation or portfolio, as stated
-- column duration_ms: milliseconds; how long the step took, as stated
-- column school_key: school stated in its context
-- column class_key: class stated in its context
select
    store,
    position,
    learner_key,
    part,
    object_id as cycle_id,
    replace(kind, 'cycle_', '') as step,
    happened_at,
    local_date,
    school_week,
    evidence_source,
    duration_ms,
    school_key,
    class_key
from learner_event
where starts_with(kind, 'cycle_') and own

-- One row per learner and self-report of motivation or emotion that can be read: on its rating scale, or as a scaled
-- score. Only what the learner says; nothing is inferred.
-- grain: store, position, learner_key
-- reads: learner_event
-- by: learner_key, position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the learner, or the group
-- column about: motivation or emotion
-- column rating: -1..1; the report, rescaled by its rating scale
-- column school_week: number of the school week; NULL out of school weeks and windows
select
    store,
    position,
    learner_key,
    case kind when 'motivation_reported' then 'motivation' else 'emotion' end as about,
    rating,
    school_week
from learner_event
where own and kind in ('motivation_reported', 'emotion_reported') and rating is not null

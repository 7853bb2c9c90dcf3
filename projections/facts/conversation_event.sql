-- One row per person and conversation in which he or she takes part, as actor, member, object or learner in context:
-- a coach conversation or a three-way conversation.
-- grain: store, position, learner_key
-- reads: learner_event
-- by: learner_key, position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the person (learner, coach, parent), or the group
-- column kind: coach_conversation or three_way_conversation
-- column part: the person's part: actor, group, member, learner, object
-- column acted_by: learner key of who recorded it as actor
-- column held_at: UTC; the statement's timestamp
-- column held_on: local day
-- column school_week: number of the school week; NULL out of school weeks and windows
-- column duration_ms: milliseconds; how long it lasted
-- column agreed_actions: number of actions agreed
-- column school_key: school stated in its context
-- column class_key: class stated in its context
select
    store,
    position,
    learner_key,
    kind,
    part,
    acted_by,
    happened_at as held_at,
    local_date as held_on,
    school_week,
    duration_ms,
    agreed_actions,
    school_key,
    class_key
from learner_event
where
    kind in ('coach_conversation', 'three_way_conversation')
    and part in ('actor', 'group', 'member', 'learner', 'object')

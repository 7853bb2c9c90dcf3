-- One row per learner and statement that regulates the learner's learning, with who regulated: planning, monitoring,
-- control, reflection (regulation_kind). The regulator is the one stated (gsl:extensions/regulator); else the group,
-- when a group acted; else the learner for what the learner did; else the teacher for what the vocabulary gives to a
-- teacher (assigning, judging a learner). An answer or feedback may be a peer's or a teacher's: NULL unless stated.
-- A platform puts an instructor on everything, so an instructor says nothing of who regulated (indicators 1).
-- grain: store, position, learner_key, kind
-- reads: learner_event, regulation_kind
-- by: learner_key, position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the learner, or the group, whose learning is regulated
-- column kind: fact kind
-- column phase: planning, monitoring, control or reflection
-- column regulator: self, peer, teacher or group; NULL when unknown
-- column acted_by: the learner key of who acted (a person or a group)
-- column object_id: activity IRI, or agent key
-- column planning: whether it counts as planning
-- column monitoring: whether it counts as monitoring
-- column happened_at: UTC; the statement's timestamp
-- column school_week: number of the school week; NULL out of school weeks and windows
select
    e.store,
    e.position,
    e.learner_key,
    e.kind,
    k.phase,
    coalesce(
        e.regulator,
        case
            when e.acted_as = 'group' then 'group'
            when e.kind = 'assigned' then 'teacher'
            when e.acted_by = e.learner_key then 'self'
            when e.own then 'teacher'
        end
    ) as regulator,
    e.acted_by,
    e.object_id,
    e.planning,
    e.monitoring,
    e.happened_at,
    e.school_week
from learner_event as e
inner join regulation_kind as k on e.kind = k.kind
where
    case k.whose
        when 'own' then e.own
        else e.part in ('learner', 'object', 'referred') and e.acted_by != e.learner_key
    end

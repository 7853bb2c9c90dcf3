-- One row per learner and feedback on the learner's work: on a statement of the learner's, or with the learner as its
-- object or in its context. With the work it is about, and when the learner acted on it: after the feedback, with a
-- statement that names the feedback or the same work in its context, or names no statement and has the same object.
-- grain: store, position, learner_key
-- reads: learner_event
-- by: learner_key
-- counts: learner_event: kind in ('feedback_given', 'feedback_acted_on')
-- column store: the controller's store
-- column position: position of the feedback in the log
-- column learner_key: the learner, or the group, whose work it is about
-- column given_at: UTC; when it was given
-- column given_on: local day on which it was given
-- column school_week: number of the school week of the feedback; NULL out of school weeks and windows
-- column given_by: learner key of who gave it (a person or a group)
-- column regulator: self, peer, teacher or group, as stated
-- column activity_id: activity IRI of the work; NULL when it does not say
-- column worked_at: UTC; when the work was done; NULL when it does not say
-- column worked_on: local day of the work
-- column acted_at: UTC; when the learner first acted on it; NULL when he or she did not
-- column acted_on: local day on which the learner first acted on it
-- column school_key: school stated in the feedback's context
with given as (
    select
        *,
        coalesce(target_activity_id, case when object_kind = 'Activity' then object_id end) as activity_id
    from learner_event
    where
        kind = 'feedback_given'
        and part in ('learner', 'object', 'referred')
        and acted_by != learner_key
),

reaction as (
    select g.store, g.position, g.learner_key, min(a.happened_at) as acted_at, min(a.local_date) as acted_on
    from given as g
    inner join learner_event as a on g.store = a.store and g.learner_key = a.learner_key
    where
        a.kind = 'feedback_acted_on'
        and a.own
        and a.happened_at >= g.happened_at
        and (
            a.target_position in (g.position, g.target_position)
            or (a.target_position is null and a.object_id = g.activity_id)
        )
    group by g.store, g.position, g.learner_key
)

select
    g.store,
    g.position,
    g.learner_key,
    g.happened_at as given_at,
    g.local_date as given_on,
    g.school_week,
    g.acted_by as given_by,
    g.regulator,
    g.activity_id,
    g.target_at as worked_at,
    g.target_on as worked_on,
    r.acted_at,
    r.acted_on,
    g.school_key
from given as g
left join reaction as r using (store, position, learner_key)

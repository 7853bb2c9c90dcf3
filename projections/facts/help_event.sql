-- One row per learner and request for help: what it is about, and whether it was answered. A request belongs to the
-- activities that it names as parent, to the object of the statement that it names in its context, and to its own
-- object unless that is a doubt (indicators 5). A reply of the learner to his or her own request is no answer.
-- grain: store, position, learner_key
-- reads: learner_event, kind_rule
-- by: learner_key
-- counts: learner_event: kind in ('help_asked', 'help_answered')
-- column store: the controller's store
-- column position: position of the request in the log
-- column learner_key: the learner, or the group, who asks
-- column activities: activity IRIs that the request is about, in order; empty when it does not say
-- column asked_at: UTC; when it was asked
-- column asked_on: local day on which it was asked
-- column school_week: number of the school week of the request; NULL out of school weeks and windows
-- column answered_at: UTC; the first answer by another; NULL when there is none
-- column answered_on: local day of that answer
-- column answered_by: learner key of who answered first
-- column answers: number of answers by others
-- column school_key: school stated in the request's context
with doubt as (
    select distinct object_type
    from kind_rule
    where kind = 'help_asked' and object_type != '*'
),

request as (
    select e.*, d.object_type is not null as is_doubt
    from learner_event as e
    left join doubt as d on e.object_type = d.object_type
    where e.kind = 'help_asked' and e.own
),

answer as (
    select
        store,
        learner_key,
        target_position,
        min(happened_at) as answered_at,
        min(local_date) as answered_on,
        arg_min(acted_by, (happened_at, position)) as answered_by,
        count(*) as answers
    from learner_event
    where kind = 'help_answered' and acted_by != learner_key
    group by store, learner_key, target_position
)

select
    r.store,
    r.position,
    r.learner_key,
    list_sort(
        list_distinct(
            r.parents
            || case when r.target_activity_id is not null then [r.target_activity_id] else [] end
            || case when r.is_doubt then [] else [r.object_id] end
        )
    ) as activities,
    r.happened_at as asked_at,
    r.local_date as asked_on,
    r.school_week,
    a.answered_at,
    a.answered_on,
    a.answered_by,
    coalesce(a.answers, 0) as answers,
    r.school_key
from request as r
left join answer as a
    on r.store = a.store and r.learner_key = a.learner_key and r.position = a.target_position

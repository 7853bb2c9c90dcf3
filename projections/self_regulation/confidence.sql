-- One row per learner, activity and result that the learner foretold: the confidence stated last before it (self-
-- assessed, or expected, with a score) and the result after it. A confidence counts for one result, the next on that
-- activity; a result without a score is 1 when it succeeded and 0 when it failed.
-- grain: store, learner_key, activity_id, result_at
-- reads: learner_event, attempt
-- by: learner_key, activity_id
-- counts: learner_event: own and kind in ('self_assessed', 'expected')
-- counts: attempt: success is not null or score is not null
-- due: learner_event: select learner_key, object_id as activity_id from changed_learner_event
-- due: learner_event: where own and kind in ('self_assessed', 'expected')
-- column store: the controller's store
-- column learner_key: the learner, or the group
-- column activity_id: activity IRI
-- column result_at: UTC; when the result came
-- column result_on: local day of the result
-- column stated_at: UTC; when the confidence was stated
-- column school_week: number of the school week in which it was stated; NULL out of school weeks and windows
-- column confidence: 0..1; the confidence stated
-- column performance: 0..1; the result
with stated as (
    select
        store,
        learner_key,
        object_id as activity_id,
        happened_at as stated_at,
        last(score order by position) as confidence,
        last(school_week order by position) as school_week
    from learner_event
    where own and kind in ('self_assessed', 'expected') and score is not null
    group by store, learner_key, object_id, happened_at
),

result as (
    select
        store,
        learner_key,
        activity_id,
        happened_at as result_at,
        local_date as result_on,
        cast(coalesce(score, case when success then 1 else 0 end) as decimal(9, 6)) as performance
    from attempt
    where success is not null or score is not null
),

paired as (
    select
        s.store,
        s.learner_key,
        s.activity_id,
        s.stated_at,
        s.school_week,
        s.confidence,
        r.result_at,
        r.result_on,
        r.performance
    from stated as s
    asof inner join result as r
        on
            s.store = r.store
            and s.learner_key = r.learner_key
            and s.activity_id = r.activity_id
            and s.stated_at < r.result_at
)

select
    store,
    learner_key,
    activity_id,
    result_at,
    any_value(result_on) as result_on,
    max(stated_at) as stated_at,
    last(school_week order by stated_at) as school_week,
    last(confidence order by stated_at) as confidence,
    any_value(performance) as performance
from paired
group by store, learner_key, activity_id, result_at

-- One row per learner, activity and moment at which an attempt at the activity began or gave a result: failed,
-- succeeded, or only scored. Statements of one moment on one activity are one row (platforms say `completed` and
-- `failed` of one attempt); where they differ, the later in the log holds.
-- grain: store, learner_key, activity_id, happened_at
-- reads: statement_fact, statement_learner, attempt_rule, learner_event, calendar_day
-- by: learner_key, local_date
-- column store: the controller's store
-- column learner_key: the learner, or the group
-- column activity_id: activity IRI
-- column happened_at: UTC; the statement's timestamp
-- column position: position of the last statement of that moment in the log
-- column local_date: local day
-- column school_week: number of the school week; NULL out of school weeks and windows
-- column success: whether it succeeded; NULL when it began, or has a score only
-- column score: 0..1; the score it gave (scaled, or raw between min and max), cut off at 0 and 1
-- column is_attempt: whether it began an attempt, or says whether one succeeded
with result as (
    select
        l.store,
        l.learner_key,
        s.object_id as activity_id,
        s.happened_at,
        s.position,
        s.local_date,
        s.out_of_window,
        r.attempt = 'start' as starts,
        coalesce(s.success, case r.attempt when 'success' then true when 'failure' then false end) as success,
        coalesce(
            s.score_scaled,
            case when s.score_max > s.score_min then (s.score_raw - s.score_min) / (s.score_max - s.score_min) end
        ) as score
    from statement_fact as s
    inner join attempt_rule as r on s.verb = r.verb
    inner join statement_learner as l on s.store = l.store and s.position = l.position
    where s.object_kind = 'Activity' and not s.voided and l.role in ('actor', 'group', 'member')
),

-- `answered` with another statement in its context answers a request for help
answer as (
    select store, position, learner_key
    from learner_event
    where kind = 'help_answered'
),

attempted as (
    select
        r.* exclude (success, score),
        case when not r.starts then r.success end as success,
        -- without a score there is nothing to cut off: greatest and least pass over NULL
        case
            when not r.starts and r.score is not null
                then cast(greatest(least(r.score, 1), 0) as decimal(9, 6))
        end as score
    from result as r
    anti join answer as h
        on r.store = h.store and r.position = h.position and r.learner_key = h.learner_key
    where r.starts or r.success is not null or r.score is not null
)

select
    a.store,
    a.learner_key,
    a.activity_id,
    a.happened_at,
    max(a.position) as position,
    any_value(a.local_date) as local_date,
    any_value(d.school_week) filter (where not a.out_of_window) as school_week,
    last(a.success order by a.position) filter (where a.success is not null) as success,
    last(a.score order by a.position) filter (where a.score is not null) as score,
    bool_or(a.starts or a.success is not null) as is_attempt
from attempted as a
left join calendar_day as d on a.store = d.store and a.local_date = d.date
group by a.store, a.learner_key, a.activity_id, a.happened_at

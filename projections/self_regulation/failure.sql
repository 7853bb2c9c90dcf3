-- One row per learner and failure at an activity: what came next on that activity, and what the learner changed before
-- that. A retry is a new attempt, begun or finished, within 7 days of the failure (168 hours). A change is: chose or
-- dropped a strategy, chose another route or resource, revised a plan, or asked for help on this activity (or without
-- saying on which).
-- grain: store, learner_key, activity_id, failed_at
-- reads: attempt, learner_event, help_event
-- by: learner_key, activity_id
-- counts: attempt: is_attempt
-- counts: learner_event: own and kind in ('strategy_chosen', 'strategy_dropped', 'route_chosen', 'revised')
-- column store: the controller's store
-- column learner_key: the learner, or the group
-- column activity_id: activity IRI
-- column failed_at: UTC; when it failed
-- column school_week: number of the school week of the failure; NULL out of school weeks and windows
-- column in_a_row: how many failures in a row on the activity this is (1 for the first after a success)
-- column score: 0..1; the score of the failed attempt; NULL when it has none
-- column retried_at: UTC; the next attempt within 7 days; NULL when there is none
-- column retried_on: local day of that attempt
-- column changed: whether the learner changed something between the failure and the retry; NULL without a retry
-- column next_score: 0..1; the score of the next attempt with a result within 7 days; NULL when it has none
-- column next_result_on: local day of that result; NULL when there is none within 7 days
with attempt_only as (
    select *
    from attempt
    where is_attempt
),

with_next as (
    select
        *,
        lead(happened_at) over moments as next_at,
        lead(local_date) over moments as next_on
    from attempt_only
    window moments as (partition by store, learner_key, activity_id order by happened_at)
),

result as (
    select
        *,
        lead(happened_at) over results as result_at,
        lead(local_date) over results as result_on,
        lead(score) over results as result_score,
        count(*) filter (where success) over results as run
    from with_next
    where success is not null
    window results as (partition by store, learner_key, activity_id order by happened_at)
),

failure as (
    select
        *,
        row_number() over (partition by store, learner_key, activity_id, run order by happened_at) as in_a_row
    from result
    where not success
),

change as (
    select store, learner_key, happened_at, cast(null as varchar) as activity_id
    from learner_event
    where own and kind in ('strategy_chosen', 'strategy_dropped', 'route_chosen', 'revised')
    union all
    select
        store,
        learner_key,
        asked_at as happened_at,
        unnest(case when activities = [] then [null] else activities end) as activity_id
    from help_event
),

changed as (
    select distinct f.store, f.learner_key, f.activity_id, f.happened_at
    from failure as f
    inner join change as c
        on
            f.store = c.store
            and f.learner_key = c.learner_key
            and f.activity_id = coalesce(c.activity_id, f.activity_id)
    where
        c.happened_at between f.happened_at and f.next_at
        and f.next_at <= f.happened_at + interval 168 hours
)

select
    f.store,
    f.learner_key,
    f.activity_id,
    f.happened_at as failed_at,
    f.school_week,
    f.in_a_row,
    f.score,
    case when f.next_at <= f.happened_at + interval 168 hours then f.next_at end as retried_at,
    case when f.next_at <= f.happened_at + interval 168 hours then f.next_on end as retried_on,
    case when f.next_at <= f.happened_at + interval 168 hours then c.store is not null end as changed,
    case when f.result_at <= f.happened_at + interval 168 hours then f.result_score end as next_score,
    case when f.result_at <= f.happened_at + interval 168 hours then f.result_on end as next_result_on
from failure as f
left join changed as c
    on
        f.store = c.store
        and f.learner_key = c.learner_key
        and f.activity_id = c.activity_id
        and f.happened_at = c.happened_at

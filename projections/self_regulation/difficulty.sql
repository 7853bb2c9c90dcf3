-- One row per learner and difficulty episode: two or more failures in a row on one activity. With the first request for
-- help about that activity after the second failure and before the success that ends the episode. A request that names
-- no activity belongs to none.
-- grain: store, learner_key, activity_id, since
-- reads: attempt, failure, help_event
-- by: learner_key, activity_id
-- counts: attempt: success
-- counts: failure: in_a_row = 2
-- due: help_event: select learner_key, unnest(activities) as activity_id from changed_help_event
-- column store: the controller's store
-- column learner_key: the learner, or the group
-- column activity_id: activity IRI
-- column since: UTC; the second failure, which makes it an episode
-- column school_week: number of the school week of the second failure; NULL out of school weeks and windows
-- column until: UTC; the next success on the activity; NULL while there is none
-- column asked_at: UTC; the first request for help in the episode; NULL when there was none
-- column asked_on: local day of that request
with episode as (
    select store, learner_key, activity_id, failed_at as since, school_week
    from failure
    where in_a_row = 2
),

ended as (
    select e.store, e.learner_key, e.activity_id, e.since, min(a.happened_at) as until
    from episode as e
    inner join attempt as a
        on
            e.store = a.store
            and e.learner_key = a.learner_key
            and e.activity_id = a.activity_id
            and e.since < a.happened_at
    where a.success
    group by e.store, e.learner_key, e.activity_id, e.since
),

request as (
    select store, learner_key, asked_at, asked_on, unnest(activities) as activity_id
    from help_event
),

asked as (
    select e.store, e.learner_key, e.activity_id, e.since, min(r.asked_at) as asked_at, min(r.asked_on) as asked_on
    from episode as e
    inner join request as r
        on e.store = r.store and e.learner_key = r.learner_key and e.activity_id = r.activity_id
    left join ended as n
        on
            e.store = n.store
            and e.learner_key = n.learner_key
            and e.activity_id = n.activity_id
            and e.since = n.since
    where r.asked_at >= e.since and (n.until is null or r.asked_at < n.until)
    group by e.store, e.learner_key, e.activity_id, e.since
)

select e.store, e.learner_key, e.activity_id, e.since, e.school_week, n.until, a.asked_at, a.asked_on
from episode as e
left join ended as n using (store, learner_key, activity_id, since)
left join asked as a using (store, learner_key, activity_id, since)

-- One row per piece of feedback in a span of days: what it is about, and whether the learner acted on it by the last.
select
    learner_key,
    position,
    activity_id,
    given_on,
    case when acted_on <= getvariable('as_of') then acted_on end as acted_on
from feedback_event
where
    store = getvariable('store')
    and list_contains(getvariable('learners'), learner_key)
    and given_on between getvariable('first_day') and getvariable('as_of')
order by given_on, position

-- One row per request for help in a span of days: what it is about, and whether it was answered by the last of them.
select
    learner_key,
    position,
    activities,
    asked_on,
    case when answered_on <= getvariable('as_of') then answered_on end as answered_on
from help_event
where
    store = getvariable('store')
    and list_contains(getvariable('learners'), learner_key)
    and asked_on between getvariable('first_day') and getvariable('as_of')
order by asked_on, position

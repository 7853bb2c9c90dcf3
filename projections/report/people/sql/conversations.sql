-- One row per learner and conversation in a span of days, the newest first.
select distinct
    learner_key,
    position,
    kind,
    held_on,
    agreed_actions
from conversation_event
where
    store = getvariable('store')
    and list_contains(getvariable('learners'), learner_key)
    and held_on between getvariable('first_day') and getvariable('as_of')
order by held_on desc, position desc

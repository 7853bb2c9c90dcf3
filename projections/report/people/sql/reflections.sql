-- Positions of the statements in which one learner reflected in a span of days, the newest first. No text is here.
select distinct
    position,
    happened_at
from regulation_event
where
    store = getvariable('store')
    and learner_key = getvariable('learner')
    and kind = 'reflected'
    and cast(happened_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) between getvariable(
        'first_day'
    ) and getvariable('as_of')
order by happened_at desc, position desc

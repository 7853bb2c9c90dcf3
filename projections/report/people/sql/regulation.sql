-- One row per phase of regulation and regulator of one learner in a span of days: how many statements.
select
    phase,
    coalesce(regulator, 'unknown') as regulator,
    count(distinct position) as n
from regulation_event
where
    store = getvariable('store')
    and learner_key = getvariable('learner')
    and cast(happened_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) between getvariable(
        'first_day'
    ) and getvariable('as_of')
group by phase, coalesce(regulator, 'unknown')
order by phase, regulator

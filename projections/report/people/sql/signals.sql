-- One row per learner whom the class could be compared with: what may call for support or for challenge, and why.
select
    learner_key,
    as_of,
    support,
    challenge,
    case getvariable('language') when 'nl' then reasons else reasons_en end as reasons
from learner_signal
where
    store = getvariable('store')
    and school_year = getvariable('school_year')
    and class_key = getvariable('class_key')
    and list_contains(getvariable('learners'), learner_key)
order by learner_key

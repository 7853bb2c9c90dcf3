-- The class and school of one learner on a day: by the roster, else as last stated in that year.
select
    class_key,
    school_key
from learner_school
where
    store = getvariable('store')
    and learner_key = getvariable('learner')
    and valid_from <= getvariable('as_of')
    and getvariable('as_of') < coalesce(valid_until, date '9999-12-31')
union all
select
    class_key,
    school_key
from school_learner
where
    store = getvariable('store')
    and learner_key = getvariable('learner')
    and source = 'statement'
    and school_year = getvariable('school_year')
limit 1

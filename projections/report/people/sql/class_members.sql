-- One row per learner of a class on a day: by the roster, or, for whom no roster knows, as last stated in that year.
select distinct learner_key
from enrolment
where
    store = getvariable('store')
    and class_key = getvariable('class_key')
    and role = 'student'
    and valid_from <= getvariable('as_of')
    and getvariable('as_of') < coalesce(valid_until, date '9999-12-31')
union
select learner_key
from school_learner
where
    store = getvariable('store')
    and class_key = getvariable('class_key')
    and source = 'statement'
    and school_year = getvariable('school_year')
order by learner_key

-- One row per school year in which a class has a learner, by the roster or as stated; oldest first.
with stay as (
    select
        valid_from - interval 8 month as begins,
        coalesce(valid_until - 1, getvariable('newest_day')) - interval 8 month as ends
    from enrolment
    where store = getvariable('store') and class_key = getvariable('class_key') and role = 'student'
),

reached as (
    select unnest(range(year(begins), year(ends) + 1)) as begin_year
    from stay
    where begins <= ends
)

select format('{}-{}', begin_year, begin_year + 1) as school_year
from reached
union
select school_year
from school_learner
where store = getvariable('store') and class_key = getvariable('class_key') and source = 'statement'
order by school_year

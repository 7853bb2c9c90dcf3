-- The last day on which anybody is a learner of the class; NULL when somebody still is, or the roster knows nobody.
select case when count(*) = count(valid_until) then max(valid_until) - 1 end as last_day
from enrolment
where store = getvariable('store') and class_key = getvariable('class_key') and role = 'student'

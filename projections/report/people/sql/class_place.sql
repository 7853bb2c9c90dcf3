-- The school of a class: as the roster has it, else as stated by most of its learners.
select school_key
from class
where store = getvariable('store') and class_key = getvariable('class_key')
union all
select mode(school_key) as school_key
from school_learner
where store = getvariable('store') and class_key = getvariable('class_key') and school_key != 'unknown'

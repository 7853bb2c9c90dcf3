-- One row per stay of a person in a class, as last recorded: who is where, from when until when.
-- grain: store, enrolment_key
-- reads: enrolment_record, roster_person, class
-- column store: the controller's store
-- column enrolment_key: one stay of one person in one class
-- column learner_key: the person, linked agents of one person taken together
-- column class_key: the class
-- column school_key: the school of the enrolment, else of the class
-- column role: student, teacher, ...
-- column is_primary: whether it is the person's main class (of a teacher: the main teacher)
-- column valid_from: first day of the stay
-- column valid_until: first day after it; NULL while it lasts
with latest as (
    select *
    from enrolment_record
    qualify row_number() over (partition by store, enrolment_key order by position desc) = 1
)

select
    e.store,
    e.enrolment_key,
    coalesce(p.learner_key, e.person_key) as learner_key,
    e.class_key,
    coalesce(e.school_key, c.school_key) as school_key,
    e.role,
    e.is_primary,
    e.valid_from,
    e.valid_until
from latest as e
left join roster_person as p on e.store = p.store and e.person_key = p.person_key
left join class as c on e.store = c.store and e.class_key = c.class_key

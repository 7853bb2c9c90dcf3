-- One row per record of an enrolment in a roster: as it was from then on.
-- grain: store, position
-- reads: batch
-- by: position
-- column store: the controller's store
-- column position: position of the record in the log
-- column enrolment_key: one stay of one person in one class
-- column person_key: what stands for the person of the roster
-- column class_key: the class
-- column school_key: the school, where the roster says it with the enrolment
-- column role: student, teacher, ...
-- column is_primary: whether it is the person's main class (of a teacher: the main teacher)
-- column valid_from: first day of the stay
-- column valid_until: first day after it; NULL while it lasts
with recorded as (
    select
        store,
        position,
        from_json(form, '{
            "key": "VARCHAR", "person": "VARCHAR", "class": "VARCHAR", "school": "VARCHAR", "role": "VARCHAR",
            "primary": "BOOLEAN", "from": "DATE", "until": "DATE"
        }') as form
    from batch
    where kind = 'enrolment_recorded'
)

select
    store,
    position,
    form.key as enrolment_key,
    form.person as person_key,
    form.class as class_key,
    form.school as school_key,
    form.role as role,
    coalesce(form.primary, false) as is_primary,
    form."from" as valid_from,
    form.until as valid_until
from recorded

-- One row per learner and span of days with one school and class: the one that statements of those days count for.
-- Spans of a learner do not overlap; one ends wherever an enrolment of the learner begins or ends. Of several
-- enrolments at a time the one as a student comes first, then the one in a homeroom class, the primary one, the one
-- that began last.
-- grain: store, learner_key, valid_from
-- reads: enrolment, class
-- column store: the controller's store
-- column learner_key: the learner, or whoever else the roster knows
-- column valid_from: first day of the span
-- column valid_until: first day after it; NULL while it lasts
-- column school_key: the school
-- column class_key: the class; NULL for who is not a student in it
-- column role: student, teacher, ...
with stay as (
    select
        e.store,
        e.learner_key,
        e.valid_from,
        coalesce(e.valid_until, date '9999-12-31') as valid_until,
        {
            'school_key': e.school_key,
            'class_key': case when e.role = 'student' then e.class_key end,
            'role': e.role
        } as place,
        {
            'role': case e.role when 'student' then 0 else 1 end,
            'kind': case c.kind when 'homeroom' then 0 else 1 end,
            'main': case when e.is_primary then 0 else 1 end,
            'began': date '9999-12-31' - e.valid_from,
            'class_key': e.class_key,
            'enrolment_key': e.enrolment_key
        } as preference
    from enrolment as e
    left join class as c on e.store = c.store and e.class_key = c.class_key
    where e.valid_from < coalesce(e.valid_until, date '9999-12-31')
),

edge as (
    select store, learner_key, valid_from as day
    from stay
    union
    select store, learner_key, valid_until as day
    from stay
),

span as (
    select
        store,
        learner_key,
        day as valid_from,
        lead(day) over (partition by store, learner_key order by day) as valid_until
    from edge
),

chosen as (
    select
        s.store,
        s.learner_key,
        s.valid_from,
        s.valid_until,
        arg_min(e.place, e.preference) as place
    from span as s
    inner join stay as e
        on
            s.store = e.store
            and s.learner_key = e.learner_key
            and s.valid_from >= e.valid_from
            and s.valid_from < e.valid_until
    where s.valid_until is not null
    group by s.store, s.learner_key, s.valid_from, s.valid_until
)

select
    store,
    learner_key,
    valid_from,
    nullif(valid_until, date '9999-12-31') as valid_until,
    place.school_key as school_key,
    place.class_key as class_key,
    place.role as role
from chosen

-- One row per intervention and learner of one of its classes: the indicator before and after. A learner counts in the
-- class of the day on which the intervention began: by the roster; for whom no roster knows as last stated by then in
-- that school year. Learners without a sufficient value on either side are left out, and so is who was no student in
-- that year.
-- grain: store, cycle_id, intervention_id, learner_key
-- reads: intervention, indicator, learner_school, learner_day, school_role
-- by: learner_key
-- column store: the controller's store
-- column cycle_id: activity IRI of the quality cycle
-- column intervention_id: id of the intervention
-- column learner_key: the learner
-- column class_key: the class on the day that it began
-- column treated: whether the class is one in which it was carried out, not one that it is compared with
-- column before: the indicator in the six school weeks before
-- column after: the indicator in the six school weeks after
with stated as (
    select
        i.store,
        i.cycle_id,
        i.intervention_id,
        d.learner_key,
        arg_max(d.class_key, (d.local_date, d.class_key)) as class_key
    from intervention as i
    inner join learner_day as d
        on
            i.store = d.store
            and d.local_date between make_date(cast(i.school_year[1:4] as integer), 9, 1) and i.begins_on
    where d.class_key != 'unknown'
    group by i.store, i.cycle_id, i.intervention_id, d.learner_key
),

placed as (
    select i.store, i.cycle_id, i.intervention_id, p.learner_key, p.class_key
    from intervention as i
    inner join learner_school as p
        on
            i.store = p.store
            and i.begins_on >= p.valid_from
            and i.begins_on < coalesce(p.valid_until, date '9999-12-31')
    where p.class_key is not null
    union all
    select s.store, s.cycle_id, s.intervention_id, s.learner_key, s.class_key
    from stated as s
    anti join learner_school as p on s.store = p.store and s.learner_key = p.learner_key
),

not_student as (
    select store, school_year, learner_key
    from school_role
    where role != 'student'
)

select
    i.store,
    i.cycle_id,
    i.intervention_id,
    p.learner_key,
    p.class_key,
    list_contains(i.classes, p.class_key) as treated,
    b.value as before,
    a.value as after
from intervention as i
inner join placed as p using (store, cycle_id, intervention_id)
anti join not_student as n
    on p.store = n.store and i.school_year = n.school_year and p.learner_key = n.learner_key
inner join indicator as b
    on
        p.store = b.store
        and p.learner_key = b.learner_key
        and i.before_end = b.window_end
        and i.indicator = b.indicator
inner join indicator as a
    on
        p.store = a.store
        and p.learner_key = a.learner_key
        and i.after_end = a.window_end
        and i.indicator = a.indicator
where
    b.sufficient
    and a.sufficient
    and list_contains(i.classes, p.class_key) != list_contains(i.comparison_classes, p.class_key)

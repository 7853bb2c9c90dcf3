-- One row per learner and goal of a school year, or of before and still open. Overdue: due on an earlier day, and not
-- yet closed at the end of the day asked for (as the view `overdue` has it, which ends with the calendar).
with known as (
    select
        *,
        cast(due at time zone 'UTC' at time zone 'Europe/Brussels' as date) as due_day,
        cast(planned_start at time zone 'UTC' at time zone 'Europe/Brussels' as date) as start_day,
        cast(closed_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as closed_day
    from goal_progress
    where
        store = getvariable('store')
        and list_contains(getvariable('learners'), learner_key)
        and (
            school_year = getvariable('school_year') or (school_year < getvariable('school_year') and closed_at is null)
        )
)

select
    g.learner_key,
    g.goal_id,
    g.owner,
    g.origin,
    g.status,
    cast(g.progress as double) as progress,
    p.done as parts_done,
    p.total as parts,
    g.level,
    g.target_level,
    g.start_day,
    g.due_day,
    g.closed_day,
    g.evidence,
    case
        when g.due_day < getvariable('as_of') and (g.closed_day is null or g.closed_day > getvariable('as_of'))
            then cast(getvariable('as_of') - g.due_day as integer)
    end as days_overdue
from known as g
left join goal_part as p on g.store = p.store and g.learner_key = p.learner_key and g.goal_id = p.goal_id
where
    cast(g.set_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) <= getvariable('as_of') or g.set_at is null
order by g.learner_key, g.due_day nulls last, g.goal_id

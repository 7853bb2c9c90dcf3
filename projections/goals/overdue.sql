-- One row per day and goal that was overdue at the end of that day: due on an earlier day, and not yet
-- closed. Nothing here knows today: choose the day, as in `where as_of = date '2025-11-14'`. Days end with
-- the store's calendar.
-- grain: store, as_of, learner_key, goal_id
-- reads: goal_progress, calendar_day
-- as: view
-- column store: the controller's store
-- column as_of: the local day (Europe/Brussels) for which the row holds
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column due: UTC; the due date
-- column days_overdue: days from the due day to as_of
-- column is_closed: whether it was closed later (then the goal was late, or dropped late)
with open_goal as (
    select
        store,
        learner_key,
        goal_id,
        due,
        cast(due at time zone 'UTC' at time zone 'Europe/Brussels' as date) as due_day,
        cast(closed_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as closed_day
    from goal_progress
    where due is not null
)

select
    g.store,
    d.date as as_of,
    g.learner_key,
    g.goal_id,
    g.due,
    cast(d.date - g.due_day as bigint) as days_overdue,
    g.closed_day is not null as is_closed
from open_goal as g
inner join calendar_day as d
    on g.store = d.store and g.due_day < d.date and (g.closed_day is null or g.closed_day > d.date)

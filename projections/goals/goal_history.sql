-- One row per learner, goal and change: everything that was said of the goal itself, in order, with what it changed and
-- how the goal stood after it. Work on the goal is in goal_route.
-- grain: store, learner_key, goal_id, step
-- reads: goal_event, calendar_day
-- by: learner_key, goal_id
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column step: 1 for the first change, 2 for the next, ...
-- column position: position of the statement in the log
-- column kind: fact kind (set, assigned, prioritised, scheduled, revised, progressed, level_given, achieved, ...)
-- column part: the learner's part: actor, group, member, learner
-- column happened_at: UTC; the statement's timestamp
-- column school_week: number of the school week; NULL out of school weeks and windows
-- column status: planned, in_progress, achieved, not_achieved or dropped: how it stood after the change
-- column closes: whether it was open and is closed by this
-- column reopens: whether it was closed and is open again by this
-- column due: UTC; the due date that the change states; NULL when it states none
-- column planned_start: UTC; the planned start that it states; NULL when it states none
-- column progress: 0..1; the progress that it states; NULL when it states none
-- column level: the level that it gives; NULL when it gives none
-- column target_level: the level aimed at that it states; NULL when it states none
with told as (
    select
        *,
        last_value(
            case
                when link = 'object' and kind in ('achieved', 'not_achieved', 'dropped') then kind
                when link = 'object' and kind in ('set', 'assigned', 'scheduled', 'revised') then 'open'
            end ignore nulls
        ) over so_far as standing,
        coalesce(bool_or(work) over so_far, false) as worked
    from goal_event
    window so_far as (
        partition by store, learner_key, goal_id order by happened_at, position
        rows between unbounded preceding and current row
    )
),

change as (
    select
        *,
        coalesce(standing, 'open') != 'open' as is_closed,
        row_number() over changes as step,
        coalesce(lag(coalesce(standing, 'open') != 'open') over changes, false) as was_closed
    from told
    where link = 'object' and kind != 'worked'
    window changes as (partition by store, learner_key, goal_id order by happened_at, position)
)

select
    c.store,
    c.learner_key,
    c.goal_id,
    c.step,
    c.position,
    c.kind,
    c.part,
    c.happened_at,
    d.school_week,
    case when c.is_closed then c.standing when c.worked then 'in_progress' else 'planned' end as status,
    c.is_closed and not c.was_closed as closes,
    c.was_closed and not c.is_closed as reopens,
    c.due_at as due,
    c.planned_start_at as planned_start,
    c.progress,
    c.level,
    c.target_level
from change as c
left join calendar_day as d
    on c.store = d.store and cast(c.local_at as date) = d.date and not c.out_of_window

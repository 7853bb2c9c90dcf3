-- One row per learner, task and statement about it. A task is a goal, or an activity that was ever assigned to the
-- learner, scheduled or estimated by the learner; work on it is a learning statement that has it as object or names it
-- in its context, as for goals. An activity counts as achieved when it is finished.
-- grain: store, position, learner_key, task_id
-- reads: goal_event, planned_activity, learner_event, statement_fact, statement_activity, statement_learner
-- reads: kind_rule, attempt_rule, calendar_day
-- by: learner_key, position
-- due: planned_activity: select position from statement_activity
-- due: planned_activity: where activity_id in (select task_id from changed_planned_activity)
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the learner, or the group
-- column task_id: activity IRI of the goal or activity
-- column is_goal: whether it is a goal
-- column kind: fact kind (set, assigned, scheduled, revised, estimated, worked, achieved, ...)
-- column turn: opens it (set, assigned, scheduled, revised) or closes it (achieved, not_achieved, dropped); else NULL
-- column owner: agent, or group for a statement made by a group
-- column work: whether it is work on the task
-- column planning: whether it counts as planning
-- column happened_at: UTC; the statement's timestamp
-- column local_date: local day
-- column school_week: number of the school week; NULL out of school weeks and windows
-- column duration_ms: milliseconds; result.duration
-- column due_at: UTC; the due date it states
-- column planned_start_at: UTC; the planned start it states
with goal_part as (
    select
        g.store,
        g.position,
        g.learner_key,
        g.goal_id as task_id,
        true as is_goal,
        g.kind,
        case
            when
                g.link = 'object'
                and g.kind in ('set', 'assigned', 'scheduled', 'revised', 'achieved', 'not_achieved', 'dropped')
                then g.kind
        end as turn,
        g.owner,
        g.work,
        g.planning,
        g.happened_at,
        cast(g.local_at as date) as local_date,
        d.school_week,
        g.duration_ms,
        case when g.link = 'object' then g.due_at end as due_at,
        case when g.link = 'object' then g.planned_start_at end as planned_start_at
    from goal_event as g
    left join calendar_day as d on g.store = d.store and cast(g.local_at as date) = d.date and not g.out_of_window
),

work_verb as (
    select r.verb, bool_or(a.finishes) as finishes
    from kind_rule as r
    left join attempt_rule as a on r.verb = a.verb
    where r.kind = 'worked'
    group by r.verb
),

named as (
    select store, position, activity_id, bool_or(role = 'object') as is_object
    from statement_activity
    where
        role in ('object', 'parent', 'grouping', 'other')
        and activity_id in (select task_id from planned_activity)
    group by store, position, activity_id
),

worked as (
    select distinct
        s.store,
        s.position,
        a.learner_key,
        a.task_id,
        n.is_object
        and coalesce(v.finishes, false)
        and coalesce(s.success, true) as finished,
        s.actor_type,
        s.happened_at,
        s.local_date,
        s.out_of_window,
        s.duration_ms
    from named as n
    inner join statement_fact as s on n.store = s.store and n.position = s.position
    inner join work_verb as v on s.verb = v.verb
    inner join statement_learner as l on s.store = l.store and s.position = l.position
    inner join planned_activity as a
        on l.store = a.store and l.learner_key = a.learner_key and n.activity_id = a.task_id
    where not s.voided and l.role in ('actor', 'group', 'member')
),

activity_part as (
    select
        p.store,
        p.position,
        p.learner_key,
        p.object_id as task_id,
        false as is_goal,
        p.kind,
        case when p.kind in ('assigned', 'scheduled', 'revised', 'dropped') then p.kind end as turn,
        p.acted_as as owner,
        false as work,
        p.planning,
        p.happened_at,
        p.local_date,
        p.school_week,
        p.duration_ms,
        p.due_at,
        p.planned_start_at
    from learner_event as p
    semi join planned_activity as a
        on p.store = a.store and p.learner_key = a.learner_key and p.object_id = a.task_id
    where
        p.own
        and p.kind in ('assigned', 'prioritised', 'scheduled', 'revised', 'estimated', 'expected', 'dropped')
),

other_meaning as (
    select store, position, learner_key
    from learner_event
    where not work and kind != 'reflected'
),

worked_part as (
    select
        w.store,
        w.position,
        w.learner_key,
        w.task_id,
        false as is_goal,
        'worked' as kind,
        case when w.finished then 'achieved' end as turn,
        case w.actor_type when 'Group' then 'group' else 'agent' end as owner,
        true as work,
        false as planning,
        w.happened_at,
        w.local_date,
        d.school_week,
        w.duration_ms,
        cast(null as timestamp) as due_at,
        cast(null as timestamp) as planned_start_at
    from worked as w
    -- a statement that means something else is no work: an answer to a request for help
    anti join other_meaning as e
        on w.store = e.store and w.position = e.position and w.learner_key = e.learner_key
    left join calendar_day as d on w.store = d.store and w.local_date = d.date and not w.out_of_window
)

select * from goal_part
union all
select * from worked_part
union all
select * from activity_part

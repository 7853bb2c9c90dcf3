-- One row per learner and goal that was set or assigned, as it stood at the end of the last closed school
-- week: what school views may know. A school week is closed once the store has a statement that was stored
-- after its Sunday. A group's own row is left out; its members are counted. Goals of who was no student in the school
-- year in which they were set (school_role) are left out too. Recomputed whole, since a new week closes for everyone.
-- grain: store, learner_key, goal_id
-- reads: logged_statement, school_week, goal_event, goal_status, goal_round, goal_progress, school_role
-- column store: the controller's store
-- column learner_key: the learner
-- column goal_id: activity IRI of the goal
-- column school_key: the learner's school by the roster when it was first set; else as first stated; else unknown
-- column school_source: roster, statement or unknown: where the school comes from
-- column school_year: school year in which it was first set or assigned
-- column closed_until: Sunday of the last closed school week
-- column achieved: whether it stood as achieved
-- column on_time: whether it stood as achieved by its due date; NULL when it has none or was not achieved
-- column progress: 0..1; progress as it stood; NULL when unknown
-- column first_level: level given first
-- column level: level given last
-- column levels_given: how often a level was given
-- column framework_goals: ids of the framework goals that it is tied to
-- column has_evidence: whether there was evidence
with head as (
    select
        store,
        cast(max(stored) at time zone 'UTC' at time zone 'Europe/Brussels' as date) as local_day
    from logged_statement
    group by store
),

closed_week as (
    select w.store, max(w.week_end) as closed_until
    from school_week as w
    inner join head as h on w.store = h.store and w.week_end < h.local_day
    group by w.store
),

progress_now as (
    select
        store,
        learner_key,
        goal_id,
        progress,
        status,
        cast(last_work_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as last_work_day
    from goal_progress
),

known as (
    select
        e.store,
        e.learner_key,
        e.goal_id,
        c.closed_until,
        bool_or(e.kind in ('set', 'assigned')) as is_set,
        last(e.kind order by e.happened_at, e.position) filter (
            where
            e.link = 'object'
            and e.kind in ('achieved', 'not_achieved', 'dropped', 'set', 'assigned', 'scheduled', 'revised')
        ) as last_turn,
        last(e.progress order by e.happened_at, e.position) filter (where e.progress is not null) as progress,
        first(e.level order by e.happened_at, e.position) filter (where e.level is not null) as first_level,
        last(e.level order by e.happened_at, e.position) filter (where e.level is not null) as level,
        count(e.level) as levels_given,
        flatten(list(e.framework_goals) filter (where e.framework_goals is not null)) as framework_goals,
        count(e.evidence_source) as evidence
    from goal_event as e
    inner join closed_week as c on e.store = c.store and cast(e.local_at as date) <= c.closed_until
    where not e.out_of_window and e.part != 'group'
    group by e.store, e.learner_key, e.goal_id, c.closed_until
),

last_outcome as (
    select
        r.store,
        r.learner_key,
        r.goal_id,
        last(r.closed_at <= r.due order by r.round) as on_time
    from goal_round as r
    inner join closed_week as c
        on
            r.store = c.store
            and cast(r.closed_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) <= c.closed_until
    where r.outcome = 'achieved'
    group by r.store, r.learner_key, r.goal_id
),

-- progress by parts is only known as of now: it counts where no work was done since
parts as (
    select p.store, p.learner_key, p.goal_id, p.progress
    from progress_now as p
    inner join closed_week as c on p.store = c.store and p.last_work_day <= c.closed_until
    where p.status != 'achieved'
)

select
    k.store,
    k.learner_key,
    k.goal_id,
    coalesce(s.school_key, 'unknown') as school_key,
    coalesce(s.school_source, 'unknown') as school_source,
    s.school_year,
    k.closed_until,
    coalesce(k.last_turn = 'achieved', false) as achieved,
    case when k.last_turn = 'achieved' then o.on_time end as on_time,
    cast(
        case when k.last_turn = 'achieved' then 1 else coalesce(k.progress, p.progress) end as decimal(9, 6)
    ) as progress,
    k.first_level,
    k.level,
    k.levels_given,
    list_sort(list_distinct(coalesce(k.framework_goals, []))) as framework_goals,
    k.evidence > 0 as has_evidence
from known as k
inner join goal_status as s using (store, learner_key, goal_id)
left join last_outcome as o using (store, learner_key, goal_id)
left join parts as p using (store, learner_key, goal_id)
left join school_role as r
    on s.store = r.store and s.school_year = r.school_year and s.learner_key = r.learner_key
where k.is_set and coalesce(r.role, 'student') = 'student'

-- One row per learner and goal that was set or assigned, as it stood at the end of the last closed school
-- week: what school views may know. A school week is closed once the store has a statement that was stored
-- after its Sunday. A group's own row is left out; its members are counted. Goals of who was no student in the school
-- year in which they were set (school_role) are left out too.
-- grain: store, learner_key, goal_id
-- reads: closed_year, goal_event, goal_status, school_role
-- by: learner_key
-- counts: goal_event: cast(local_at as date) <= (select max(closed_until) from closed_year)
-- due: goal_status: select learner_key from changed_goal_status group by store, learner_key, goal_id
-- due: goal_status: having count(distinct (school_key, school_source, school_year)) > 1
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
with closed_week as (
    select store, max(closed_until) as closed_until
    from closed_year
    group by store
),

event as (
    select e.*, c.closed_until
    from goal_event as e
    inner join closed_week as c on e.store = c.store and cast(e.local_at as date) <= c.closed_until
    where not e.out_of_window and e.part != 'group'
),

known as (
    select
        e.store,
        e.learner_key,
        e.goal_id,
        e.closed_until,
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
        count(e.evidence_source) as evidence,
        count(distinct e.item_id) as ticked,
        last(e.checklist_size order by e.happened_at, e.position) filter (
            where e.link != 'context' and e.checklist_size is not null
        ) as items,
        last(e.parent_goal_id order by e.happened_at, e.position) filter (where e.parent_goal_id is not null)
            as parent_goal_id
    from event as e
    group by e.store, e.learner_key, e.goal_id, e.closed_until
),

-- rounds as goal_round has them, without what came after that week
turning as (
    select
        *,
        lag(kind) over (partition by store, learner_key, goal_id order by happened_at, position) as kind_before
    from event
    where
        link = 'object'
        and kind in ('achieved', 'not_achieved', 'dropped', 'set', 'assigned', 'scheduled', 'revised')
),

in_round as (
    select
        *,
        count(*) filter (
            where kind not in ('achieved', 'not_achieved', 'dropped')
            and kind_before in ('achieved', 'not_achieved', 'dropped')
        ) over (
            partition by store, learner_key, goal_id order by happened_at, position
            rows between unbounded preceding and current row
        ) as round
    from turning
),

due_date as (
    select
        *,
        lead(happened_at) over (
            partition by store, learner_key, goal_id, round order by happened_at, position
        ) as replaced_at
    from in_round
    where due_at is not null
),

due as (
    select
        store,
        learner_key,
        goal_id,
        round,
        coalesce(
            first(due_at order by happened_at, position) filter (where due_at < replaced_at),
            last(due_at order by happened_at, position)
        ) as due
    from due_date
    group by store, learner_key, goal_id, round
),

last_due as (
    select store, learner_key, goal_id, last(due order by round) as due
    from due
    group by store, learner_key, goal_id
),

last_outcome as (
    select t.store, t.learner_key, t.goal_id, max(t.happened_at) <= any_value(d.due) as on_time
    from turning as t
    left join last_due as d using (store, learner_key, goal_id)
    where t.kind = 'achieved' and t.kind_before is distinct from 'achieved'
    group by t.store, t.learner_key, t.goal_id
),

-- progress by parts as goal_part has it, without what came after that week
sub_goals as (
    select
        store,
        learner_key,
        parent_goal_id as goal_id,
        count(*) filter (where last_turn = 'achieved') as done,
        count(*) as total
    from known
    where parent_goal_id is not null and last_turn is distinct from 'dropped'
    group by store, learner_key, parent_goal_id
),

parts as (
    select
        k.store,
        k.learner_key,
        k.goal_id,
        case
            when k.items > 0 then least(k.ticked, k.items) / cast(k.items as double)
            else s.done / cast(s.total as double)
        end as progress
    from known as k
    left join sub_goals as s using (store, learner_key, goal_id)
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

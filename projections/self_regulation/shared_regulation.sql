-- One row per learner and window: of the learner's group goals of which there was anything in it, the share that 2 or
-- more members planned or monitored: two members each on their own, or the group in a statement that names 2 members
-- or more. That a group sets the goal makes it a group goal, and is no sign yet that its members regulate it
-- together.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task_event, learner_event
-- by: learner_key
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 2 group goals
-- direction: higher
-- reference: Hadwin, Jarvela & Miller 2018 (socially shared regulation); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: group goals planned or monitored by 2 members or more / group goals; NULL when insufficient
-- column n: group goals in the window
-- column sufficient: whether n reaches the minimum
with group_event as (
    select store, learner_key, task_id as goal_id, school_week
    from task_event
    where is_goal and owner = 'group'
),

regulated as (
    select e.store, e.learner_key, e.about_id as goal_id, e.school_week, e.acted_as, e.acted_by, e.members, e.kind
    from learner_event as e
    semi join group_event as g
        on e.store = g.store and e.learner_key = g.learner_key and e.about_id = g.goal_id
    where (e.own or e.part = 'teammate') and (e.planning or e.monitoring)
),

happened as (
    select * from regulated
    union all by name
    select * from group_event
),

goal as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        e.goal_id,
        count(distinct e.acted_by) filter (where e.acted_as = 'agent') >= 2
        or coalesce(bool_or(e.acted_as = 'group' and e.members >= 2 and e.kind != 'set'), false) as is_shared
    from happened as e
    inner join window_week as w using (store, learner_key, school_week)
    group by w.store, w.learner_key, w.window_end, e.goal_id
),

counted as (
    select store, learner_key, window_end, count(*) as n, count(*) filter (where is_shared) as shared
    from goal
    group by store, learner_key, window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 2 then c.shared / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 2, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner, school year and goal of a framework that a goal of the learner's serves: whether it was
-- achieved, and what evidence there is, by the last closed day. What framework_coverage counts by class.
-- grain: store, school_year, learner_key, framework_goal_id
-- reads: closed_year, goal_event, tie
-- by: learner_key
-- counts: goal_event: cast(local_at as date) <= (select max(last_day) from closed_year)
-- due: tie: select learner_key from goal_event where goal_id in (select goal_id from changed_goal_tie)
-- due: tie: and cast(local_at as date) <= (select max(last_day) from closed_year)
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column learner_key: the learner, or the group
-- column framework_goal_id: the goal of a framework; as stated where no framework knows it
-- column achieved: whether a goal that is tied to it itself stands as achieved
-- column achieved_part: whether a goal that is tied to it, or to one under it, stands as achieved
-- column sources: the source of each piece of evidence; a statement that serves two of the learner's goals is one piece
with event as (
    select
        y.store,
        y.school_year,
        e.learner_key,
        e.goal_id,
        e.position,
        e.happened_at,
        e.evidence_source,
        case
            when e.kind in ('achieved', 'not_achieved', 'dropped', 'set', 'assigned', 'scheduled', 'revised')
                then e.kind
        end as turn
    from closed_year as y
    inner join goal_event as e
        on y.store = e.store and cast(e.local_at as date) between y.first_day and y.last_day
    where not e.out_of_window
),

standing as (
    select
        store,
        school_year,
        learner_key,
        goal_id,
        coalesce(last(turn order by happened_at, position) filter (where turn is not null) = 'achieved', false)
            as achieved
    from event
    group by store, school_year, learner_key, goal_id
),

reached as (
    select
        s.store,
        s.school_year,
        s.learner_key,
        t.framework_goal_id,
        bool_or(s.achieved and t.is_direct) as achieved,
        bool_or(s.achieved) as achieved_part
    from standing as s
    inner join tie as t using (store, goal_id)
    group by s.store, s.school_year, s.learner_key, t.framework_goal_id
),

piece as (
    select distinct
        e.store, e.school_year, e.learner_key, t.framework_goal_id, e.position, e.evidence_source as source
    from event as e
    inner join tie as t using (store, goal_id)
    where e.evidence_source is not null
),

evident as (
    select store, school_year, learner_key, framework_goal_id, list(source order by source) as sources
    from piece
    group by store, school_year, learner_key, framework_goal_id
)

select
    r.store,
    r.school_year,
    r.learner_key,
    r.framework_goal_id,
    r.achieved,
    r.achieved_part,
    coalesce(e.sources, []) as sources
from reached as r
left join evident as e using (store, school_year, learner_key, framework_goal_id)

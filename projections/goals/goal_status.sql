-- One row per learner and goal: whose it is, how it was planned and how it stands. The status is that of the
-- last round (goal_round); an open goal is in_progress once it was worked on, else planned (indicators 4).
-- grain: store, learner_key, goal_id
-- reads: goal_event, goal_round, learner_school, school_alias
-- by: learner_key, goal_id
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column parent_goal_id: the goal that it is a part of, as last stated
-- column owner: agent, or group for a goal that a group set first (each member has a row, and the group)
-- column part: actor or learner in a person's own row, member in a group member's, group in the group's
-- column origin: self or assigned, whichever came first; NULL for a goal that was neither set nor assigned
-- column horizon: long-term, period, week or day, as last stated
-- column set_at: UTC; first time that it was set or assigned
-- column school_year: school year of set_at (of its first event, when it was never set)
-- column school_key: by the roster on the day of set_at (of its first event, if never set); else the one first stated
-- column school_source: roster or statement: where the school comes from; NULL when it is not known
-- column planned_start: UTC; the planned start as last stated
-- column due: UTC; the due date as it was known at the due moment
-- column revisions: number of plan revisions
-- column status: planned, in_progress, achieved, not_achieved or dropped
-- column closed_at: UTC; since when it is achieved, not achieved or dropped; NULL while open
-- column target_level: level aimed at, as last stated
with as_stated as (
    select
        store,
        learner_key,
        goal_id,
        last(parent_goal_id order by happened_at, position) filter (where parent_goal_id is not null)
            as parent_goal_id,
        first(owner order by kind not in ('set', 'assigned'), happened_at, position) as owner,
        first(part order by kind not in ('set', 'assigned'), happened_at, position) as part,
        first(kind order by happened_at, position) filter (where kind in ('set', 'assigned')) as origin_kind,
        last(horizon order by happened_at, position) filter (where horizon is not null and link = 'object')
            as horizon,
        min(happened_at) filter (where kind in ('set', 'assigned')) as set_at,
        cast(first(local_at order by kind not in ('set', 'assigned'), happened_at, position) as date) as set_day,
        first(school_key order by happened_at, position) filter (where school_key is not null) as school_key,
        last(planned_start_at order by happened_at, position) filter (
            where planned_start_at is not null and kind in ('set', 'assigned', 'scheduled', 'revised')
        ) as planned_start,
        count(*) filter (where kind = 'revised') as revisions,
        bool_or(work) as worked,
        last(target_level order by happened_at, position) filter (where target_level is not null)
            as target_level
    from goal_event
    group by store, learner_key, goal_id
),

rounds as (
    select
        store,
        learner_key,
        goal_id,
        last(outcome order by round) as outcome,
        last(closed_at order by round) as closed_at,
        last(due order by round) as due
    from goal_round
    group by store, learner_key, goal_id
)

select
    a.store,
    a.learner_key,
    a.goal_id,
    a.parent_goal_id,
    a.owner,
    a.part,
    case a.origin_kind when 'set' then 'self' when 'assigned' then 'assigned' end as origin,
    a.horizon,
    a.set_at,
    -- a school year starts on 1 September: eight months earlier it is the calendar year
    format('{}-{}', year(a.set_day - interval 8 months), year(a.set_day - interval 8 months) + 1) as school_year,
    coalesce(s.school_key, k.school_key, a.school_key) as school_key,
    case when s.school_key is not null then 'roster' when a.school_key is not null then 'statement' end
        as school_source,
    a.planned_start,
    r.due,
    a.revisions,
    coalesce(r.outcome, case when a.worked then 'in_progress' else 'planned' end) as status,
    r.closed_at,
    a.target_level
from as_stated as a
left join rounds as r using (store, learner_key, goal_id)
left join learner_school as s
    on
        a.store = s.store
        and a.learner_key = s.learner_key
        and a.set_day >= s.valid_from
        and a.set_day < coalesce(s.valid_until, date '9999-12-31')
left join school_alias as k on a.store = k.store and a.school_key = k.alias

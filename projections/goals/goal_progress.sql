-- One row per learner and goal: whose it is, how it was planned, what was done for it and how it stands. For
-- a group goal: a row for each member, and one for the group (indicators 4).
-- grain: store, learner_key, goal_id
-- reads: goal_event, goal_status, goal_work, goal_evidence, goal_level, goal_part
-- by: learner_key, goal_id
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column owner: agent, or group for a goal that a group set first (each member has a row, and the group)
-- column part: actor or learner in a person's own row, member in a group member's, group in the group's
-- column origin: self or assigned, whichever came first; NULL for a goal that was neither set nor assigned
-- column horizon: long-term, period, week or day, as last stated
-- column school_key: by the roster on the day of set_at (of its first event, if never set); else the one first stated
-- column school_year: school year of set_at (of its first event, when it was never set)
-- column set_at: UTC; first time that it was set or assigned
-- column planned_start: UTC; the planned start as last stated
-- column due: UTC; the due date as it was known at the due moment
-- column revisions: number of plan revisions
-- column status: planned, in_progress, achieved, not_achieved or dropped
-- column progress: 0..1; 1 if achieved, else the last stated, else the share of its parts done, else NULL
-- column level: level given last
-- column target_level: level aimed at, as last stated
-- column evidence: number of pieces of evidence, whatever the source
-- column evidence_digital: pieces of evidence from a digital environment
-- column evidence_observation: pieces of evidence observed by someone
-- column evidence_test: pieces of evidence from a test
-- column evidence_conversation: pieces of evidence from a conversation
-- column evidence_portfolio: pieces of evidence from a portfolio
-- column sessions: number of the learner's sessions with work on the goal
-- column seconds_spent: whole seconds; time for two goals counts for each, so never sum over goals
-- column first_work_at: UTC; first statement of work on the goal
-- column last_work_at: UTC; last statement of work on the goal
-- column closed_at: UTC; since when it is achieved, not achieved or dropped; NULL while open
-- column on_time: whether it was achieved by its due date; NULL when it has none or is not achieved
with progress_stated as (
    select store, learner_key, goal_id, last(progress order by happened_at, position) as progress
    from goal_event
    where progress is not null
    group by store, learner_key, goal_id
)

select
    s.store,
    s.learner_key,
    s.goal_id,
    s.owner,
    s.part,
    s.origin,
    s.horizon,
    s.school_key,
    s.school_year,
    s.set_at,
    s.planned_start,
    s.due,
    s.revisions,
    s.status,
    cast(
        case when s.status = 'achieved' then 1 else coalesce(p.progress, parts.done / parts.total) end
        as decimal(9, 6)
    ) as progress,
    l.level,
    s.target_level,
    coalesce(e.evidence, 0) as evidence,
    coalesce(e.evidence_digital, 0) as evidence_digital,
    coalesce(e.evidence_observation, 0) as evidence_observation,
    coalesce(e.evidence_test, 0) as evidence_test,
    coalesce(e.evidence_conversation, 0) as evidence_conversation,
    coalesce(e.evidence_portfolio, 0) as evidence_portfolio,
    coalesce(w.sessions, 0) as sessions,
    coalesce(w.seconds_spent, 0) as seconds_spent,
    w.first_work_at,
    w.last_work_at,
    s.closed_at,
    case when s.status = 'achieved' then s.closed_at <= s.due end as on_time
from goal_status as s
left join progress_stated as p using (store, learner_key, goal_id)
left join goal_level as l using (store, learner_key, goal_id)
left join goal_part as parts using (store, learner_key, goal_id)
left join goal_evidence as e using (store, learner_key, goal_id)
left join goal_work as w using (store, learner_key, goal_id)

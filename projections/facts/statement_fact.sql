-- One row per statement: logged_statement with whose it is and whether it was voided. A voided statement stays here,
-- flagged; everything else drops it. A voiding statement cannot be voided itself (xAPI Data 2.3.2).
-- grain: store, position
-- reads: logged_statement, voiding, learner
-- as: view
-- column store: the controller's store
-- column position: position in the log
-- column statement_id: lower case UUID
-- column stored: UTC; when the store took it in
-- column happened_at: UTC; the statement's timestamp
-- column local_at: wall clock in Europe/Brussels
-- column local_date: local day
-- column out_of_window: whether the timestamp lies more than a day after it was stored: stays out of windows
-- column actor_key: agent key of the actor
-- column actor_type: Agent or Group
-- column verb: verb IRI (activitystrea.ms IRIs in their short spelling)
-- column object_kind: Activity, Agent, Group, StatementRef or SubStatement
-- column object_id: activity IRI, agent key, or lower case UUID of the statement referred to; NULL for a SubStatement
-- column registration: lower case UUID
-- column instructor_key: agent key
-- column team_key: agent key
-- column platform: the system it was made on
-- column language: language tag
-- column context_statement: lower case UUID of the statement in context
-- column success: result.success
-- column completion: result.completion
-- column duration_ms: milliseconds; result.duration, a month counting 30 days
-- column score_scaled: -1..1; result.score.scaled
-- column score_raw: result.score.raw
-- column score_min: result.score.min
-- column score_max: result.score.max
-- column due_at: UTC; due date
-- column planned_start_at: UTC; planned start
-- column planned_duration_ms: milliseconds; planned duration
-- column progress: 0..1; progress stated
-- column level: level given
-- column level_scheme: id of the level scheme
-- column target_level: level aimed at
-- column criterion: whether a criterion is stated
-- column horizon: long-term, period, week or day
-- column evidence_source: digital, observation, test, conversation or portfolio
-- column assessment_purpose: formative or summative
-- column regulator: self, peer, teacher or group, as stated
-- column framework_goals: ids of framework goals
-- column checklist: activity IRI of the goal whose checklist the item is on
-- column checklist_size: number of items on the checklist
-- column agreed_actions: number of actions agreed
-- column rating_min: lowest value of the rating scale
-- column rating_max: highest value of the rating scale
-- column entered_by_hand_seconds: seconds that typing it in took; 0 when typed in and not timed; NULL otherwise
-- column skill: id of the skill
-- column route: id of the route or level chosen
-- column class_key: id of the class stated in context
-- column school_key: id of the school stated in context
-- column reflection: whether it carries a reflection
-- column learner_in_context: agent key of the learner whom it concerns
-- column authority_key: agent key of the authority
-- column voided: whether another statement voids it
-- column learner_key: the actor, linked agents of one person taken together
select
    s.*,
    v.target_id is not null and o.position is null as voided,
    coalesce(l.learner_key, s.actor_key) as learner_key
from logged_statement as s
left join (select distinct store, target_id from voiding) as v
    on s.store = v.store and s.statement_id = v.target_id
left join voiding as o on s.store = o.store and s.position = o.position
left join learner as l on s.store = l.store and s.actor_key = l.agent_key

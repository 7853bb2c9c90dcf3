-- One row per statement in the log, voided or not, as it was logged; statement_fact adds what came to be known later.
-- grain: store, position
-- reads: parsed_statement
-- by: position
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
with timed as (
    select *, make_timestamp(form.timestamp) as happened_at
    from parsed_statement
)

select
    store,
    position,
    statement_id,
    stored,
    happened_at,
    happened_at at time zone 'UTC' at time zone 'Europe/Brussels' as local_at,
    cast(happened_at at time zone 'UTC' at time zone 'Europe/Brussels' as date) as local_date,
    happened_at > stored + interval 1 day as out_of_window,
    form.actor.key as actor_key,
    form.actor.objecttype as actor_type,
    form.verb as verb,
    form.object.objecttype as object_kind,
    form.object.id as object_id,
    form.context.registration as registration,
    form.context.instructor as instructor_key,
    form.context.team as team_key,
    form.context.platform as platform,
    form.context.language as language,
    form.context.statement as context_statement,
    form.result.success as success,
    form.result.completion as completion,
    form.result.duration_ms as duration_ms,
    try_cast(form.result.scaled as decimal(9, 6)) as score_scaled,
    try_cast(form.result.raw as decimal(18, 6)) as score_raw,
    try_cast(form.result.min as decimal(18, 6)) as score_min,
    try_cast(form.result.max as decimal(18, 6)) as score_max,
    make_timestamp(form.extensions.due_date) as due_at,
    make_timestamp(form.extensions.planned_start) as planned_start_at,
    form.extensions.planned_duration_ms as planned_duration_ms,
    cast(try_cast(form.extensions.progress as decimal(9, 4)) * 0.01 as decimal(9, 6)) as progress,
    form.extensions.level as level,
    form.extensions.level_scheme as level_scheme,
    form.extensions.target_level as target_level,
    form.extensions.criterion as criterion,
    form.extensions.horizon as horizon,
    form.extensions.evidence_source as evidence_source,
    form.extensions.assessment_purpose as assessment_purpose,
    form.extensions.regulator as regulator,
    form.extensions.framework_goals as framework_goals,
    form.extensions.checklist as checklist,
    form.extensions.checklist_size as checklist_size,
    form.extensions.agreed_actions as agreed_actions,
    try_cast(form.extensions.rating_min as decimal(18, 6)) as rating_min,
    try_cast(form.extensions.rating_max as decimal(18, 6)) as rating_max,
    form.extensions.entered_by_hand as entered_by_hand_seconds,
    form.extensions.skill as skill,
    form.extensions.route as route,
    form.extensions.class as class_key,
    form.extensions.school as school_key,
    form.extensions.reflection as reflection,
    form.extensions.learner as learner_in_context,
    form.authority as authority_key
from timed

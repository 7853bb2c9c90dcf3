-- One row per learner, school year, source and purpose of evidence: how many pieces, by the last closed day. What is
-- evidence for two goals is two pieces.
-- grain: store, school_year, learner_key, source, purpose
-- reads: closed_year, goal_event
-- by: learner_key
-- counts: goal_event: evidence_source is not null and cast(local_at as date) <= (select max(last_day) from closed_year)
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column learner_key: the learner, or the group
-- column source: digital, observation, test, conversation, portfolio or unstated
-- column purpose: formative, summative or unstated
-- column pieces: pieces of evidence
select
    y.store,
    y.school_year,
    e.learner_key,
    e.evidence_source as source,
    coalesce(e.assessment_purpose, 'unstated') as purpose,
    count(*) as pieces
from closed_year as y
inner join goal_event as e
    on y.store = e.store and cast(e.local_at as date) between y.first_day and y.last_day
where e.evidence_source is not null and not e.out_of_window
group by y.store, y.school_year, e.learner_key, e.evidence_source, coalesce(e.assessment_purpose, 'unstated')

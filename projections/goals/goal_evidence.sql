-- One row per learner and goal with evidence: how many pieces, by source. Work in a digital environment is
-- digital evidence unless the statement names another source; a judgement (achieved, level given, self-
-- assessed) is evidence when it names its source.
-- grain: store, learner_key, goal_id
-- reads: goal_event
-- by: learner_key, goal_id
-- counts: goal_event: evidence_source is not null
-- column store: the controller's store
-- column learner_key: the learner or group
-- column goal_id: activity IRI of the goal
-- column evidence: number of pieces of evidence
-- column evidence_digital: of those from a digital environment
-- column evidence_observation: of those observed by someone
-- column evidence_test: of those from a test
-- column evidence_conversation: of those from a conversation
-- column evidence_portfolio: of those from a portfolio
select
    store,
    learner_key,
    goal_id,
    count(evidence_source) as evidence,
    count(*) filter (where evidence_source = 'digital') as evidence_digital,
    count(*) filter (where evidence_source = 'observation') as evidence_observation,
    count(*) filter (where evidence_source = 'test') as evidence_test,
    count(*) filter (where evidence_source = 'conversation') as evidence_conversation,
    count(*) filter (where evidence_source = 'portfolio') as evidence_portfolio
from goal_event
where evidence_source is not null
group by store, learner_key, goal_id

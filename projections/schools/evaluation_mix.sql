-- One row per school, school year and way of evaluating: from which sources the evidence for goals comes, and for what
-- purpose it was gathered, in the year up to the last closed school week. Sources and purposes each add up to all
-- evidence (indicators 6).
-- grain: store, school_key, school_year, dimension, way
-- reads: closed_year, school_learner, learner_evidence
-- unit: pieces of evidence
-- range: >= 0
-- minimum n: the small-cell rule, for learners with evidence of that kind
-- direction: neither
-- reference: project definition, indicators 6; evaluation in the OK (not verified)
-- cell: learners
-- within: store, school_year, school_key, dimension
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column dimension: source or purpose
-- column way: digital, observation, test, conversation, portfolio; formative, summative; or unstated
-- column as_of: the day for which it holds: the last school day of the last closed school week
-- column learners: learners of whom there is such evidence
-- column evidence: pieces of evidence, counted for each learner and goal
with piece as (
    select l.store, l.school_key, l.school_year, y.as_of, l.learner_key, e.source, e.purpose, e.pieces
    from school_learner as l
    inner join closed_year as y using (store, school_year)
    inner join learner_evidence as e using (store, school_year, learner_key)
),

by_way as (
    select store, school_key, school_year, as_of, learner_key, 'source' as dimension, source as way, pieces
    from piece
    union all
    select store, school_key, school_year, as_of, learner_key, 'purpose' as dimension, purpose as way, pieces
    from piece
)

select
    store,
    school_key,
    school_year,
    dimension,
    way,
    as_of,
    count(distinct learner_key) as learners,
    cast(sum(pieces) as bigint) as evidence
from by_way
group by store, school_key, school_year, dimension, way, as_of

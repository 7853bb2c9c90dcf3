-- One row per class and goal of a framework: which goals did the class reach, with what evidence, in the school year up
-- to its last closed school week? Learners are those of the class on as_of, whatever class they were in before. What is
-- done for a goal of a learner counts for the framework goals that it is tied to and for all that these serve, once
-- for each. A class has a row for every framework goal that is expected of it, with zeros where nothing was done, and
-- for every other one that its learners have a goal for. Expected are the goals of the class's grade that hold on as_of
-- and say nothing of finality and stream, or what the roster says of the class; references to other goals are not. Of a
-- class of which no roster tells the grade nothing is expected (indicators 4).
-- grain: store, school_year, school_key, class_key, framework_goal_id
-- reads: closed_year, school_learner, learner_coverage, framework_goal, class
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column school_key: the school, or unknown
-- column class_key: the class, or unknown
-- column framework_goal_id: the goal of a framework; as stated where no framework knows it
-- column as_of: the day for which it holds: the last school day of the last closed school week
-- column is_expected: whether it is expected of the class
-- column learners: learners (students) of the class on that day
-- column learners_with_goal: of those with a goal in the year that is tied to it, or to one under it
-- column learners_with_evidence: of those with evidence in the year for such a goal
-- column learners_achieved: of those who achieved a goal in the year that is tied to it itself
-- column learners_achieved_part: of those who achieved a goal in the year that is tied to it, or to one under it
-- column evidence: pieces of evidence, counted for each learner
-- column evidence_digital: of those from a digital environment
-- column evidence_observation: of those observed by someone
-- column evidence_test: of those from a test
-- column evidence_conversation: of those from a conversation
-- column evidence_portfolio: of those from a portfolio
-- column evidence_unstated: of those that do not say where they come from
with class_size as (
    select l.store, l.school_year, l.school_key, l.class_key, y.as_of, count(*) as learners
    from school_learner as l
    inner join closed_year as y using (store, school_year)
    group by l.store, l.school_year, l.school_key, l.class_key, y.as_of
),

covered as (
    select l.store, l.school_year, l.school_key, l.class_key, c.* exclude (store, school_year)
    from school_learner as l
    inner join learner_coverage as c using (store, school_year, learner_key)
),

reached as (
    select
        store,
        school_year,
        school_key,
        class_key,
        framework_goal_id,
        count(distinct learner_key) as with_goal,
        count(distinct learner_key) filter (where achieved) as achieved,
        count(distinct learner_key) filter (where achieved_part) as achieved_part,
        count(distinct learner_key) filter (where len(sources) > 0) as with_evidence,
        flatten(list(sources)) as sources
    from covered
    group by store, school_year, school_key, class_key, framework_goal_id
),

expected as (
    select z.store, z.school_year, z.school_key, z.class_key, f.framework_goal_id
    from class_size as z
    inner join class as c on z.store = c.store and z.class_key = c.class_key
    inner join framework_goal as f on c.store = f.store and c.grade = f.grade
    where
        not f.is_reference
        and coalesce(f.finality = c.finality, f.finality is null)
        and coalesce(f.stream = c.stream, f.stream is null)
        and coalesce(z.as_of >= f.valid_from, true)
        and coalesce(z.as_of < f.valid_until, coalesce(f.validity, 'unknown') != 'expired')
),

line as (
    select store, school_year, school_key, class_key, framework_goal_id, true as is_expected
    from expected
    union all
    select r.store, r.school_year, r.school_key, r.class_key, r.framework_goal_id, false as is_expected
    from reached as r
    anti join expected using (store, school_year, school_key, class_key, framework_goal_id)
)

select
    n.store,
    n.school_year,
    n.school_key,
    n.class_key,
    n.framework_goal_id,
    z.as_of,
    n.is_expected,
    z.learners,
    coalesce(r.with_goal, 0) as learners_with_goal,
    coalesce(r.with_evidence, 0) as learners_with_evidence,
    coalesce(r.achieved, 0) as learners_achieved,
    coalesce(r.achieved_part, 0) as learners_achieved_part,
    coalesce(len(r.sources), 0) as evidence,
    len(list_filter(coalesce(r.sources, []), lambda s: s = 'digital')) as evidence_digital,
    len(list_filter(coalesce(r.sources, []), lambda s: s = 'observation')) as evidence_observation,
    len(list_filter(coalesce(r.sources, []), lambda s: s = 'test')) as evidence_test,
    len(list_filter(coalesce(r.sources, []), lambda s: s = 'conversation')) as evidence_conversation,
    len(list_filter(coalesce(r.sources, []), lambda s: s = 'portfolio')) as evidence_portfolio,
    len(list_filter(coalesce(r.sources, []), lambda s: s = 'unstated')) as evidence_unstated
from line as n
inner join class_size as z using (store, school_year, school_key, class_key)
left join reached as r using (store, school_year, school_key, class_key, framework_goal_id)

-- One row per class and goal of a framework: which goals did the class reach, with what evidence, in the school year up
-- to its last closed school week? Learners are those of the class on as_of, whatever class they were in before. What is
-- done for a goal of a learner counts for the framework goals that it is tied to and for all that these serve, once
-- for each. A class has a row for every framework goal that is expected of it, with zeros where nothing was done, and
-- for every other one that its learners have a goal for. Expected are the goals of the class's grade that hold on as_of
-- and say nothing of finality and stream, or what the roster says of the class; references to other goals are not. Of a
-- class of which no roster tells the grade nothing is expected (indicators 4).
-- grain: store, school_year, school_key, class_key, framework_goal_id
-- reads: closed_year, school_learner, goal_event, goal_tie, framework_goal, framework_goal_ancestor, class
-- counts: goal_event: cast(local_at as date) <= (select max(last_day) from closed_year)
-- counts: goal_tie: (store, goal_id) in (select store, goal_id from goal_event
-- counts: goal_tie: where cast(local_at as date) <= (select max(last_day) from closed_year))
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

stated as (
    select distinct store, goal_id, framework_goal_id
    from goal_tie
),

tie as (
    select
        s.store,
        s.goal_id,
        coalesce(a.ancestor_id, s.framework_goal_id) as framework_goal_id,
        min(coalesce(a.distance, 0)) = 0 as is_direct
    from stated as s
    left join framework_goal_ancestor as a using (store, framework_goal_id)
    group by s.store, s.goal_id, coalesce(a.ancestor_id, s.framework_goal_id)
),

event as (
    select
        l.store,
        l.school_year,
        l.school_key,
        l.class_key,
        l.learner_key,
        e.goal_id,
        e.position,
        e.happened_at,
        e.evidence_source,
        case
            when e.kind in ('achieved', 'not_achieved', 'dropped', 'set', 'assigned', 'scheduled', 'revised')
                then e.kind
        end as turn
    from school_learner as l
    inner join closed_year as y using (store, school_year)
    inner join goal_event as e
        on
            l.store = e.store
            and l.learner_key = e.learner_key
            and cast(e.local_at as date) between y.first_day and y.last_day
    where not e.out_of_window
),

standing as (
    select
        store,
        school_year,
        school_key,
        class_key,
        learner_key,
        goal_id,
        coalesce(last(turn order by happened_at, position) filter (where turn is not null) = 'achieved', false)
            as achieved
    from event
    group by store, school_year, school_key, class_key, learner_key, goal_id
),

reached as (
    select
        s.store,
        s.school_year,
        s.school_key,
        s.class_key,
        t.framework_goal_id,
        count(distinct s.learner_key) as with_goal,
        count(distinct s.learner_key) filter (where s.achieved and t.is_direct) as achieved,
        count(distinct s.learner_key) filter (where s.achieved) as achieved_part
    from standing as s
    inner join tie as t using (store, goal_id)
    group by s.store, s.school_year, s.school_key, s.class_key, t.framework_goal_id
),

-- a statement may serve two goals that are tied to the same one
piece as (
    select distinct
        e.store,
        e.school_year,
        e.school_key,
        e.class_key,
        t.framework_goal_id,
        e.learner_key,
        e.position,
        e.evidence_source as source
    from event as e
    inner join tie as t using (store, goal_id)
    where e.evidence_source is not null
),

evident as (
    select
        store,
        school_year,
        school_key,
        class_key,
        framework_goal_id,
        count(distinct learner_key) as learners,
        count(*) as pieces,
        count(*) filter (where source = 'digital') as digital,
        count(*) filter (where source = 'observation') as observation,
        count(*) filter (where source = 'test') as test,
        count(*) filter (where source = 'conversation') as conversation,
        count(*) filter (where source = 'portfolio') as portfolio,
        count(*) filter (where source = 'unstated') as unstated
    from piece
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
    coalesce(e.learners, 0) as learners_with_evidence,
    coalesce(r.achieved, 0) as learners_achieved,
    coalesce(r.achieved_part, 0) as learners_achieved_part,
    coalesce(e.pieces, 0) as evidence,
    coalesce(e.digital, 0) as evidence_digital,
    coalesce(e.observation, 0) as evidence_observation,
    coalesce(e.test, 0) as evidence_test,
    coalesce(e.conversation, 0) as evidence_conversation,
    coalesce(e.portfolio, 0) as evidence_portfolio,
    coalesce(e.unstated, 0) as evidence_unstated
from line as n
inner join class_size as z using (store, school_year, school_key, class_key)
left join reached as r using (store, school_year, school_key, class_key, framework_goal_id)
left join evident as e using (store, school_year, school_key, class_key, framework_goal_id)

-- One row per school and school year: quality cycles that began in it, how far they came, and on what they rest. A
-- cycle is question, goal, action, effect, decision; it belongs to the year and the school of its first step: by the
-- roster for whoever of the team it knows, else as stated. It counts what the school did, and nobody in it (indicators
-- 6).
-- grain: store, school_key, school_year
-- reads: cycle_event, cycle_school, closed_year
-- unit: cycles, steps, days
-- range: >= 0
-- minimum n: none; no person is counted
-- direction: neither; more steps done says that a cycle was gone through, not that it was good
-- reference: Tuytens and Willegems (data-informed practice research); expectation K2 of the OK; indicators 6
-- cell: none
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column cycles_opened: cycles of which the first step was taken in the year
-- column with_question: of those with a learning question
-- column with_goal: of those with a goal
-- column with_action: of those with an action
-- column with_effect: of those of which an effect was measured
-- column cycles_closed: of those with a decision
-- column cycles_whole: of those with all five steps
-- column steps: steps taken in them, each statement counted once
-- column median_days_per_step: median of the days between a step and the next; NULL when no cycle has two
-- column median_days_to_decision: median of the days from first step to first decision; NULL when none was decided
-- column pieces: steps that name their source
-- column sources: kinds of sources used (digital, observation, test, conversation, portfolio), 0 to 5
-- column cycles_with_sources: cycles that rest on two kinds of sources or more
with taken as (
    select
        e.store,
        e.cycle_id,
        e.position,
        any_value(e.step) as step,
        any_value(e.happened_at) as happened_at,
        any_value(e.local_date) as local_date,
        any_value(e.evidence_source) as evidence_source,
        any_value(s.school_key) as school_key
    from cycle_event as e
    inner join cycle_school as s on e.store = s.store and e.position = s.position
    group by e.store, e.cycle_id, e.position
),

closed as (
    select store, max(last_day) as last_day
    from closed_year
    group by store
),

spaced as (
    select
        t.*,
        t.local_date - lag(t.local_date) over (
            partition by t.store, t.cycle_id order by t.happened_at, t.position
        ) as days
    from taken as t
    inner join closed as c on t.store = c.store and t.local_date <= c.last_day
),

cycle as (
    select
        store,
        cycle_id,
        coalesce(
            first(school_key order by happened_at, position) filter (where school_key != 'unknown'), 'unknown'
        ) as school_key,
        min(local_date) as opened_on,
        min(local_date) filter (where step = 'decided') as decided_on,
        list(distinct step) as steps_done,
        count(*) as steps,
        count(evidence_source) as pieces,
        list(distinct evidence_source) filter (where evidence_source is not null) as sources,
        list(days) filter (where days is not null) as days
    from spaced
    group by store, cycle_id
)

select
    c.store,
    c.school_key,
    y.school_year,
    count(*) as cycles_opened,
    count(*) filter (where list_contains(c.steps_done, 'question_asked')) as with_question,
    count(*) filter (where list_contains(c.steps_done, 'goal_set')) as with_goal,
    count(*) filter (where list_contains(c.steps_done, 'acted')) as with_action,
    count(*) filter (where list_contains(c.steps_done, 'effect_measured')) as with_effect,
    count(c.decided_on) as cycles_closed,
    count(*) filter (where len(c.steps_done) = 5) as cycles_whole,
    cast(sum(c.steps) as bigint) as steps,
    cast(list_median(flatten(list(c.days))) as double) as median_days_per_step,
    cast(median(c.decided_on - c.opened_on) as double) as median_days_to_decision,
    cast(sum(c.pieces) as bigint) as pieces,
    cast(len(list_distinct(flatten(list(c.sources)))) as bigint) as sources,
    count(*) filter (where len(c.sources) > 1) as cycles_with_sources
from cycle as c
inner join closed_year as y on c.store = y.store and c.opened_on between y.first_day and y.last_day
group by c.store, c.school_key, y.school_year

-- One row per school, school year and indicator that may inform an expectation of the R-OK: its value, on how many it
-- rests, and what part of the school's learners (of its cycles, for quality cycles) it covers. Made from what schools
-- are shown of the other views, so what is withheld there is unknown here.
-- grain: store, school_key, school_year, indicator
-- reads: inclusion, attainment, side_effects, feedback, evaluation_mix, quality_cycle
-- over: shown
-- unit: shares, counts, school days or levels, as said in `unit`
-- range: as said in `unit`
-- minimum n: that of the view it comes from
-- direction: neither
-- reference: project definition, indicators 6
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column indicator: name of the indicator
-- column unit: share, count, school days or levels
-- column value: the figure; NULL when it is unknown or withheld
-- column n: how many (goals, pieces of feedback, cycles, ...) it rests on; NULL when withheld
-- column coverage: 0..1; part of the school's learners (or cycles) on which it rests; NULL when unknown
-- column trend: value minus that of the previous school year; NULL when either is unknown
with school as (
    select *
    from inclusion
    where grouping = 'school'
),

effects as (
    select *
    from side_effects
    where grouping = 'school'
),

given as (
    select *
    from feedback
    where grouping = 'school'
),

reached as (
    -- least leaves out what is NULL, and would take the learners of a school that is not shown for all of them
    select a.*, if(a.learners / s.learners > 1, 1, a.learners / s.learners) as covered
    from attainment as a
    left join school as s using (store, school_key, school_year)
),

source_use as (
    select store, school_key, school_year, count(*) as sources, sum(evidence) as pieces, max(learners) as learners
    from evaluation_mix
    where dimension = 'source' and learners is not null
    group by store, school_key, school_year
),

purpose_use as (
    select
        store,
        school_key,
        school_year,
        sum(evidence) filter (where way = 'formative') as formative,
        sum(evidence) as pieces,
        coalesce(sum(learners) filter (where way != 'unstated'), 0) as learners,
        bool_or(learners is null) as is_partly_withheld
    from evaluation_mix
    where dimension = 'purpose'
    group by store, school_key, school_year
),

figure as (
    select
        store,
        school_key,
        school_year,
        unnest([
            {
                'indicator': 'active_goals', 'unit': 'share', 'value': share_active_goal, 'n': learners, 'coverage': 1.0
            },
            {
                'indicator': 'conversations', 'unit': 'share', 'value': share_conversation, 'n': learners,
                'coverage': share_conversation
            }
        ]) as told
    from school
    union all
    select
        store,
        school_key,
        school_year,
        unnest([
            {
                'indicator': 'goals_achieved', 'unit': 'share', 'value': achieved / nullif(goals_set, 0),
                'n': goals_set, 'coverage': covered
            },
            {
                'indicator': 'goals_on_time', 'unit': 'share', 'value': on_time / nullif(with_due, 0),
                'n': with_due, 'coverage': covered * with_due / nullif(achieved, 0)
            },
            {
                'indicator': 'goals_framed', 'unit': 'share',
                'value': 1 - framework_goals_without_evidence / nullif(framework_goals, 0),
                'n': framework_goals, 'coverage': covered
            },
            {
                'indicator': 'level_growth', 'unit': 'levels', 'value': level_growth, 'n': with_growth,
                'coverage': covered * with_growth / nullif(goals_set, 0)
            }
        ]) as told
    from reached
    union all
    select
        store,
        school_key,
        school_year,
        {
            'indicator': 'help_answered', 'unit': 'share', 'value': 1 - share_unanswered, 'n': requests,
            'coverage': askers / learners
        } as told
    from effects
    union all
    select
        store,
        school_key,
        school_year,
        unnest([
            {
                'indicator': 'feedback_days', 'unit': 'school days', 'value': median_school_days, 'n': dated,
                'coverage': with_feedback / learners * dated / nullif(feedbacks, 0)
            },
            {
                'indicator': 'feedback_acted_on', 'unit': 'share', 'value': share_acted_on, 'n': feedbacks,
                'coverage': with_feedback / learners
            }
        ]) as told
    from given
    union all
    select
        u.store,
        u.school_key,
        u.school_year,
        {
            'indicator': 'evidence_sources', 'unit': 'count', 'value': u.sources, 'n': u.pieces,
            'coverage': u.learners / s.learners
        } as told
    from source_use as u
    left join school as s using (store, school_key, school_year)
    union all
    select
        u.store,
        u.school_key,
        u.school_year,
        {
            'indicator': 'evidence_formative',
            'unit': 'share',
            'value': case when not u.is_partly_withheld then coalesce(u.formative, 0) / u.pieces end,
            'n': case when not u.is_partly_withheld then u.pieces end,
            'coverage': if(u.learners / s.learners > 1, 1, u.learners / s.learners)
        } as told
    from purpose_use as u
    left join school as s using (store, school_key, school_year)
    union all
    select
        store,
        school_key,
        school_year,
        unnest([
            {
                'indicator': 'cycles_opened', 'unit': 'count', 'value': cycles_opened, 'n': cycles_opened,
                'coverage': cycles_whole / cycles_opened
            },
            {
                'indicator': 'cycle_steps', 'unit': 'share',
                'value': (with_question + with_goal + with_action + with_effect + cycles_closed) / (5 * cycles_opened),
                'n': cycles_opened, 'coverage': cycles_whole / cycles_opened
            },
            {
                'indicator': 'cycle_sources', 'unit': 'share', 'value': cycles_with_sources / cycles_opened,
                'n': cycles_opened, 'coverage': with_effect / cycles_opened
            },
            {
                'indicator': 'cycles_decided', 'unit': 'share', 'value': cycles_closed / cycles_opened,
                'n': cycles_opened, 'coverage': with_effect / cycles_opened
            },
            {
                'indicator': 'cycles_with_effect', 'unit': 'share', 'value': with_effect / cycles_opened,
                'n': cycles_opened, 'coverage': with_effect / cycles_opened
            }
        ]) as told
    from quality_cycle
),

typed as (
    select
        store,
        school_key,
        school_year,
        told.indicator as indicator,
        told.unit as unit,
        cast(told.value as double) as value,
        cast(told.n as bigint) as n,
        cast(told.coverage as double) as coverage
    from figure
)

select
    t.*,
    t.value - b.value as trend
from typed as t
left join typed as b
    on
        t.store = b.store
        and t.school_key = b.school_key
        and t.indicator = b.indicator
        and cast(t.school_year[1:4] as integer) = cast(b.school_year[1:4] as integer) + 1

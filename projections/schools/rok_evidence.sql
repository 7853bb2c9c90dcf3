-- One row per school, school year, expectation of the R-OK and indicator that may inform it: the figure, what it
-- covers, and how strong the evidence is: the lower of what the indicator can show at most and of what it covers. An
-- expectation that learning records say nothing of has one row that says so. It informs; it judges no school, and gives
-- none of the inspectorate's levels.
-- grain: store, school_key, school_year, expectation, indicator
-- reads: school_indicator, inclusion, rok_expectation
-- over: shown
-- unit: that of the indicator
-- range: that of the indicator
-- minimum n: that of the indicator
-- direction: neither
-- reference: OK (Vlaamse Onderwijsinspectie 2017); indicators 6
-- column store: the controller's store
-- column school_key: the school
-- column school_year: 1 September to 31 August, written 2025-2026
-- column expectation: code of the expectation, or what it is called here as long as no code is known
-- column indicator: name in school_indicator; none when no indicator informs the expectation
-- column code: code in the OK; NULL when it is not known
-- column rubric: rubric of the OK, in Dutch
-- column label: short label, in Dutch
-- column verification: first-hand, second-hand, not-verified or school: how the expectation was verified
-- column source: where the expectation was seen
-- column version: the list that it comes from
-- column value: the figure; NULL when it is unknown or withheld
-- column n: how many it rests on; NULL when unknown or withheld
-- column coverage: 0..1; part of the school's learners (or cycles) on which it rests; NULL when unknown
-- column trend: value minus that of the previous school year; NULL when either is unknown
-- column ceiling: strongest evidence that the indicator can be: strong, partial, weak or none
-- column strength: strong, partial, weak or none
-- column sentence: what this says and how strongly, in Dutch
-- column sentence_en: the same in English
with school as (
    select distinct store, school_key, school_year
    from inclusion
    where school_key != 'unknown'
    union
    select distinct store, school_key, school_year
    from school_indicator
    where school_key != 'unknown'
),

own as (
    select distinct school_key
    from rok_expectation
    where school_key is not null
),

expected as (
    select
        s.store,
        s.school_key,
        s.school_year,
        e.* exclude (school_key, indicators),
        unnest(case when len(e.indicators) > 0 then e.indicators else ['none'] end) as indicator
    from school as s
    left join own as o on s.school_key = o.school_key
    inner join rok_expectation as e on o.school_key is not distinct from e.school_key
),

covered as (
    select
        e.*,
        i.unit,
        i.value,
        i.n,
        i.coverage,
        i.trend,
        case
            when i.value is null or i.coverage is null then 0
            when i.coverage >= e.coverage_strong then 3
            when i.coverage >= e.coverage_partial then 2
            when i.coverage >= e.coverage_weak then 1
            else 0
        end as by_coverage,
        list_position(['none', 'weak', 'partial', 'strong'], e.ceiling) - 1 as at_most
    from expected as e
    left join school_indicator as i using (store, school_key, school_year, indicator)
),

weighed as (
    select
        *,
        ['none', 'weak', 'partial', 'strong'][least(by_coverage, at_most) + 1] as strength,
        ['geen', 'zwak', 'gedeeltelijk', 'sterk'][least(by_coverage, at_most) + 1] as strength_nl,
        ['geen', 'zwak', 'gedeeltelijk', 'sterk'][at_most + 1] as ceiling_nl,
        case
            when unit = 'share' then format('{:.0f} %', 100 * value)
            else format('{:.1f}', value)
        end as figure,
        format('{:.0f} %', 100 * coverage) as part
    from covered
)

select
    store,
    school_key,
    school_year,
    expectation,
    indicator,
    code,
    rubric,
    label,
    verification,
    source,
    version,
    value,
    n,
    coverage,
    trend,
    ceiling,
    strength,
    case
        when indicator = 'none'
            then concat('Leergegevens zeggen hier niets over: ', coalesce(why_not, 'geen indicator'), '.')
        when value is null or coverage is null then 'Er zijn te weinig gegevens om hier iets over te zeggen.'
        else
            format(
                'Het cijfer is {} (n = {}) en dekt {}. Het is hoogstens {} bewijs; met deze dekking is het {}.',
                replace(figure, '.', ','), n, part, ceiling_nl, strength_nl
            )
    end as sentence,
    case
        when indicator = 'none' then 'Learning records say nothing of this.'
        when value is null or coverage is null then 'There are too few data to say anything of this.'
        else
            format(
                'The figure is {} (n = {}) and covers {}. It can be {} evidence at most; with this coverage it is {}.',
                figure, n, part, ceiling, strength
            )
    end as sentence_en
from weighed

-- One row per platform, week, statement template of an xAPI Profile and rule: how many statements broke it. Which
-- environment sends what wrong. The row without a rule counts the statements that match the template, and those of them
-- that break any rule; the row without a template those that match none. Voided statements do not count.
-- grain: store, platform, week_start, template, rule
-- reads: statement_fact, statement_conformance, calendar_day
-- as: view
-- column store: the controller's store
-- column platform: the system that the statements were made on, or unknown
-- column week_start: Monday of the week in which it happened (for a timestamp from the future, was stored)
-- column school_week: number of the school week; NULL in a week without school
-- column template: id of the template, or IRI of an extension used wrongly; NULL for statements that match no template
-- column rule: what the rule asks and where, as: included $.result.duration; NULL for all rules together
-- column statements: statements that match the template (that use the extension wrongly; that match none)
-- column broken: of those, the ones that break the rule
with said as (
    select
        store,
        position,
        coalesce(platform, 'unknown') as platform,
        case
            when out_of_window then cast(stored at time zone 'UTC' at time zone 'Europe/Brussels' as date)
            else local_date
        end as day
    from statement_fact
    where not voided
),

found as (
    select s.store, s.platform, cast(date_trunc('week', s.day) as date) as week_start, c.template, c.broken
    from said as s
    left join statement_conformance as c on s.store = c.store and s.position = c.position
),

by_template as (
    select
        store,
        platform,
        week_start,
        template,
        count(*) as statements,
        count(*) filter (where len(broken) > 0) as broken
    from found
    group by store, platform, week_start, template
),

by_rule as (
    select store, platform, week_start, template, rule, count(*) as broken
    from (
        select store, platform, week_start, template, unnest(list_distinct(broken)) as rule
        from found
    ) as each_rule
    group by store, platform, week_start, template, rule
),

counted as (
    select store, platform, week_start, template, cast(null as varchar) as rule, statements, broken
    from by_template
    union all by name
    select r.store, r.platform, r.week_start, r.template, r.rule, t.statements, r.broken
    from by_rule as r
    inner join by_template as t
        on
            r.store = t.store
            and r.platform = t.platform
            and r.week_start = t.week_start
            and r.template = t.template
)

select
    c.store,
    c.platform,
    c.week_start,
    d.school_week,
    c.template,
    c.rule,
    c.statements,
    c.broken
from counted as c
left join calendar_day as d on c.store = d.store and c.week_start = d.date

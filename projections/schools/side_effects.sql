-- One row per school, school year and group: unwanted side effects, in the year up to the last closed school week. Work
-- in the evening, in weekends and holidays, goals that pile up or are dropped, requests left unanswered, motivation,
-- and what registering costs. A high figure asks a question; it does not say that something is wrong (indicators 6.3).
-- grain: store, school_key, school_year, grouping, group_key
-- reads: closed_year, school_group, learner_load, learner_work, help_event, school_day_number, self_report
-- counts: help_event: asked_on <= (select max(as_of) - 5 from closed_year)
-- counts: self_report: about = 'motivation' and school_week <= (select max(last_week) from closed_year)
-- unit: shares, goals per learner, hours per learner and school week, ratings, minutes
-- range: shares 0..1, motivation -1..1, the rest >= 0
-- minimum n: the small-cell rule; 10 learners for help and motivation, 5 people for registration
-- direction: lower; hours per week and goals per learner neither; motivation higher
-- reference: GO! vision text (unwanted side effects?); project definition, indicators 6.3
-- cell: learners
-- within: store, school_year, school_key, grouping, part_of
-- part: active_learners of learners hides statements, share_late, share_weekend, share_holiday, hours_per_week
-- part: learners_with_open_goal of learners hides open_goals, open_goals_per_learner
-- part: learners_with_closed_goal of learners hides goals_closed, goals_dropped, share_dropped
-- part: typists hides statements_made, statements_typed, share_typed, typed_minutes
-- sensitive: askers hides requests, unanswered, share_unanswered
-- sensitive: tellers hides reports, motivation
-- sensitive: tellers_of_change hides motivation_change
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column grouping: school, grade, class or finality: one of them at a time
-- column group_key: the grade, class or finality, or unknown; all for the school
-- column part_of: what the groups add up to: a class's grade; all for the others
-- column as_of: the day for which it holds: the last school day of the last closed school week
-- column learners: learners (students) of the school on that day
-- column active_learners: of those with activity at the school in the year
-- column statements: statements that tell what they did
-- column share_late: 0..1; of those statements between 20:00 and 6:00
-- column share_weekend: 0..1; of those statements on a Saturday or Sunday, out of holidays
-- column share_holiday: 0..1; of those statements on a holiday or free day
-- column hours_per_week: hours per learner and closed school week, by the sessions (30 minutes apart) of the year
-- column learners_with_open_goal: learners with an open goal on that day
-- column open_goals: goals set or assigned in the year and not closed on that day, counted for each learner
-- column open_goals_per_learner: open_goals / learners
-- column learners_with_closed_goal: learners of whom a goal was closed in the year
-- column goals_closed: goals achieved, not achieved or dropped in the year, counted for each learner and round
-- column goals_dropped: of those dropped
-- column share_dropped: 0..1; goals_dropped / goals_closed; NULL when none was closed
-- column askers: learners who asked for help, 5 school days or longer before as_of
-- column requests: requests for help by them
-- column unanswered: of those not answered within 5 school days
-- column share_unanswered: 0..1; unanswered / requests; NULL when there was none
-- column tellers: learners who reported their motivation in the last 6 closed school weeks
-- column reports: reports by them
-- column motivation: -1..1; mean of the learners' means; self-report only
-- column tellers_of_change: learners who reported in those 6 weeks and in the 6 before
-- column motivation_change: -2..2; mean change of those learners between the two; NULL when there are none
-- column typists: people who entered statements by hand; NULL for a part of the school
-- column statements_made: statements made at the school, by learners, teachers and groups; NULL for a part of it
-- column statements_typed: of those entered by hand
-- column share_typed: 0..1; statements_typed / statements_made
-- column typed_minutes: minutes that entering them took, where it was timed
with registration as (
    select
        store,
        school_year,
        school_key,
        'school' as grouping,
        count(*) filter (where typed > 0) as typists,
        cast(sum(made) as bigint) as made,
        cast(sum(typed) as bigint) as typed,
        sum(typed_seconds) / 60 as minutes
    from learner_load
    group by store, school_year, school_key
),

request as (
    select
        y.store,
        y.school_year,
        h.learner_key,
        n.number - a.number as waited
    from closed_year as y
    inner join help_event as h on y.store = h.store and h.asked_on between y.first_day and y.as_of
    inner join school_day_number as a on h.store = a.store and h.asked_on = a.date
    left join school_day_number as n
        on h.store = n.store and y.school_year = n.school_year and h.answered_on = n.date
    where y.school_days - a.number >= 5
),

help as (
    select
        store,
        school_year,
        learner_key,
        count(*) as requests,
        count(*) filter (where coalesce(waited > 5, true)) as unanswered
    from request
    group by store, school_year, learner_key
),

told as (
    select
        y.store,
        y.school_year,
        r.learner_key,
        count(*) filter (where r.school_week > y.last_week - 6) as reports,
        cast(
            sum(r.rating) filter (where r.school_week > y.last_week - 6)
            / nullif(count(*) filter (where r.school_week > y.last_week - 6), 0) as decimal(18, 9)
        ) as motivation,
        cast(
            sum(r.rating) filter (where r.school_week <= y.last_week - 6)
            / nullif(count(*) filter (where r.school_week <= y.last_week - 6), 0) as decimal(18, 9)
        ) as motivation_before
    from closed_year as y
    inner join self_report as r
        on y.store = r.store and r.school_week between y.last_week - 11 and y.last_week
    where r.about = 'motivation'
    group by y.store, y.school_year, r.learner_key
),

counted as (
    select
        g.store,
        g.school_key,
        g.school_year,
        g.grouping,
        g.group_key,
        g.part_of,
        any_value(y.as_of) as as_of,
        any_value(y.last_week - y.first_week + 1) as weeks,
        count(*) as learners,
        count(*) filter (where i.own > 0) as active_learners,
        cast(coalesce(sum(i.own), 0) as bigint) as statements,
        cast(coalesce(sum(i.late), 0) as bigint) as late,
        cast(coalesce(sum(i.weekend), 0) as bigint) as weekend,
        cast(coalesce(sum(i.holiday), 0) as bigint) as holiday,
        cast(coalesce(sum(t.worked_us), 0) as bigint) as worked_us,
        count(*) filter (where t.open_goals > 0) as learners_with_open_goal,
        cast(coalesce(sum(t.open_goals), 0) as bigint) as open_goals,
        count(*) filter (where t.closed > 0) as learners_with_closed_goal,
        cast(coalesce(sum(t.closed), 0) as bigint) as goals_closed,
        cast(coalesce(sum(t.dropped), 0) as bigint) as goals_dropped,
        count(h.learner_key) as askers,
        cast(coalesce(sum(h.requests), 0) as bigint) as requests,
        cast(coalesce(sum(h.unanswered), 0) as bigint) as unanswered,
        count(m.motivation) as tellers,
        cast(coalesce(sum(m.reports), 0) as bigint) as reports,
        sum(m.motivation) as motivations,
        count(m.motivation - m.motivation_before) as tellers_of_change,
        sum(m.motivation - m.motivation_before) as changes
    from school_group as g
    inner join closed_year as y using (store, school_year)
    left join learner_load as i using (store, school_year, school_key, learner_key)
    left join learner_work as t using (store, school_year, learner_key)
    left join help as h using (store, school_year, learner_key)
    left join told as m using (store, school_year, learner_key)
    group by g.store, g.school_key, g.school_year, g.grouping, g.group_key, g.part_of
)

select
    c.store,
    c.school_key,
    c.school_year,
    c.grouping,
    c.group_key,
    c.part_of,
    c.as_of,
    c.learners,
    c.active_learners,
    c.statements,
    c.late / nullif(c.statements, 0) as share_late,
    c.weekend / nullif(c.statements, 0) as share_weekend,
    c.holiday / nullif(c.statements, 0) as share_holiday,
    c.worked_us / 3600000000 / c.learners / c.weeks as hours_per_week,
    c.learners_with_open_goal,
    c.open_goals,
    c.open_goals / c.learners as open_goals_per_learner,
    c.learners_with_closed_goal,
    c.goals_closed,
    c.goals_dropped,
    c.goals_dropped / nullif(c.goals_closed, 0) as share_dropped,
    c.askers,
    c.requests,
    c.unanswered,
    c.unanswered / nullif(c.requests, 0) as share_unanswered,
    c.tellers,
    c.reports,
    c.motivations / nullif(c.tellers, 0) as motivation,
    c.tellers_of_change,
    c.changes / nullif(c.tellers_of_change, 0) as motivation_change,
    r.typists,
    r.made as statements_made,
    r.typed as statements_typed,
    r.typed / nullif(r.made, 0) as share_typed,
    r.minutes as typed_minutes
from counted as c
left join registration as r using (store, school_key, school_year, grouping)

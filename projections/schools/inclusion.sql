-- One row per school, school year and group: do all learners come along? Whom the school counts as its learners on the
-- last school day of the last closed school week; who of them has an active goal on that day, and who has evidence of
-- learning or a coach conversation in the three school weeks up to it; and how far the group is from the rest of the
-- school. Nothing here says who (indicators 6.2).
-- grain: store, school_key, school_year, grouping, group_key
-- reads: closed_year, school_week, school_group, goal_span, goal_event, conversation_event, learner_signal
-- counts: goal_event: evidence_source is not null and cast(local_at as date) <= (select max(last_day) from closed_year)
-- counts: conversation_event: held_on <= (select max(last_day) from closed_year)
-- unit: learners, and shares of learners
-- range: shares 0..1, gaps -1..1, ratios >= 0
-- minimum n: the small-cell rule; each count of learners is a cell, and so is what it leaves
-- direction: higher; the gap is better near 0, the ratio near 1; flagged shares have no direction
-- reference: GO! vision text (do we take all learners along?); project definition, indicators 6.2
-- cell: learners
-- within: store, school_year, school_key, grouping, part_of
-- part: with_active_goal of learners hides share_active_goal, gap_active_goal, ratio_active_goal
-- part: with_evidence of learners hides share_evidence, gap_evidence, ratio_evidence
-- part: with_conversation of learners hides share_conversation, gap_conversation, ratio_conversation
-- part: flagged_support of learners hides share_flagged_support
-- part: flagged_challenge of learners hides share_flagged_challenge
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column grouping: school, grade, class or finality: one of them at a time
-- column group_key: the grade, class or finality, or unknown; all for the school
-- column part_of: what the groups add up to: a class's grade; all for the others
-- column as_of: the day for which it holds: the last school day of the last closed school week
-- column learners: learners (students) of the school on that day
-- column with_active_goal: of those with a goal that was set or assigned, and not yet closed
-- column with_evidence: of those with evidence for a goal in the last 3 school weeks
-- column with_conversation: of those with a coach conversation or three-way conversation in the last 3 school weeks
-- column share_active_goal: 0..1; with_active_goal / learners
-- column share_evidence: 0..1; with_evidence / learners
-- column share_conversation: 0..1; with_conversation / learners
-- column gap_active_goal: -1..1; share_active_goal minus that of the rest of the school; NULL without a rest
-- column gap_evidence: -1..1; share_evidence minus that of the rest of the school; NULL without a rest
-- column gap_conversation: -1..1; share_conversation minus that of the rest of the school; NULL without a rest
-- column ratio_active_goal: share_active_goal / that of the rest of the school; NULL when that is 0 or not there
-- column ratio_evidence: share_evidence / that of the rest of the school; NULL when that is 0 or not there
-- column ratio_conversation: share_conversation / that of the rest of the school; NULL when that is 0 or not there
-- column flagged_support: learners whom learner_signal flags for support; NULL when nobody could be compared
-- column flagged_challenge: learners whom learner_signal flags for challenge; NULL when nobody could be compared
-- column share_flagged_support: 0..1; flagged_support / learners
-- column share_flagged_challenge: 0..1; flagged_challenge / learners
with recent as (
    select y.store, y.school_year, min(w.week_start) as since, y.as_of
    from closed_year as y
    inner join school_week as w
        on
            y.store = w.store and y.school_year = w.school_year
            and w.school_week between y.last_week - 2 and y.last_week
    group by y.store, y.school_year, y.as_of
),

active as (
    select distinct y.store, y.school_year, r.learner_key
    from closed_year as y
    inner join goal_span as r on y.store = r.store
    where r.started_on between y.first_day and y.as_of and coalesce(r.closed_on > y.as_of, true)
),

evident as (
    select distinct r.store, r.school_year, e.learner_key
    from recent as r
    inner join goal_event as e
        on r.store = e.store and cast(e.local_at as date) between r.since and r.as_of
    where e.evidence_source is not null and not e.out_of_window
),

coached as (
    select distinct r.store, r.school_year, e.learner_key
    from recent as r
    inner join conversation_event as e on r.store = e.store and e.held_on between r.since and r.as_of
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
        count(*) as learners,
        count(a.learner_key) as with_active_goal,
        count(e.learner_key) as with_evidence,
        count(c.learner_key) as with_conversation,
        count(*) filter (where s.support) as support,
        count(*) filter (where s.challenge) as challenge,
        count(s.learner_key) as compared
    from school_group as g
    inner join closed_year as y using (store, school_year)
    left join active as a using (store, school_year, learner_key)
    left join evident as e using (store, school_year, learner_key)
    left join coached as c using (store, school_year, learner_key)
    left join learner_signal as s using (store, school_year, learner_key)
    group by g.store, g.school_key, g.school_year, g.grouping, g.group_key, g.part_of
),

share as (
    select
        c.*,
        c.with_active_goal / c.learners as share_active_goal,
        c.with_evidence / c.learners as share_evidence,
        c.with_conversation / c.learners as share_conversation,
        nullif(s.learners - c.learners, 0) as others,
        (s.with_active_goal - c.with_active_goal) / others as rest_active_goal,
        (s.with_evidence - c.with_evidence) / others as rest_evidence,
        (s.with_conversation - c.with_conversation) / others as rest_conversation
    from counted as c
    inner join counted as s
        on
            c.store = s.store
            and c.school_key = s.school_key
            and c.school_year = s.school_year
            and s.grouping = 'school'
)

select
    store,
    school_key,
    school_year,
    grouping,
    group_key,
    part_of,
    as_of,
    learners,
    with_active_goal,
    with_evidence,
    with_conversation,
    share_active_goal,
    share_evidence,
    share_conversation,
    share_active_goal - rest_active_goal as gap_active_goal,
    share_evidence - rest_evidence as gap_evidence,
    share_conversation - rest_conversation as gap_conversation,
    share_active_goal / nullif(rest_active_goal, 0) as ratio_active_goal,
    share_evidence / nullif(rest_evidence, 0) as ratio_evidence,
    share_conversation / nullif(rest_conversation, 0) as ratio_conversation,
    case when compared > 0 then support end as flagged_support,
    case when compared > 0 then challenge end as flagged_challenge,
    case when compared > 0 then support / learners end as share_flagged_support,
    case when compared > 0 then challenge / learners end as share_flagged_challenge
from share

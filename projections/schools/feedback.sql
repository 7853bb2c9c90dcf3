-- One row per school, school year and group: feedback on learners' work in the year up to the last closed school week:
-- how soon it came after the work, and whether it was acted on. How often, not how good (indicators 6).
-- grain: store, school_key, school_year, grouping, group_key
-- reads: closed_year, school_group, feedback_event, school_day_number
-- counts: feedback_event: given_on <= (select max(last_day) from closed_year)
-- unit: school days, shares of feedback
-- range: days >= 0, shares 0..1
-- minimum n: the small-cell rule, for learners with feedback
-- direction: days lower; acted on higher
-- reference: project definition, indicators 6; feedback in the OK's didactical expectations (not verified)
-- cell: learners
-- within: store, school_year, school_key, grouping, part_of
-- part: with_feedback of learners hides feedbacks, by_peers, dated, median_school_days, acted_on, share_acted_on
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column grouping: school, grade, class or finality: one of them at a time
-- column group_key: the grade, class or finality, or unknown; all for the school
-- column part_of: what the groups add up to: a class's grade; all for the others
-- column as_of: the day for which it holds: the last school day of the last closed school week
-- column learners: learners (students) of the school on that day
-- column with_feedback: of those who received feedback from another in the year
-- column feedbacks: pieces of feedback, counted for each learner whose work it is about
-- column by_peers: of those stated to be by a peer
-- column dated: of those about work that they name, done before them in that year: what median_school_days is out of
-- column median_school_days: median of the school days from work to feedback; NULL when none is known
-- column acted_on: pieces of feedback that the learner acted on by the end of the last closed school week
-- column share_acted_on: 0..1; acted_on / feedbacks; NULL when there was none
with given as (
    select
        y.store,
        y.school_year,
        f.learner_key,
        f.regulator,
        g.number - w.number as days,
        f.acted_on <= y.last_day as acted
    from closed_year as y
    inner join feedback_event as f on y.store = f.store and f.given_on between y.first_day and y.last_day
    inner join school_day_number as g on f.store = g.store and f.given_on = g.date
    left join school_day_number as w
        on f.store = w.store and y.school_year = w.school_year and f.worked_on = w.date and g.date >= w.date
)

select
    g.store,
    g.school_key,
    g.school_year,
    g.grouping,
    g.group_key,
    g.part_of,
    any_value(y.as_of) as as_of,
    count(distinct g.learner_key) as learners,
    count(distinct f.learner_key) as with_feedback,
    count(f.learner_key) as feedbacks,
    count(*) filter (where f.regulator = 'peer') as by_peers,
    count(f.days) as dated,
    cast(median(f.days) as double) as median_school_days,
    count(*) filter (where f.acted) as acted_on,
    count(*) filter (where f.acted) / nullif(count(f.learner_key), 0) as share_acted_on
from school_group as g
inner join closed_year as y using (store, school_year)
left join given as f using (store, school_year, learner_key)
group by g.store, g.school_key, g.school_year, g.grouping, g.group_key, g.part_of

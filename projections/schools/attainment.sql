-- One row per school and school year: do learners reach their goals? Goals that were set or assigned in that
-- year, as they stood at the end of the last closed school week; each member of a group counts, who is no student
-- does not (indicators 6.1). The school is the learner's in the roster on the day that the goal was set, else the one
-- stated with it, else unknown: an account that nobody linked to a learner counts there. Levels by themselves are in
-- attainment_level.
-- grain: store, school_key, school_year
-- reads: goal_at_week_end
-- cell: learners
-- within: store, school_year
-- part: learners_achieved of learners hides achieved
-- part: learners_with_due hides with_due, on_time
-- part: learners_with_progress of learners hides with_progress, median_progress
-- part: learners_with_level hides with_level
-- part: learners_with_growth hides with_growth, level_growth
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column closed_until: Sunday of the last closed school week, up to which is counted
-- column learners: learners (students) with a goal
-- column goals_set: goals that learners set or were assigned, counted for each learner
-- column by_roster: of those goals that are here by the roster; the others by what was stated with them
-- column learners_achieved: of those learners with a goal that was achieved
-- column achieved: of the goals, those achieved
-- column learners_with_due: of those learners with an achieved goal that had a due date
-- column on_time: of the achieved ones, those achieved by their due date
-- column with_due: of the achieved ones, those that had a due date: what on_time is out of
-- column learners_with_progress: of those learners with a goal of which the progress is known
-- column with_progress: goals of which the progress is known: what median_progress is out of
-- column median_progress: 0..1; median of the known progress, achieved goals being 1; NULL when none is known
-- column learners_with_level: of those learners with a goal that was given a level
-- column with_level: goals that were given a level
-- column learners_with_growth: of those learners with a goal that was given a level twice or more
-- column with_growth: goals that were given a level twice or more: what level_growth is out of
-- column level_growth: levels; mean of last level minus first level; NULL when no goal was given two
-- column framework_goals: framework goals that these goals are tied to
-- column framework_goals_without_evidence: of those, framework goals for which no learner's goal has evidence
with framework_goal as (
    select store, school_key, school_year, framework_goal, bool_or(has_evidence) as has_evidence
    from (
        select store, school_key, school_year, has_evidence, unnest(framework_goals) as framework_goal
        from goal_at_week_end
    ) as tied
    group by store, school_key, school_year, framework_goal
),

framework as (
    select
        store,
        school_key,
        school_year,
        count(*) as framework_goals,
        count(*) filter (where not has_evidence) as framework_goals_without_evidence
    from framework_goal
    group by store, school_key, school_year
),

goals as (
    select
        store,
        school_key,
        school_year,
        max(closed_until) as closed_until,
        count(distinct learner_key) as learners,
        count(*) as goals_set,
        count(*) filter (where school_source = 'roster') as by_roster,
        count(distinct learner_key) filter (where achieved) as learners_achieved,
        count(*) filter (where achieved) as achieved,
        count(distinct learner_key) filter (where on_time is not null) as learners_with_due,
        count(*) filter (where on_time) as on_time,
        count(on_time) as with_due,
        count(distinct learner_key) filter (where progress is not null) as learners_with_progress,
        count(progress) as with_progress,
        cast(median(progress) as double) as median_progress,
        count(distinct learner_key) filter (where level is not null) as learners_with_level,
        count(level) as with_level,
        count(distinct learner_key) filter (where levels_given > 1) as learners_with_growth,
        count(*) filter (where levels_given > 1) as with_growth,
        avg(level - first_level) filter (where levels_given > 1) as level_growth
    from goal_at_week_end
    group by store, school_key, school_year
)

select
    g.*,
    coalesce(f.framework_goals, 0) as framework_goals,
    coalesce(f.framework_goals_without_evidence, 0) as framework_goals_without_evidence
from goals as g
left join framework as f using (store, school_key, school_year)

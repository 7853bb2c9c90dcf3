-- One row per school, school year and level: how the levels that learners were given are spread. The last
-- level of each goal, as it stood at the end of the last closed school week. A table by itself, so that the
-- small-cell rule sees each level's learners; a list of counts inside attainment would show a level that one
-- learner has.
-- grain: store, school_key, school_year, level
-- reads: goal_at_week_end
-- cell: learners
-- within: store, school_year, school_key
-- under: attainment.learners_with_level
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column level: level of the school's scheme, 1 the lowest
-- column learners: learners (students) with a goal at this level
-- column goals: goals at this level, counted for each learner
select store, school_key, school_year, level, count(distinct learner_key) as learners, count(*) as goals
from goal_at_week_end
where level is not null
group by store, school_key, school_year, level

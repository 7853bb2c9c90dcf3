-- One row per learner and day of a school week with activity: the hours in which the learner was active.
-- grain: store, learner_key, school_week, weekday
-- reads: active_hour
-- by: learner_key, school_week
-- counts: active_hour: school_week is not null
-- column store: the controller's store
-- column learner_key: the learner (or a group, for what it did as a group)
-- column school_week: number of the school week
-- column weekday: 1 (Monday) to 7 (Sunday)
-- column hours: active hours on that day
select store, learner_key, school_week, weekday, count(*) as hours
from active_hour
where school_week is not null
group by store, learner_key, school_week, weekday

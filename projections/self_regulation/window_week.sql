-- One row per learner, window and school week in it: what puts an event into the windows that it belongs to.
-- grain: store, learner_key, window_end, school_week
-- reads: learner_window
-- by: learner_key, window_end
-- column store: the controller's store
-- column learner_key: the learner (or a group, for what it did as a group)
-- column window_end: Sunday of the window's last school week
-- column school_week: number of a school week in the window, with or without activity
select store, learner_key, window_end, cast(unnest(range(first_week, last_week + 1)) as integer) as school_week
from learner_window

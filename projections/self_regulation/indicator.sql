-- One row per learner, indicator and window: every indicator of self-regulation, stacked. Traces of
-- regulation, not a measure of a learner's level; no value without its n. A test fails when an indicator's
-- file is missing here.
-- grain: store, learner_key, indicator, window_end
-- reads: goal_setting_rate, peak_hour, weekly_similarity_1
-- as: view
-- column store: the controller's store
-- column learner_key: the learner
-- column indicator: name of the indicator, which is the name of its table
-- column window_end: Sunday of the window's last school week
-- column value: the indicator's value in its own unit; NULL when insufficient
-- column n: how many events or weeks the value rests on
-- column sufficient: whether n reaches the indicator's minimum
select store, learner_key, 'goal_setting_rate' as indicator, window_end, value, n, sufficient
from goal_setting_rate
union all
select store, learner_key, 'peak_hour' as indicator, window_end, value, n, sufficient
from peak_hour
union all
select store, learner_key, 'weekly_similarity_1' as indicator, window_end, value, n, sufficient
from weekly_similarity_1

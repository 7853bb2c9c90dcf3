-- One row per learner, indicator and window: every indicator of self-regulation, stacked. Traces of regulation, not a
-- measure of a learner's level; no value without its n. A test fails when an indicator's file is missing here.
-- grain: store, learner_key, indicator, window_end
-- reads: goal_setting_rate, self_set_share, goal_specificity, planning_rate
-- reads: planning_lead_time, plan_adherence, plan_completion, estimate_bias
-- reads: procrastination, last_moment_share, peak_hour, peak_weekday
-- reads: weekly_similarity_1, weekly_similarity_2, weekly_similarity_3, periodicity_day
-- reads: periodicity_week_hour, periodicity_week, spacing, monitoring_frequency
-- reads: self_assessment_bias, self_assessment_accuracy, help_seeking_rate, help_timeliness
-- reads: help_resolution, persistence, retry_gain, strategy_change
-- reads: reflection_rate, plan_revision_rate, ownership_self, ownership_peer
-- reads: ownership_teacher, ownership_group, shared_regulation, plan_revision_timely
-- reads: motivation, emotion, motivation_slope, emotion_slope
-- as: view
-- by: learner_key
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
select store, learner_key, 'self_set_share' as indicator, window_end, value, n, sufficient
from self_set_share
union all
select store, learner_key, 'goal_specificity' as indicator, window_end, value, n, sufficient
from goal_specificity
union all
select store, learner_key, 'planning_rate' as indicator, window_end, value, n, sufficient
from planning_rate
union all
select store, learner_key, 'planning_lead_time' as indicator, window_end, value, n, sufficient
from planning_lead_time
union all
select store, learner_key, 'plan_adherence' as indicator, window_end, value, n, sufficient
from plan_adherence
union all
select store, learner_key, 'plan_completion' as indicator, window_end, value, n, sufficient
from plan_completion
union all
select store, learner_key, 'estimate_bias' as indicator, window_end, value, n, sufficient
from estimate_bias
union all
select store, learner_key, 'procrastination' as indicator, window_end, value, n, sufficient
from procrastination
union all
select store, learner_key, 'last_moment_share' as indicator, window_end, value, n, sufficient
from last_moment_share
union all
select store, learner_key, 'peak_hour' as indicator, window_end, value, n, sufficient
from peak_hour
union all
select store, learner_key, 'peak_weekday' as indicator, window_end, value, n, sufficient
from peak_weekday
union all
select store, learner_key, 'weekly_similarity_1' as indicator, window_end, value, n, sufficient
from weekly_similarity_1
union all
select store, learner_key, 'weekly_similarity_2' as indicator, window_end, value, n, sufficient
from weekly_similarity_2
union all
select store, learner_key, 'weekly_similarity_3' as indicator, window_end, value, n, sufficient
from weekly_similarity_3
union all
select store, learner_key, 'periodicity_day' as indicator, window_end, value, n, sufficient
from periodicity_day
union all
select store, learner_key, 'periodicity_week_hour' as indicator, window_end, value, n, sufficient
from periodicity_week_hour
union all
select store, learner_key, 'periodicity_week' as indicator, window_end, value, n, sufficient
from periodicity_week
union all
select store, learner_key, 'spacing' as indicator, window_end, value, n, sufficient
from spacing
union all
select store, learner_key, 'monitoring_frequency' as indicator, window_end, value, n, sufficient
from monitoring_frequency
union all
select store, learner_key, 'self_assessment_bias' as indicator, window_end, value, n, sufficient
from self_assessment_bias
union all
select store, learner_key, 'self_assessment_accuracy' as indicator, window_end, value, n, sufficient
from self_assessment_accuracy
union all
select store, learner_key, 'help_seeking_rate' as indicator, window_end, value, n, sufficient
from help_seeking_rate
union all
select store, learner_key, 'help_timeliness' as indicator, window_end, value, n, sufficient
from help_timeliness
union all
select store, learner_key, 'help_resolution' as indicator, window_end, value, n, sufficient
from help_resolution
union all
select store, learner_key, 'persistence' as indicator, window_end, value, n, sufficient
from persistence
union all
select store, learner_key, 'retry_gain' as indicator, window_end, value, n, sufficient
from retry_gain
union all
select store, learner_key, 'strategy_change' as indicator, window_end, value, n, sufficient
from strategy_change
union all
select store, learner_key, 'reflection_rate' as indicator, window_end, value, n, sufficient
from reflection_rate
union all
select store, learner_key, 'plan_revision_rate' as indicator, window_end, value, n, sufficient
from plan_revision_rate
union all
select store, learner_key, 'ownership_self' as indicator, window_end, value, n, sufficient
from ownership_self
union all
select store, learner_key, 'ownership_peer' as indicator, window_end, value, n, sufficient
from ownership_peer
union all
select store, learner_key, 'ownership_teacher' as indicator, window_end, value, n, sufficient
from ownership_teacher
union all
select store, learner_key, 'ownership_group' as indicator, window_end, value, n, sufficient
from ownership_group
union all
select store, learner_key, 'shared_regulation' as indicator, window_end, value, n, sufficient
from shared_regulation
union all
select store, learner_key, 'plan_revision_timely' as indicator, window_end, value, n, sufficient
from plan_revision_timely
union all
select store, learner_key, 'motivation' as indicator, window_end, value, n, sufficient
from motivation
union all
select store, learner_key, 'emotion' as indicator, window_end, value, n, sufficient
from emotion
union all
select store, learner_key, 'motivation_slope' as indicator, window_end, value, n, sufficient
from motivation_slope
union all
select store, learner_key, 'emotion_slope' as indicator, window_end, value, n, sufficient
from emotion_slope

-- One row per learner and window, with a column per indicator of self-regulation: its value in its own unit, NULL
-- when it rests on too little (`indicator` has the n of each). Traces of regulation, to be read beside each other;
-- there is no sum of them. A test fails when an indicator is missing here.
-- grain: store, learner_key, window_end
-- reads: indicator
-- as: view
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column sufficient: number of indicators that rest on enough
-- column goal_setting_rate: goals per active school week, >= 0
-- column self_set_share: share, 0..1
-- column goal_specificity: share, 0..1
-- column planning_rate: share, 0..1
-- column planning_lead_time: days, any; < 0 is scheduled after the work began
-- column plan_adherence: share, 0..1
-- column plan_completion: share, 0..1
-- column estimate_bias: share of the estimate, > -1
-- column procrastination: share of the period, 0..1
-- column last_moment_share: share, 0..1
-- column peak_hour: bits x days, >= 0
-- column peak_weekday: bits x weeks, >= 0
-- column weekly_similarity_1: share, 0..1
-- column weekly_similarity_2: share, 0..1
-- column weekly_similarity_3: share, 0..1
-- column periodicity_day: share, 0..1
-- column periodicity_week_hour: share, 0..1
-- column periodicity_week: share, 0..1
-- column spacing: share, 0..1
-- column monitoring_frequency: events per active school week, >= 0
-- column self_assessment_bias: difference of shares, -1..1
-- column self_assessment_accuracy: squared difference of shares, 0..1; 0 is perfect
-- column help_seeking_rate: share, 0..1
-- column help_timeliness: hours, >= 0
-- column help_resolution: share, 0..1
-- column persistence: share, 0..1
-- column retry_gain: difference of shares, -1..1
-- column strategy_change: share, 0..1
-- column reflection_rate: reflections per goal closed, >= 0
-- column plan_revision_rate: revisions per planned goal, >= 0
-- column ownership_self: share, 0..1
-- column ownership_peer: share, 0..1
-- column ownership_teacher: share, 0..1
-- column ownership_group: share, 0..1
-- column shared_regulation: share, 0..1
-- column plan_revision_timely: share, 0..1
-- column motivation: rating, -1..1
-- column emotion: rating, -1..1
-- column motivation_slope: rating per school week, any; > 0 is rising
-- column emotion_slope: rating per school week, any; > 0 is rising
select
    store,
    learner_key,
    window_end,
    count(*) filter (where sufficient) as sufficient,
    max(value) filter (where indicator = 'goal_setting_rate') as goal_setting_rate,
    max(value) filter (where indicator = 'self_set_share') as self_set_share,
    max(value) filter (where indicator = 'goal_specificity') as goal_specificity,
    max(value) filter (where indicator = 'planning_rate') as planning_rate,
    max(value) filter (where indicator = 'planning_lead_time') as planning_lead_time,
    max(value) filter (where indicator = 'plan_adherence') as plan_adherence,
    max(value) filter (where indicator = 'plan_completion') as plan_completion,
    max(value) filter (where indicator = 'estimate_bias') as estimate_bias,
    max(value) filter (where indicator = 'procrastination') as procrastination,
    max(value) filter (where indicator = 'last_moment_share') as last_moment_share,
    max(value) filter (where indicator = 'peak_hour') as peak_hour,
    max(value) filter (where indicator = 'peak_weekday') as peak_weekday,
    max(value) filter (where indicator = 'weekly_similarity_1') as weekly_similarity_1,
    max(value) filter (where indicator = 'weekly_similarity_2') as weekly_similarity_2,
    max(value) filter (where indicator = 'weekly_similarity_3') as weekly_similarity_3,
    max(value) filter (where indicator = 'periodicity_day') as periodicity_day,
    max(value) filter (where indicator = 'periodicity_week_hour') as periodicity_week_hour,
    max(value) filter (where indicator = 'periodicity_week') as periodicity_week,
    max(value) filter (where indicator = 'spacing') as spacing,
    max(value) filter (where indicator = 'monitoring_frequency') as monitoring_frequency,
    max(value) filter (where indicator = 'self_assessment_bias') as self_assessment_bias,
    max(value) filter (where indicator = 'self_assessment_accuracy') as self_assessment_accuracy,
    max(value) filter (where indicator = 'help_seeking_rate') as help_seeking_rate,
    max(value) filter (where indicator = 'help_timeliness') as help_timeliness,
    max(value) filter (where indicator = 'help_resolution') as help_resolution,
    max(value) filter (where indicator = 'persistence') as persistence,
    max(value) filter (where indicator = 'retry_gain') as retry_gain,
    max(value) filter (where indicator = 'strategy_change') as strategy_change,
    max(value) filter (where indicator = 'reflection_rate') as reflection_rate,
    max(value) filter (where indicator = 'plan_revision_rate') as plan_revision_rate,
    max(value) filter (where indicator = 'ownership_self') as ownership_self,
    max(value) filter (where indicator = 'ownership_peer') as ownership_peer,
    max(value) filter (where indicator = 'ownership_teacher') as ownership_teacher,
    max(value) filter (where indicator = 'ownership_group') as ownership_group,
    max(value) filter (where indicator = 'shared_regulation') as shared_regulation,
    max(value) filter (where indicator = 'plan_revision_timely') as plan_revision_timely,
    max(value) filter (where indicator = 'motivation') as motivation,
    max(value) filter (where indicator = 'emotion') as emotion,
    max(value) filter (where indicator = 'motivation_slope') as motivation_slope,
    max(value) filter (where indicator = 'emotion_slope') as emotion_slope
from indicator
group by store, learner_key, window_end

-- One row per learner and window: how long before the first work tasks were scheduled, for the tasks on which work
-- began in it and that were scheduled by its end. Below 0: scheduled after work began.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task
-- by: learner_key, window_end
-- indicator: yes
-- unit: days
-- range: any; < 0 is scheduled after the work began
-- minimum n: 5 tasks
-- direction: neither
-- reference: Zimmerman 2000 (strategic planning); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: median of first work - scheduled; NULL when insufficient
-- column n: scheduled tasks first worked on in the window
-- column sufficient: whether n reaches the minimum
with counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        median(epoch_us(e.first_work_at) - epoch_us(e.scheduled_at)) as lead_us
    from task as e
    inner join window_week as w
        on e.store = w.store and e.learner_key = w.learner_key and e.first_work_week = w.school_week
    where e.is_planned and e.scheduled_on <= w.window_end
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 5 then c.lead_us / 86400000000 end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 5, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

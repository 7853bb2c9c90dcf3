-- One row per learner and window: how far the learner spreads work on a goal over days. The mean, over goals with 2
-- or more sessions in the window, of the days on which those sessions started / the sessions: a session past midnight
-- belongs to the day on which it started.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task_work
-- by: learner_key, window_end
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 goals with 2 or more sessions
-- direction: higher
-- reference: spacing effect; project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: mean of days / sessions over goals with 2 or more sessions; NULL when insufficient
-- column n: goals with 2 or more sessions in the window
-- column sufficient: whether n reaches the minimum
with goal as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        e.task_id,
        count(distinct e.session_started_at) as sessions,
        count(
            distinct cast(e.session_started_at at time zone 'UTC' at time zone 'Europe/Brussels' as date)
        ) as days
    from task_work as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.is_goal
    group by w.store, w.learner_key, w.window_end, e.task_id
    having count(distinct e.session_started_at) >= 2
),

counted as (
    select
        store,
        learner_key,
        window_end,
        count(*) as n,
        -- a list is added in its order, an aggregate in any
        list_sum(list(days / sessions order by task_id)) as spread
    from goal
    group by store, learner_key, window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.spread / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per learner and window: of the requests for help in it, the share that another answered and after which the
-- learner succeeded on that activity, by the end of the window. A request that does not say which activity it is
-- about cannot be followed and is left out.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, help_event, attempt
-- by: learner_key
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 requests for help
-- direction: higher
-- reference: Zimmerman 2000 (help seeking); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: requests answered and followed by success / requests; NULL when insufficient
-- column n: requests for help about an activity in the window
-- column sufficient: whether n reaches the minimum
with request as (
    select store, learner_key, position, school_week, answered_at, unnest(activities) as activity_id
    from help_event
),

resolved as (
    select r.store, r.learner_key, r.position, min(a.local_date) as solved_on
    from request as r
    inner join attempt as a using (store, learner_key, activity_id)
    where a.success and a.happened_at > r.answered_at
    group by r.store, r.learner_key, r.position
),

counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where s.solved_on <= w.window_end) as resolved
    from help_event as e
    inner join window_week as w using (store, learner_key, school_week)
    left join resolved as s
        on e.store = s.store and e.learner_key = s.learner_key and e.position = s.position
    where e.activities != []
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.resolved / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

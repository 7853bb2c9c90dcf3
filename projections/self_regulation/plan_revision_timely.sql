-- One row per learner and window: of the learner's plan revisions in it, the share made before the due date that held
-- until then. A revision of a plan without a due date cannot be late and is left out.
-- grain: store, learner_key, window_end
-- reads: learner_window, window_week, task_event
-- by: learner_key
-- indicator: yes
-- unit: share
-- range: 0..1
-- minimum n: 3 plan revisions
-- direction: higher
-- reference: Winne & Hadwin 1998 (adapting); project definition, indicators 5
-- column store: the controller's store
-- column learner_key: the learner
-- column window_end: Sunday of the window's last school week
-- column value: plan revisions made before the due date / plan revisions; NULL when insufficient
-- column n: plan revisions in the window, of plans with a due date
-- column sufficient: whether n reaches the minimum
with known as (
    select
        *,
        last_value(due_at ignore nulls) over (
            partition by store, learner_key, task_id order by happened_at, position
            rows between unbounded preceding and 1 preceding
        ) as due_before
    from task_event
),

counted as (
    select
        w.store,
        w.learner_key,
        w.window_end,
        count(*) as n,
        count(*) filter (where e.happened_at < e.due_before) as timely
    from known as e
    inner join window_week as w using (store, learner_key, school_week)
    where e.kind = 'revised' and e.due_before is not null
    group by w.store, w.learner_key, w.window_end
)

select
    w.store,
    w.learner_key,
    w.window_end,
    case when c.n >= 3 then c.timely / c.n end as value,
    coalesce(c.n, 0) as n,
    coalesce(c.n >= 3, false) as sufficient
from learner_window as w
left join counted as c using (store, learner_key, window_end)

-- One row per indicator of one learner in the newest window that began before the day after the one asked for.
with newest as (
    select max(window_end) as window_end
    from learner_window
    where
        store = getvariable('store') and learner_key = getvariable('learner') and window_end < getvariable('as_of') + 7
)

select
    i.indicator,
    i.window_end,
    i.value,
    i.n,
    i.sufficient
from indicator as i
inner join newest as w on i.window_end = w.window_end
where i.store = getvariable('store') and i.learner_key = getvariable('learner')
order by i.indicator

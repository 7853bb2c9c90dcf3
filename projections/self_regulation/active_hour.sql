-- One row per learner and local hour in which the learner did something: the activity signal under the
-- indicators of rhythm. Wall clock of Europe/Brussels, so the hour that comes twice when summer time ends is
-- one hour. What others do to a learner (a goal assigned) is no activity; nor is a timestamp more than a day
-- after it was stored.
-- grain: store, learner_key, local_hour
-- reads: statement_fact, statement_learner, calendar_day, kind_rule
-- by: learner_key, local_date
-- column store: the controller's store
-- column learner_key: the learner (or a group, for what it did as a group)
-- column local_hour: the hour's start on the wall clock
-- column local_date: local day of that hour
-- column weekday: 1 (Monday) to 7 (Sunday)
-- column school_week: number of the school week; NULL in a holiday week
-- column statements: the learner's statements in that hour
with done_to_learner as (
    select distinct verb
    from kind_rule
    where kind = 'assigned' and subject = 'actor'
)

select
    l.store,
    l.learner_key,
    date_trunc('hour', s.local_at) as local_hour,
    s.local_date,
    d.weekday,
    d.school_week,
    count(distinct s.position) as statements
from statement_learner as l
inner join statement_fact as s on l.store = s.store and l.position = s.position
inner join calendar_day as d on s.store = d.store and s.local_date = d.date
anti join done_to_learner as o on s.verb = o.verb
where
    l.role in ('actor', 'group', 'member')
    and not s.voided
    and not s.out_of_window
group by all

-- One row per learner and school year: the time spent in sessions, and the goals that were open on the last school day,
-- closed or dropped, all by the last closed day.
-- grain: store, school_year, learner_key
-- reads: closed_year, session, goal_span
-- by: learner_key
-- counts: session: started_at < (select max(last_day) + 2 from closed_year) and
-- counts: session: cast(ended_at at time zone 'UTC' at time zone 'Europe/Brussels' as date)
-- counts: session: <= (select max(last_day) from closed_year)
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column learner_key: the learner, or the group
-- column worked_us: microseconds in sessions; NULL without a session
-- column open_goals: goals that were open on as_of; NULL for who has no goal
-- column closed: goals achieved, not achieved or dropped in the year
-- column dropped: of those dropped
with time_spent as (
    select
        y.store,
        y.school_year,
        s.learner_key,
        cast(sum(epoch_us(s.ended_at) - epoch_us(s.started_at)) as bigint) as worked_us
    from closed_year as y
    inner join session as s
        on
            y.store = s.store
            and cast(s.ended_at at time zone 'UTC' at time zone 'Europe/Brussels' as date)
            between y.first_day and y.last_day
    group by y.store, y.school_year, s.learner_key
),

goals as (
    select
        y.store,
        y.school_year,
        r.learner_key,
        count(*) filter (
            where r.started_on between y.first_day and y.as_of and coalesce(r.closed_on > y.as_of, true)
        ) as open_goals,
        count(*) filter (where r.closed_on between y.first_day and y.last_day) as closed,
        count(*) filter (
            where r.closed_on between y.first_day and y.last_day and r.outcome = 'dropped'
        ) as dropped
    from closed_year as y
    inner join goal_span as r on y.store = r.store
    group by y.store, y.school_year, r.learner_key
)

select store, school_year, learner_key, t.worked_us, g.open_goals, g.closed, g.dropped
from time_spent as t
full join goals as g using (store, school_year, learner_key)

-- One row per learner, school year and school: what the learner, or teacher, did by the last closed day, how much of it
-- late or on days off, and how much was typed in by hand.
-- grain: store, school_year, school_key, learner_key
-- reads: closed_year, learner_day, calendar_day
-- by: learner_key
-- counts: learner_day: local_date <= (select max(last_day) from closed_year)
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column school_key: the school, or unknown
-- column learner_key: the learner, teacher or group
-- column own: statements that tell what the person did
-- column late: of those between 20:00 and 6:00
-- column weekend: of those in a weekend
-- column holiday: of those on another day off
-- column made: statements of which the person, or the group, is the actor
-- column typed: of those entered by hand
-- column typed_seconds: seconds that typing them took, where it was timed
select
    y.store,
    y.school_year,
    d.school_key,
    d.learner_key,
    cast(sum(d.own) as bigint) as own,
    cast(sum(d.own_late) as bigint) as late,
    cast(sum(d.own) filter (where c.day_off = 'weekend') as bigint) as weekend,
    cast(sum(d.own) filter (where c.day_off != 'weekend') as bigint) as holiday,
    cast(sum(d.made) as bigint) as made,
    cast(sum(d.typed) as bigint) as typed,
    sum(d.typed_seconds) as typed_seconds
from closed_year as y
inner join learner_day as d on y.store = d.store and d.local_date between y.first_day and y.last_day
inner join calendar_day as c on d.store = c.store and d.local_date = c.date
group by y.store, y.school_year, d.school_key, d.learner_key

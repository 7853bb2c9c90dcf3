-- One row per intervention of a quality cycle, as last stated, with the school weeks before and after it that are
-- compared. The six school weeks before are those that ended before its day, the six after those that began on it or
-- later.
-- grain: store, cycle_id, intervention_id
-- reads: stated_intervention, cycle_event, cycle_school, school_week, closed_year, calendar_day
-- column store: the controller's store
-- column cycle_id: activity IRI of the quality cycle
-- column intervention_id: id of the intervention, as stated
-- column school_key: the school of who stated it, or unknown
-- column school_year: school year of its day
-- column begins_on: the day from which it was carried out
-- column classes: classes in which it was carried out
-- column comparison_classes: classes that they are compared with
-- column indicator: name of the indicator on which an effect is expected
-- column before_end: Sunday of the last school week before; NULL when the calendar does not reach so far
-- column after_end: Sunday of the sixth school week after; NULL as long as that week is not closed
with placed as (
    select
        c.store,
        c.position,
        any_value(c.cycle_id) as cycle_id,
        any_value(c.happened_at) as happened_at,
        any_value(s.school_key) as school_key
    from cycle_event as c
    inner join cycle_school as s on c.store = s.store and c.position = s.position
    group by c.store, c.position
),

stated as (
    select i.*, p.cycle_id, p.school_key
    from stated_intervention as i
    inner join placed as p on i.store = p.store and i.position = p.position
    qualify
        row_number() over (
            partition by i.store, p.cycle_id, i.intervention_id order by p.happened_at desc, i.position desc
        ) = 1
),

closed as (
    select store, max(closed_until) as closed_until
    from closed_year
    group by store
),

numbered as (
    select
        s.store,
        s.cycle_id,
        s.intervention_id,
        max(w.school_week) filter (where w.week_end < s.begins_on) as last_before,
        min(w.school_week) filter (where w.week_start >= s.begins_on) as first_after
    from stated as s
    inner join school_week as w on s.store = w.store
    group by s.store, s.cycle_id, s.intervention_id
)

select
    s.store,
    s.cycle_id,
    s.intervention_id,
    s.school_key,
    d.school_year,
    s.begins_on,
    s.classes,
    s.comparison_classes,
    s.indicator,
    b.week_end as before_end,
    case when a.week_end <= c.closed_until then a.week_end end as after_end
from stated as s
inner join calendar_day as d on s.store = d.store and s.begins_on = d.date
left join numbered as n
    on s.store = n.store and s.cycle_id = n.cycle_id and s.intervention_id = n.intervention_id
left join school_week as b on n.store = b.store and n.last_before = b.school_week
left join school_week as a on n.store = a.store and n.first_after + 5 = a.school_week
left join closed as c on s.store = c.store

-- One row per school and school year: do teachers learn too, by themselves and in teams? Goals that they set, what they
-- reflected on, and the steps that they took in quality cycles, in the year up to the last closed school week: the same
-- facts as of learners, with teachers as actors. It counts people and never says who; a team counts through its members
-- (indicators 6).
-- grain: store, school_key, school_year
-- reads: closed_year, school_teacher, learner_event
-- counts: learner_event: own and part in ('actor', 'member') and local_date <= (select max(last_day) from closed_year)
-- counts: learner_event: and (kind in ('set', 'reflected') or starts_with(kind, 'cycle_'))
-- unit: teachers, goals, reflections, cycles, steps, teams
-- range: >= 0
-- minimum n: the small-cell rule, for teachers; each count of teachers is a cell, and so is what it leaves
-- direction: neither; what was written down is not all that was learned
-- reference: Tuytens and Willegems (data-informed practice research); project definition, indicators 6
-- cell: teachers
-- within: store, school_year
-- part: with_goal of teachers hides goals_set
-- part: with_reflection of teachers hides reflections
-- part: in_cycle of teachers hides cycles, cycle_steps
-- part: in_team of teachers hides teams
-- column store: the controller's store
-- column school_key: the school, or unknown
-- column school_year: 1 September to 31 August, written 2025-2026
-- column as_of: the day for which it holds: the last school day of the last closed school week
-- column teachers: teachers, and whoever else works there by the roster, of the school on that day
-- column with_goal: of those who set a goal of their own, alone or in a team
-- column goals_set: goals set by them; one of a team is one goal, one that two set by themselves is two
-- column with_reflection: of those who reflected
-- column reflections: reflections by them; one of a team is one reflection
-- column in_cycle: of those who took a step in a quality cycle, alone or in a team
-- column cycles: quality cycles in which they took a step
-- column cycle_steps: steps taken by them; one of a team is one step
-- column in_team: of those who did any of this in a team
-- column teams: teams in which they did
with done as (
    select
        y.store,
        y.school_year,
        e.learner_key,
        e.position,
        case when e.kind = 'set' then 'goal' when e.kind = 'reflected' then 'reflection' else 'step' end as what,
        e.object_id,
        case when e.kind = 'set' then (e.acted_by, e.object_id) end as goal,
        case when e.acted_as = 'group' then e.acted_by end as team_key
    from closed_year as y
    inner join learner_event as e on y.store = e.store and e.local_date between y.first_day and y.last_day
    where
        e.own
        and e.part in ('actor', 'member')
        and (e.kind in ('set', 'reflected') or starts_with(e.kind, 'cycle_'))
        and not e.out_of_window
)

select
    t.store,
    t.school_key,
    t.school_year,
    any_value(y.as_of) as as_of,
    count(distinct t.learner_key) as teachers,
    count(distinct t.learner_key) filter (where d.what = 'goal') as with_goal,
    count(distinct d.goal) as goals_set,
    count(distinct t.learner_key) filter (where d.what = 'reflection') as with_reflection,
    count(distinct d.position) filter (where d.what = 'reflection') as reflections,
    count(distinct t.learner_key) filter (where d.what = 'step') as in_cycle,
    count(distinct d.object_id) filter (where d.what = 'step') as cycles,
    count(distinct d.position) filter (where d.what = 'step') as cycle_steps,
    count(distinct t.learner_key) filter (where d.team_key is not null) as in_team,
    count(distinct d.team_key) as teams
from school_teacher as t
inner join closed_year as y using (store, school_year)
left join done as d using (store, school_year, learner_key)
group by t.store, t.school_key, t.school_year

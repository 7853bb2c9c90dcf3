-- The learner key that the published tables have for somebody, by any of the agent keys; none of who is not in them.
with asked as (
    select getvariable('store') as store, unnest(getvariable('agents')) as agent_key
),

named as (
    select l.learner_key, 1 as preference
    from learner as l
    semi join asked as a on l.store = a.store and l.agent_key = a.agent_key
    union all
    select p.learner_key, 2 as preference
    from roster_person as p
    semi join asked as a on p.store = a.store and p.person_key = a.agent_key
    union all
    select d.learner_key, 3 as preference
    from learner_day as d
    semi join asked as a on d.store = a.store and d.learner_key = a.agent_key
)

select learner_key
from named
order by preference, learner_key
limit 1

-- One row per person of a roster, as last recorded, and the learner whom the statements know. A person without an
-- account is a learner by the roster's key alone: enrolled, and without traces.
-- grain: store, person_key
-- reads: person_record, learner
-- column store: the controller's store
-- column person_key: what stands for the person of the roster
-- column learner_key: the learner
-- column is_known: whether the roster ties the person to an account
-- column roles: the roles that the roster gives (student, teacher, ...)
-- column ended: first day without the person; NULL while the person is there
with latest as (
    select *
    from person_record
    qualify row_number() over (partition by store, person_key order by position desc) = 1
),

known as (
    select a.store, a.person_key, min(coalesce(l.learner_key, a.agent_key)) as learner_key
    from (select store, person_key, unnest(agents) as agent_key from latest) as a
    left join learner as l on a.store = l.store and a.agent_key = l.agent_key
    group by a.store, a.person_key
)

select
    p.store,
    p.person_key,
    coalesce(k.learner_key, p.person_key) as learner_key,
    k.learner_key is not null as is_known,
    p.roles,
    p.ended
from latest as p
left join known as k on p.store = k.store and p.person_key = k.person_key

-- One row per goal of a framework (onderwijsdoel, leerplandoel, lesdoel), as last recorded. Codes are not unique, not
-- even within a set. Its text is not here: it comes from the LRS's directory.
-- grain: store, framework_goal_id
-- reads: framework_goal_record
-- column store: the controller's store
-- column framework_goal_id: its id: of the public onderwijsdoelen the `@id`, never the code
-- column framework_id: the framework that it is of
-- column parent_id: the goal that it serves; NULL at the top
-- column parents: all goals that it serves
-- column aliases: other ids, such as the URI of a CASE item
-- column code: its code, as printed; not a key
-- column kind: what its framework calls it, such as Eindtermen
-- column competence: number of the key competence (13 is leercompetenties)
-- column sets: ids of the published sets that it is in
-- column education: level of education
-- column grade: grade (graad) 1, 2 or 3
-- column stream: stream, such as A-stroom
-- column finality: DO (doorstroom), DU (dubbel) or A (arbeidsmarkt)
-- column is_reference: whether it only says which other goal is meant
-- column is_optional: whether it is optional
-- column is_attitude: whether it is an attitude
-- column validity: valid, expired or unknown, as published; NULL where the framework does not say
-- column valid_from: first day on which it holds; NULL when not known
-- column valid_until: first day on which it no longer holds: by its dates, or since it was withdrawn; else NULL
with latest as (
    select store, framework_goal_id, arg_max(goal, position) as goal
    from framework_goal_record
    group by store, framework_goal_id
)

select
    store,
    framework_goal_id,
    goal.framework as framework_id,
    goal.parents[1] as parent_id,
    coalesce(goal.parents, []) as parents,
    coalesce(goal.aliases, []) as aliases,
    goal.code as code,
    goal.kind as kind,
    goal.competence as competence,
    coalesce(goal.sets, []) as sets,
    goal.education as education,
    goal.grade as grade,
    goal.stream as stream,
    goal.finality as finality,
    coalesce(goal.reference, false) as is_reference,
    coalesce(goal.optional, false) as is_optional,
    coalesce(goal.attitude, false) as is_attitude,
    goal.validity as validity,
    goal."from" as valid_from,
    least(goal.until, goal.ended) as valid_until
from latest

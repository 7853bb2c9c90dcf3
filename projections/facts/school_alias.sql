-- One row per key under which a statement may name a school: the roster's id, or its other identifier.
-- grain: store, alias
-- reads: school
-- column store: the controller's store
-- column alias: what a statement says
-- column school_key: the school that it means
select store, alias, min(school_key) as school_key
from (
    select store, school_key as alias, school_key
    from school
    union all
    select s.store, s.identifier as alias, s.school_key
    from school as s
    anti join school as k on s.store = k.store and s.identifier = k.school_key
    where s.identifier is not null
) as named
group by store, alias

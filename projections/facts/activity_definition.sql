-- One row per change of an activity's type: a definition that says again what was known adds none.
-- grain: store, position, activity_id
-- reads: parsed_statement, activity_definition
-- by: position
-- starts as: select '' as store, 0::bigint as position, '' as activity_id, '' as activity_type
-- column store: the controller's store
-- column position: position of the statement that brought the definition
-- column activity_id: activity IRI
-- column activity_type: activity type IRI from then on (activitystrea.ms IRIs in their short spelling)
with named as (
    select store, position, unnest(form.types) as pair, generate_subscripts(form.types, 1) as place
    from parsed_statement
),

known as (
    select store, max(position) as position, activity_id, arg_max(activity_type, position) as activity_type
    from activity_definition
    group by store, activity_id
),

-- most definitions say again what is known: they are set aside before the rest is put in order
unsettled as (
    select n.store, n.pair[1] as activity_id
    from named as n
    left join known as k on n.store = k.store and n.pair[1] = k.activity_id
    group by n.store, n.pair[1]
    having min(n.pair[2]) != max(n.pair[2]) or min(n.pair[2]) is distinct from min(k.activity_type)
),

brought as (
    select n.store, n.position, n.pair[1] as activity_id, arg_max(n.pair[2], n.place) as activity_type
    from named as n
    inner join unsettled as u on n.store = u.store and n.pair[1] = u.activity_id
    group by n.store, n.position, n.pair[1]
),

in_order as (
    select
        *,
        lag(activity_type) over (partition by store, activity_id order by position) as type_before
    from (
        select *, true as is_new from brought
        union all by name
        select *, false as is_new from known
    ) as told
)

select store, position, activity_id, activity_type
from in_order
where is_new and activity_type is distinct from type_before

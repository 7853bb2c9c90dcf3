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
told as (
    select
        store,
        pair[1] as activity_id,
        min(position) as position,
        min(pair[2]) as activity_type,
        min(pair[2]) != max(pair[2]) as in_two_ways
    from named
    group by store, pair[1]
),

news as (
    select t.*
    from told as t
    left join known as k using (store, activity_id)
    where t.in_two_ways or t.activity_type is distinct from k.activity_type
),

brought as (
    select store, position, activity_id, activity_type
    from news
    where not in_two_ways
    union all by name
    select n.store, n.position, n.pair[1] as activity_id, arg_max(n.pair[2], n.place) as activity_type
    from named as n
    inner join news as w on n.store = w.store and n.pair[1] = w.activity_id and w.in_two_ways
    group by n.store, n.position, n.pair[1]
),

in_order as (
    select
        *,
        lag(activity_type) over (partition by store, activity_id order by position) as type_before
    from (
        select *, true as is_new from brought
        union all by name
        select k.*, false as is_new from known as k semi join news using (store, activity_id)
    ) as told
)

select store, position, activity_id, activity_type
from in_order
where is_new and activity_type is distinct from type_before

-- One row per activity that a statement names, by the role in which it names it.
-- grain: store, position, role, activity_id
-- reads: parsed_statement
-- by: position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column role: object, parent, grouping, category or other
-- column activity_id: activity IRI
with named as (
    select store, position, 'object' as role, [form.object.id] as activity_ids
    from parsed_statement
    where form.object.objecttype = 'Activity'
    union all
    select store, position, 'parent' as role, form.context.parent as activity_ids
    from parsed_statement
    union all
    select store, position, 'grouping' as role, form.context.grouping as activity_ids
    from parsed_statement
    union all
    select store, position, 'category' as role, form.context.category as activity_ids
    from parsed_statement
    union all
    select store, position, 'other' as role, form.context.other as activity_ids
    from parsed_statement
)

select
    store,
    position,
    role,
    unnest(case when len(activity_ids) > 1 then list_distinct(activity_ids) else activity_ids end) as activity_id
from named

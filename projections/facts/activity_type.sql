-- One row per activity whose type is known: the type of the latest definition seen in the store.
-- grain: store, activity_id
-- reads: activity_definition
-- as: view
-- column store: the controller's store
-- column activity_id: activity IRI
-- column activity_type: activity type IRI
select store, activity_id, arg_max(activity_type, position) as activity_type
from activity_definition
group by store, activity_id

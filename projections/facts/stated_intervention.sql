-- One row per statement that states an intervention, voided or not, as it was logged; intervention leaves out what was
-- voided.
-- grain: store, position
-- reads: parsed_statement
-- by: position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column intervention_id: id of the intervention, as stated
-- column begins_on: the day from which it was carried out
-- column classes: classes in which it was carried out
-- column comparison_classes: classes that they are compared with
-- column indicator: name of the indicator on which an effect is expected
select
    store,
    position,
    form.extensions.intervention.id as intervention_id,
    form.extensions.intervention.date as begins_on,
    form.extensions.intervention.classes as classes,
    form.extensions.intervention.comparison_classes as comparison_classes,
    form.extensions.intervention.indicator as indicator
from parsed_statement
where form.extensions.intervention.id is not null

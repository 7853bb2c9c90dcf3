-- One row per statement that voids another, whether that is there already, comes later or never does.
-- grain: store, position
-- reads: parsed_statement
-- by: position
-- column store: the controller's store
-- column position: position of the voiding statement in the log
-- column target_id: lower case UUID of the statement that it voids
select p.store, p.position, p.form.object.id as target_id
from parsed_statement as p
where p.form.object.objecttype = 'StatementRef' and p.form.verb = 'http://adlnet.gov/expapi/verbs/voided'

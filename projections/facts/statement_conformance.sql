-- One row per statement and statement template of an xAPI Profile that it matches, with the rules that it breaks; and
-- per extension that it has in the wrong place or with a wrong value. As it was checked when the statement was stored,
-- or at the last `lrs reindex`. profile_conformance sums it up.
-- grain: store, position, template
-- reads: parsed_statement
-- by: position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column template: id of the template, or IRI of the extension
-- column broken: the broken rules, each as what is asked and where (included $.result.duration); empty if none is
with found as (
    select store, position, unnest(form.conformance) as finding
    from parsed_statement
)

select
    store,
    position,
    finding.of as template,
    coalesce(finding.broken, []) as broken
from found

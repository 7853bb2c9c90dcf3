-- One row per school of a roster, as last recorded. Its name is not here: it comes from the LRS's directory.
-- grain: store, school_key
-- reads: school_record
-- column store: the controller's store
-- column school_key: the roster's id of the school
-- column identifier: what else it is called, such as the number of the institution
-- column kind: school, district, department, local, state or national
-- column parent_key: the organisation that it is part of
-- column ended: first day without it; NULL while it is there
select store, school_key, identifier, kind, parent_key, ended
from school_record
qualify row_number() over (partition by store, school_key order by position desc) = 1

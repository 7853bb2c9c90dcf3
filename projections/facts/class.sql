-- One row per class of a roster, as last recorded.
-- grain: store, class_key
-- reads: class_record
-- column store: the controller's store
-- column class_key: the roster's id of the class
-- column school_key: its school
-- column kind: homeroom or scheduled
-- column course_key: the course that it follows
-- column grade: its grade, as the roster writes it
-- column finality: DO (doorstroom), DU (dubbel) or A (arbeidsmarkt)
-- column stream: its stream, such as A-stroom
-- column valid_from: first day of its terms
-- column valid_until: first day after its terms
-- column ended: first day without it; NULL while it is there
select
    store,
    class_key,
    school_key,
    kind,
    course_key,
    grade,
    finality,
    stream,
    valid_from,
    valid_until,
    ended
from class_record
qualify row_number() over (partition by store, class_key order by position desc) = 1

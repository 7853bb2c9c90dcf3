-- One row per record of a class in a roster: as it was from then on.
-- grain: store, position
-- reads: batch
-- by: position
-- column store: the controller's store
-- column position: position of the record in the log
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
with recorded as (
    select
        store,
        position,
        from_json(form, '{
            "key": "VARCHAR", "school": "VARCHAR", "kind": "VARCHAR", "course": "VARCHAR", "grade": "VARCHAR",
            "finality": "VARCHAR", "stream": "VARCHAR", "from": "DATE", "until": "DATE", "ended": "DATE"
        }') as form
    from batch
    where kind = 'class_recorded'
)

select
    store,
    position,
    form.key as class_key,
    form.school as school_key,
    form.kind as kind,
    form.course as course_key,
    form.grade as grade,
    form.finality as finality,
    form.stream as stream,
    form."from" as valid_from,
    form.until as valid_until,
    form.ended as ended
from recorded

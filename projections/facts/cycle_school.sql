-- One row per step of a quality cycle: the school for which it counts. That of the roster on the local day, of whoever
-- took it: for whoever of a team the roster knows; else the one stated with it; else unknown. The rule is that of
-- statement_school, for these few statements.
-- grain: store, position
-- reads: cycle_event, learner_school, school_alias, class
-- as: view
-- column store: the controller's store
-- column position: position of the statement in the log
-- column school_key: the school, or unknown
with placed as (
    select
        e.store,
        e.position,
        r.school_key as by_roster,
        coalesce(a.school_key, e.school_key, c.school_key) as stated
    from cycle_event as e
    left join learner_school as r
        on
            e.store = r.store
            and e.learner_key = r.learner_key
            and e.local_date >= r.valid_from
            and e.local_date < coalesce(r.valid_until, date '9999-12-31')
    left join school_alias as a on e.store = a.store and e.school_key = a.alias
    left join class as c on e.store = c.store and e.class_key = c.class_key
)

select store, position, coalesce(min(by_roster), min(stated), 'unknown') as school_key
from placed
group by store, position

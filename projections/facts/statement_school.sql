-- One row per statement and learner who takes part in it: the school and class for which it counts. That of the
-- roster on the statement's local day; else the one that the statement states; else unknown.
-- grain: store, position, learner_key
-- reads: statement_learner, statement_fact, learner_school, school_alias, class
-- as: view
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the learner, or the group
-- column school_key: the school, or unknown
-- column class_key: the class; NULL when it is not known
-- column source: roster, statement or unknown: where the school comes from
select
    t.store,
    t.position,
    t.learner_key,
    coalesce(r.school_key, a.school_key, s.school_key, c.school_key, 'unknown') as school_key,
    case when r.school_key is not null then r.class_key else s.class_key end as class_key,
    case
        when r.school_key is not null then 'roster'
        when coalesce(s.school_key, c.school_key) is not null then 'statement'
        else 'unknown'
    end as source
from (select distinct store, position, learner_key from statement_learner) as t
inner join statement_fact as s on t.store = s.store and t.position = s.position
left join learner_school as r
    on
        t.store = r.store
        and t.learner_key = r.learner_key
        and s.local_date >= r.valid_from
        and s.local_date < coalesce(r.valid_until, date '9999-12-31')
left join school_alias as a on s.store = a.store and s.school_key = a.alias
left join class as c on s.store = c.store and s.class_key = c.class_key
where not s.voided

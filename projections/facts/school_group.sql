-- One row per learner of a school and group that he or she is counted in: the school, a grade, a class within a grade,
-- a finality. One other dimension beside the school at a time, so that groups of one kind add up to the school.
-- grain: store, school_year, school_key, grouping, group_key, learner_key
-- reads: school_learner
-- as: view
-- column store: the controller's store
-- column school_year: 1 September to 31 August, written 2025-2026
-- column school_key: the school, or unknown
-- column grouping: school, grade, class or finality
-- column group_key: which one; all for the school
-- column part_of: what the groups of its kind add up to: a class's grade; all for the others
-- column learner_key: the learner
select
    l.store,
    l.school_year,
    l.school_key,
    g.grouping,
    case g.grouping
        when 'school' then 'all'
        when 'grade' then l.grade
        when 'class' then l.class_key
        else l.finality
    end as group_key,
    case g.grouping when 'class' then l.grade else 'all' end as part_of,
    l.learner_key
from school_learner as l
cross join (values ('school'), ('grade'), ('class'), ('finality')) as g (grouping)

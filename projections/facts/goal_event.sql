-- One row per learner, goal and statement that says something about the goal: as its object, as the goal of a
-- ticked checklist item, or as the goal that a learning statement names in its context (then it is work on
-- it, whatever else the statement means for its own object). A group's statement gives a row for the group
-- and for each member. Kinds come from kind_rule and the latest type of each activity (indicators 1).
-- grain: store, position, learner_key, goal_id
-- reads: statement_fact, statement_activity, statement_learner, activity_type, kind_rule
-- by: learner_key, position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the learner, or the group, whose goal it is
-- column goal_id: activity IRI of the goal
-- column kind: fact kind (set, assigned, scheduled, revised, worked, progressed, achieved, ...)
-- column link: how the statement names the goal: object, checklist, context
-- column part: the learner's part in the statement: actor, group, member (of the group), learner (in context)
-- column owner: agent, or group for a statement made by a group
-- column work: whether it is work on the goal
-- column planning: whether it counts as planning
-- column monitoring: whether it counts as monitoring
-- column happened_at: UTC; the statement's timestamp
-- column local_at: wall clock in Europe/Brussels
-- column out_of_window: whether the timestamp lies more than a day after the statement was stored
-- column duration_ms: milliseconds; result.duration
-- column horizon: long-term, period, week or day
-- column due_at: UTC; the due date it states
-- column planned_start_at: UTC; the planned start it states
-- column progress: 0..1; the progress it states for the goal
-- column level: level given on the goal
-- column target_level: level aimed at
-- column criterion: whether it states a criterion for the goal
-- column evidence_source: digital, observation, test, conversation, portfolio, unstated; NULL if no evidence
-- column assessment_purpose: formative or summative, as stated
-- column item_id: activity IRI of the ticked checklist item
-- column checklist_size: number of items on the goal's checklist
-- column parent_goal_id: the goal that this goal is a part of (a goal in contextActivities.parent)
-- column framework_goals: ids of the framework goals that the statement ties the goal to
-- column school_key: school stated in the statement's context
with goal_type as (
    select distinct object_type
    from kind_rule
    where kind = 'set'
),

goals as (
    select t.store, t.activity_id as goal_id
    from activity_type as t
    inner join goal_type as g on t.activity_type = g.object_type
),

named as (
    select
        store,
        position,
        activity_id as goal_id,
        case role when 'object' then 'object' else 'context' end as link
    from statement_activity
    where role in ('object', 'parent', 'grouping', 'other')
    union all
    select store, position, checklist as goal_id, 'checklist' as link
    from statement_fact
    where checklist is not null
),

named_goal as (
    select
        n.store,
        n.position,
        n.goal_id,
        case
            when bool_or(n.link = 'object') then 'object'
            when bool_or(n.link = 'checklist') then 'checklist'
            else 'context'
        end as link
    from named as n
    inner join goals as g on n.store = g.store and n.goal_id = g.goal_id
    group by n.store, n.position, n.goal_id
),

context_activity as (
    select a.store, a.position, a.role, a.activity_id, t.activity_type
    from statement_activity as a
    semi join named_goal using (store, position)
    inner join activity_type as t on a.store = t.store and a.activity_id = t.activity_id
    where a.role != 'object'
),

context as (
    select
        c.store,
        c.position,
        list(distinct c.activity_type) as activity_types,
        min(c.activity_id) filter (where c.role = 'parent' and g.goal_id is not null) as parent_goal_id
    from context_activity as c
    left join goals as g on c.store = g.store and c.activity_id = g.goal_id
    group by c.store, c.position
),

goal_statement as (
    select
        s.*,
        t.activity_type as object_type,
        c.parent_goal_id,
        coalesce(c.activity_types, [])
        || case when s.level is not null then ['level'] else [] end
        || case when s.learner_in_context is not null then ['learner'] else [] end
        || case when s.context_statement is not null then ['statement'] else [] end
        || case when s.route is not null then ['route'] else [] end as conditions
    from statement_fact as s
    semi join named_goal using (store, position)
    left join activity_type as t on s.store = t.store and s.object_id = t.activity_id
    left join context as c on s.store = c.store and s.position = c.position
    where not s.voided
),

meaning as (
    select
        s.store,
        s.position,
        arg_min(
            {
                'kind': r.kind,
                'subject': r.subject,
                'work': r.work,
                'planning': r.planning,
                'monitoring': r.monitoring,
                'gives_level': r.gives_level,
                'evidence': r.evidence
            },
            r.precedence
        ) as rule
    from goal_statement as s
    inner join kind_rule as r
        on
            s.verb = r.verb
            and r.object_type in ('*', s.object_type)
            and list_has_all(s.conditions, r.context)
    group by s.store, s.position
),

-- one row for a learner, also where two of a person's accounts take part
taker as (
    select l.store, l.position, l.learner_key, l.role = 'learner' as is_learner, min(l.role) as part
    from statement_learner as l
    semi join named_goal using (store, position)
    where l.role in ('actor', 'group', 'member', 'learner')
    group by l.store, l.position, l.learner_key, l.role = 'learner'
)

select
    s.store,
    s.position,
    t.learner_key,
    g.goal_id,
    case when g.link = 'object' or m.rule.kind = 'item_ticked' then m.rule.kind else 'worked' end as kind,
    g.link,
    t.part,
    case s.actor_type when 'Group' then 'group' else 'agent' end as owner,
    m.rule.work,
    m.rule.planning,
    m.rule.monitoring,
    s.happened_at,
    s.local_at,
    s.out_of_window,
    s.duration_ms,
    s.horizon,
    s.due_at,
    s.planned_start_at,
    case when g.link = 'object' and m.rule.kind = 'progressed' then s.progress end as progress,
    case when g.link = 'object' and m.rule.gives_level then s.level end as level,
    case when g.link = 'object' then s.target_level end as target_level,
    g.link = 'object' and coalesce(s.criterion, false) as criterion,
    case
        when m.rule.evidence = 'stated' then s.evidence_source
        when m.rule.evidence is not null then coalesce(s.evidence_source, m.rule.evidence)
    end as evidence_source,
    s.assessment_purpose,
    case when g.link = 'checklist' then s.object_id end as item_id,
    case when g.link in ('object', 'checklist') then s.checklist_size end as checklist_size,
    case when g.link = 'object' and s.parent_goal_id != g.goal_id then s.parent_goal_id end as parent_goal_id,
    case when g.link = 'object' then s.framework_goals end as framework_goals,
    s.school_key
from named_goal as g
inner join goal_statement as s on g.store = s.store and g.position = s.position
inner join meaning as m on g.store = m.store and g.position = m.position
inner join taker as t
    on g.store = t.store and g.position = t.position and (m.rule.subject = 'learner') = t.is_learner
where g.link = 'object' or m.rule.work

-- One row per learner, statement and kind, for every statement that means more than work: what it says, and whose
-- event it is. A rule of kind_rule gives the kind; the extension tc:extension/reflection makes any statement a
-- reflection too. The learner's own events are `own`; the others reach the learner: feedback on his or her work, an
-- answer to the learner's question, a member's planning of a goal that the learner's group shares.
-- grain: store, position, learner_key, kind
-- reads: statement_fact, statement_concern, statement_activity, statement_reference
-- reads: activity_type, calendar_day, kind_rule
-- by: learner_key, position
-- column store: the controller's store
-- column position: position of the statement in the log
-- column learner_key: the learner, or the group
-- column kind: fact kind (set, scheduled, help_asked, reflected, ...); never worked
-- column part: the learner's part in it: actor, group, member, learner, object, referred or teammate
-- column own: whether it is the learner's own event: done by the learner (alone or in a group) or said of the learner
-- column acted_by: the learner key of who acted (a person or a group)
-- column acted_as: agent or group
-- column instructor_key: agent key of the instructor; it says who assigned, and nothing on other statements
-- column regulator: self, peer, teacher or group, as stated
-- column work: whether it is work too
-- column planning: whether it counts as planning
-- column monitoring: whether it counts as monitoring
-- column members: number of the members that a group's statement names; 0 for a person's
-- column object_id: activity IRI, or agent key
-- column object_kind: Activity, Agent, Group, StatementRef or SubStatement
-- column about_id: the goal on whose checklist the ticked item is; else the object
-- column object_type: activity type IRI of the object, when known
-- column parents: activity IRIs that it names as parent, in order
-- column target_position: position of the statement that it names in its context, unless that was voided
-- column target_activity_id: activity IRI of the object of that statement; NULL when it is no activity
-- column target_at: UTC; that statement's timestamp
-- column target_on: local day of that statement
-- column happened_at: UTC; the statement's timestamp
-- column local_date: local day
-- column out_of_window: whether the timestamp lies more than a day after the statement was stored
-- column school_week: number of the school week; NULL out of school weeks and windows
-- column duration_ms: milliseconds; result.duration
-- column score: 0..1; the score it states (scaled, or raw between min and max), cut off at 0 and 1
-- column rating: -1..1; the score on its rating scale (gsl:extensions/rating-scale, else the score's min and max)
-- column due_at: UTC; the due date it states
-- column planned_start_at: UTC; the planned start it states
-- column evidence_source: digital, observation, test, conversation or portfolio, as stated
-- column agreed_actions: number of actions agreed
-- column skill: id of the skill
-- column school_key: school stated in its context
-- column class_key: class stated in its context
with rule as (
    select *
    from kind_rule
    where kind != 'worked'
),

possible as (
    select s.store, s.position, t.activity_type as object_type, r.*
    from statement_fact as s
    inner join rule as r on s.verb = r.verb
    left join activity_type as t on s.store = t.store and s.object_id = t.activity_id
    where not s.voided and r.object_type in ('*', t.activity_type)
),

conditional as (
    select distinct store, position
    from possible
    where len(context) > 0
),

context_type as (
    select a.store, a.position, list(distinct t.activity_type) as activity_types
    from statement_activity as a
    semi join conditional as c on a.store = c.store and a.position = c.position
    inner join activity_type as t on a.store = t.store and a.activity_id = t.activity_id
    where a.role != 'object'
    group by a.store, a.position
),

condition as (
    select
        c.store,
        c.position,
        coalesce(t.activity_types, [])
        || case when s.level is not null then ['level'] else [] end
        || case when s.learner_in_context is not null then ['learner'] else [] end
        || case when s.context_statement is not null then ['statement'] else [] end
        || case when s.route is not null then ['route'] else [] end as conditions
    from conditional as c
    inner join statement_fact as s on c.store = s.store and c.position = s.position
    left join context_type as t on c.store = t.store and c.position = t.position
),

fitting as (
    select
        p.store,
        p.position,
        p.object_type,
        arg_min(
            {
                'kind': p.kind,
                'subject': p.subject,
                'planning': p.planning,
                'monitoring': p.monitoring,
                'work': p.work
            },
            p.precedence
        ) as rule
    from possible as p
    left join condition as c on p.store = c.store and p.position = c.position
    where len(p.context) = 0 or list_has_all(c.conditions, p.context)
    group by p.store, p.position, p.object_type
),

reflected as (
    select
        s.store,
        s.position,
        t.activity_type as object_type,
        {
            'kind': 'reflected',
            'subject': 'actor',
            'planning': false,
            'monitoring': false,
            'work': false
        } as rule
    from statement_fact as s
    left join activity_type as t on s.store = t.store and s.object_id = t.activity_id
    where s.reflection and not s.voided
),

meant as (
    select store, position, object_type, rule
    from fitting
    union
    select store, position, object_type, rule
    from reflected
),

reference as (
    select
        r.store,
        r.position,
        r.target_position,
        case when t.object_kind = 'Activity' then t.object_id end as target_activity_id,
        t.happened_at as target_at,
        t.local_date as target_on
    from statement_reference as r
    semi join meant as m on r.store = m.store and r.position = m.position
    inner join statement_fact as t on r.store = t.store and r.target_position = t.position
    where not t.voided
),

taker as (
    select c.store, c.position, c.learner_key, list(distinct c.role) as roles
    from statement_concern as c
    semi join meant as m on c.store = m.store and c.position = m.position
    left join reference as r on c.store = r.store and c.position = r.position
    where c.role != 'referring' and (c.role != 'referred' or r.position is not null)
    group by c.store, c.position, c.learner_key
),

member_count as (
    select c.store, c.position, count(distinct c.learner_key) as members
    from statement_concern as c
    semi join meant as m on c.store = m.store and c.position = m.position
    where c.role = 'member'
    group by c.store, c.position
),

parent as (
    select a.store, a.position, list(a.activity_id order by a.activity_id) as parents
    from statement_activity as a
    semi join meant as m on a.store = m.store and a.position = m.position
    where a.role = 'parent'
    group by a.store, a.position
),

reaching as (
    select
        m.object_type,
        m.rule.kind as kind,
        m.rule.subject as subject,
        m.rule.work as work,
        m.rule.planning as planning,
        m.rule.monitoring as monitoring,
        t.learner_key,
        s.* exclude (learner_key),
        s.learner_key as acted_by,
        d.school_week,
        p.parents,
        coalesce(n.members, 0) as members,
        x.target_position,
        x.target_activity_id,
        x.target_at,
        x.target_on,
        list_filter(
            case
                when m.rule.subject = 'learner'
                    then ['learner', 'object', 'actor', 'group', 'member', 'referred', 'teammate']
                when m.rule.planning or m.rule.monitoring
                    then ['actor', 'group', 'member', 'teammate', 'learner', 'object', 'referred']
                else ['actor', 'group', 'member', 'learner', 'object', 'referred', 'teammate']
            end,
            lambda role: list_contains(t.roles, role)
        )[1] as part,
        coalesce(
            s.score_scaled,
            case when s.score_max > s.score_min then (s.score_raw - s.score_min) / (s.score_max - s.score_min) end
        ) as scored,
        -- a scale of 1 to 5 is that of the raw score; one within -1..1 may be that of the scaled score
        s.score_raw is not null or (s.rating_min >= -1 and s.rating_max <= 1) as is_on_scale,
        coalesce(s.score_raw, s.score_scaled) as rated,
        coalesce(s.rating_min, s.score_min) as rated_from,
        coalesce(s.rating_max, s.score_max) as rated_to
    from meant as m
    inner join statement_fact as s on m.store = s.store and m.position = s.position
    inner join taker as t on m.store = t.store and m.position = t.position
    left join member_count as n on m.store = n.store and m.position = n.position
    left join parent as p on m.store = p.store and m.position = p.position
    left join reference as x on m.store = x.store and m.position = x.position
    left join calendar_day as d on s.store = d.store and s.local_date = d.date and not s.out_of_window
)

select
    store,
    position,
    learner_key,
    kind,
    part,
    case subject when 'actor' then part in ('actor', 'group', 'member') else part = 'learner' end as own,
    acted_by,
    case actor_type when 'Group' then 'group' else 'agent' end as acted_as,
    instructor_key,
    regulator,
    work,
    planning,
    monitoring,
    members,
    object_id,
    object_kind,
    coalesce(checklist, object_id) as about_id,
    object_type,
    coalesce(parents, []) as parents,
    target_position,
    target_activity_id,
    target_at,
    target_on,
    happened_at,
    local_date,
    out_of_window,
    school_week,
    duration_ms,
    -- without a score there is nothing to cut off: greatest and least pass over NULL
    case when scored is not null then cast(greatest(least(scored, 1), 0) as decimal(9, 6)) end as score,
    cast(
        case
            when is_on_scale and rated_to > rated_from and rated between rated_from and rated_to
                then (rated - rated_from) / (rated_to - rated_from) * 2 - 1
            else score_scaled
        end as decimal(9, 6)
    ) as rating,
    due_at,
    planned_start_at,
    evidence_source,
    agreed_actions,
    skill,
    school_key,
    class_key
from reaching
where part != 'teammate' or planning or monitoring

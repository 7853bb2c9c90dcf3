"""The report of a learner in words."""

from projections.report.people.class_layout import table
from projections.report.people.layout import Layout, Section, Table
from projections.report.people.model import Goal, LearnerReport, Trace
from projections.report.people.trace_groups import GROUPS, PHASES, REGULATORS
from projections.report.people.wording import Wording, plain


def learner_layout(report: LearnerReport, language: str) -> Layout:
    say = Wording(language)
    made = (_goals, _traces, _reflections, _help, _feedback, _conversations)
    person = report.followed.person
    return Layout(
        language=language,
        title=say("page.learner_title", name=say.name(person), year=report.moment.school_year),
        about=_about(report, say),
        private=say("page.private_own"),
        sections=tuple(make(report, say) for make in made),
    )


def _about(report: LearnerReport, say: Wording) -> tuple[str, ...]:
    named = (("class", report.class_name), ("school", report.school_name))
    places = [say(f"page.{what}", name=plain(name)) for what, name in named if name]
    return (*places, say("page.as_of", date=say.day(report.moment.as_of)), say("page.intro"))


def _goals(report: LearnerReport, say: Wording) -> Section:
    goals, open_ones = report.followed.goals, report.followed.open_goals
    lead = say("section.own_goals_lead", n=len(goals), open=len(open_ones))
    tables = []
    if open_ones:
        columns, caption = "goal set_by status progress level due evidence next_step", "caption.own_open"
        rows = tuple((*_start(g, say), say.day(g.due), *_end(g, say)) for g in open_ones)
        tables.append(table(say, columns, rows, caption=say(caption, n=len(rows))))
    if closed := report.followed.closed_goals:
        columns, caption = "goal set_by status progress level closed evidence next_step", "caption.own_closed"
        rows = tuple((*_start(g, say), say.day(g.closed), *_end(g, say)) for g in closed)
        tables.append(table(say, columns, rows, caption=say(caption, n=len(rows)), aside=True))
    return Section("goals", say("section.own_goals"), (lead,), tuple(tables), say("page.nothing"))


def _start(goal: Goal, say: Wording) -> tuple[str, ...]:
    origin = say(f"origin.{goal.origin}") if goal.origin else say("page.unknown")
    return say.goal(goal), origin, say(f"status.{goal.status}"), say.progress(goal), say.level(goal)


def _end(goal: Goal, say: Wording) -> tuple[str, ...]:
    return str(goal.evidence), say.next_step(goal)


def _traces(report: LearnerReport, say: Wording) -> Section:
    known = {trace.indicator: trace for trace in report.traces}
    lead = [say("section.traces_lead")]
    if report.window_end is None:
        lead.append(say("section.traces_none"))
    else:
        lead.append(say("section.traces_window", date=say.day(report.window_end)))
    groups = tuple(_group(name, known, say) for name in GROUPS) if known else ()
    return Section("traces", say("section.traces"), tuple(lead), (_regulation(report, say), *groups))


def _group(name: str, known: dict[str, Trace], say: Wording) -> Table:
    traces = [known.get(indicator, Trace(indicator, None, 0)) for indicator in GROUPS[name]]
    rows = tuple((say(f"trace.{each.indicator}"), say.trace(each), str(each.n)) for each in traces)
    return table(say, "trace value n", rows, caption=say(f"group.{name}"))


def _regulation(report: LearnerReport, say: Wording) -> Table:
    counted = {(phase, regulator): n for phase, regulator, n in report.regulation}
    rows = tuple(
        (say(f"phase.{phase}"), *(str(each) for each in (*found, sum(found))))
        for phase in PHASES
        if (found := [counted.get((phase, regulator), 0) for regulator in REGULATORS])
    )
    by_whom = (say(f"regulator.{regulator}") for regulator in REGULATORS)
    columns = (say("column.phase"), *by_whom, say("column.total"))
    numbers = frozenset(range(1, len(columns)))
    return Table(columns, rows, say("section.regulation"), numbers)


def _reflections(report: LearnerReport, say: Wording) -> Section:
    lead = [say("section.reflections_lead", n=len(report.reflections) + report.reflections_without_text)]
    if report.reflections_without_text:
        lead.append(say("section.reflections_without", n=report.reflections_without_text))
    rows = tuple((say.day(each.day), plain(each.text)) for each in report.reflections)
    tables = (table(say, "day text", rows),)
    return Section("reflections", say("section.reflections"), tuple(lead), tables, say("page.nothing"))


def _help(report: LearnerReport, say: Wording) -> Section:
    asked = report.followed.help
    rows = tuple((say.day(r.asked), say.about(r), _done("answer", r.answered, say)) for r in reversed(asked))
    lead = say("section.help_lead", n=len(asked), open=len(report.followed.unanswered))
    tables = (table(say, "asked about answered", rows),)
    return Section("help", say("section.own_help"), (lead,), tables, say("page.nothing"))


def _feedback(report: LearnerReport, say: Wording) -> Section:
    given = report.followed.feedback
    rows = tuple(
        (say.day(f.given), say.activity(f.about), _done("answer", f.acted, say)) for f in reversed(given)
    )
    lead = say("section.feedback_lead", n=len(given), open=len(report.followed.waiting))
    tables = (table(say, "given about acted", rows),)
    return Section("feedback", say("section.own_feedback"), (lead,), tables, say("page.nothing"))


def _done(key: str, day: object, say: Wording) -> str:
    return say(f"{key}.no") if day is None else say(f"{key}.yes", date=say.day(day))  # type: ignore[arg-type]


def _conversations(report: LearnerReport, say: Wording) -> Section:
    rows = tuple(
        (
            say.day(each.held),
            say(f"conversation.{each.kind}"),
            say("page.unsaid") if each.agreed_actions is None else str(each.agreed_actions),
        )
        for each in report.followed.conversations
    )
    lead = say("section.conversations_lead", n=len(rows))
    tables = (table(say, "held kind agreed", rows),)
    return Section("conversations", say("section.own_conversations"), (lead,), tables, say("page.nothing"))

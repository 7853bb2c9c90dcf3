"""The report of a class in words."""

from datetime import date

from projections.report.people.layout import Layout, Section, Table
from projections.report.people.model import ClassReport, Followed, Goal
from projections.report.people.wording import Wording, plain

Rows = tuple[tuple[str, ...], ...]


def class_layout(report: ClassReport, language: str) -> Layout:
    say = Wording(language, report.learners)
    made = (_overview, _support, _challenge, _help, _overdue, _conversations, _feedback, _goals)
    return Layout(
        language=language,
        title=say("page.class_title", name=class_title(report), year=report.moment.school_year),
        about=_about(report, say),
        private=say("page.private"),
        sections=tuple(make(report, say) for make in made) if report.learners else (),
    )


def class_title(report: ClassReport) -> str:
    return plain(report.class_name or report.class_key)


def _about(report: ClassReport, say: Wording) -> tuple[str, ...]:
    lines = [say("page.school", name=plain(report.school_name))] if report.school_name else []
    lines.append(say("page.as_of", date=say.day(report.moment.as_of)))
    lines.append(
        say.counted("page.members", len(report.learners)) if report.learners else say("page.empty_class")
    )
    if report.hidden:
        lines.append(say.counted("page.hidden", report.hidden))
    return (*lines, say("page.intro"))


def table(say: Wording, columns: str, rows: Rows, **more: object) -> Table:
    """A table with columns by their names in the words; those of counts are aligned right."""
    names = columns.split()
    counts = frozenset(names.index(each) for each in names if each in _COUNTS)
    return Table(tuple(say(f"column.{name}") for name in names), rows, numbers=counts, **more)  # type: ignore[arg-type]


_COUNTS = (
    "goals",
    "open",
    "achieved",
    "overdue",
    "help",
    "feedback",
    "number",
    "evidence",
    "agreed",
    "n",
    "total",
)


def _overview(report: ClassReport, say: Wording) -> Section:
    rows = tuple(_overview_row(each, report, say) for each in report.learners)
    columns = "learner goals open achieved overdue help feedback conversation signal"
    return Section(
        "overview", say("section.overview"), (say("section.overview_lead"),), (table(say, columns, rows),)
    )


def _overview_row(each: Followed, report: ClassReport, say: Wording) -> tuple[str, ...]:
    achieved = sum(goal.status == "achieved" for goal in each.goals)
    counts = (
        len(each.goals), len(each.open_goals), achieved, len(each.overdue), len(each.unanswered), len(each.waiting),
    )  # fmt: skip
    last = each.last_conversation
    held = say.day(last.held if last else None, "conversation.none")
    return (say.name(each.person), *map(str, counts), held, _signal(report, each, say))


def _signal(report: ClassReport, each: Followed, say: Wording) -> str:
    signal = report.signals.get(each.person.key)
    if signal is None:
        return say("page.too_few")
    if signal.support and signal.challenge:
        return say("signal.both")
    return say(
        "signal.support" if signal.support else "signal.challenge" if signal.challenge else "signal.none"
    )


def _support(report: ClassReport, say: Wording) -> Section:
    return _flagged(report, say, "support")


def _challenge(report: ClassReport, say: Wording) -> Section:
    return _flagged(report, say, "challenge")


def _flagged(report: ClassReport, say: Wording, flag: str) -> Section:
    compared = sum(each.person.key in report.signals for each in report.learners)
    lead = say(
        f"section.{flag}_lead", date=say.day(report.signals_as_of), n=compared, of=len(report.learners)
    )
    rows = tuple((say.name(each.person), signal.reasons) for each, signal in report.flagged(flag))
    return Section(
        flag,
        say(f"section.{flag}"),
        (lead if compared else say("section.not_compared"),),
        (table(say, "learner reasons", rows),),
        say("page.nothing") if compared else "",
    )


def _help(report: ClassReport, say: Wording) -> Section:
    open_ones = [(each, request) for each in report.learners for request in each.unanswered]
    rows = tuple(
        (
            say.name(each.person),
            say.day(request.asked),
            say.about(request),
            _since(report, request.asked, say),
        )
        for each, request in open_ones
    )
    n = sum(len(each.help) for each in report.learners)
    return _waiting("help", "learner asked about waiting", rows, n, len(rows), say)


def _overdue(report: ClassReport, say: Wording) -> Section:
    rows = tuple(
        (say.name(each.person), say.goal(goal), say.day(goal.due), say.days(goal.days_overdue or 0))
        for each in report.learners
        for goal in each.overdue
    )
    n = sum(goal.due is not None for each in report.learners for goal in each.goals)
    return _waiting("overdue", "learner goal due late", rows, n, len(rows), say)


def _feedback(report: ClassReport, say: Wording) -> Section:
    rows = tuple(
        (
            say.name(each.person),
            str(len(each.waiting)),
            say.day(each.waiting[-1].given),
            say.activity(each.waiting[-1].about),
        )
        for each in report.learners
        if each.waiting
    )
    n = sum(len(each.feedback) for each in report.learners)
    waiting = sum(len(each.waiting) for each in report.learners)
    return _waiting("feedback", "learner number newest about", rows, n, waiting, say)


def _waiting(name: str, columns: str, rows: Rows, n: int, open_ones: int, say: Wording) -> Section:
    lead = say(f"section.{name}_lead", n=n, open=open_ones)
    return Section(name, say(f"section.{name}"), (lead,), (table(say, columns, rows),), say("page.nothing"))


def _conversations(report: ClassReport, say: Wording) -> Section:
    rows = tuple(_conversation_row(report, each, say) for each in report.learners)
    lead = say("section.conversations_lead", n=sum(len(each.conversations) for each in report.learners))
    columns = "learner held ago kind agreed"
    return Section("conversations", say("section.conversations"), (lead,), (table(say, columns, rows),))


def _conversation_row(report: ClassReport, each: Followed, say: Wording) -> tuple[str, ...]:
    last = each.last_conversation
    if last is None:
        return (say.name(each.person), say("conversation.none"), "", "", "")
    agreed = say("page.unsaid") if last.agreed_actions is None else str(last.agreed_actions)
    ago = _since(report, last.held, say)
    return (say.name(each.person), say.day(last.held), ago, say(f"conversation.{last.kind}"), agreed)


def _since(report: ClassReport, day: date, say: Wording) -> str:
    return say.days((report.moment.as_of - day).days)


def _goals(report: ClassReport, say: Wording) -> Section:
    tables = tuple(made for each in report.learners for made in _goal_tables(each, say))
    return Section("goals", say("section.goals"), (say("section.goals_lead"),), tables, say("page.nothing"))


def _goal_tables(each: Followed, say: Wording) -> list[Table]:
    name = say.name(each.person)
    if not each.goals:
        return [Table((), (), say("caption.no_goals", name=name))]
    made = []
    if open_goals := each.open_goals:
        caption = say("caption.open_goals", name=name, n=len(open_goals))
        columns, rows = (
            "goal status progress level due evidence",
            tuple(_open_row(g, say) for g in open_goals),
        )
        made.append(table(say, columns, rows, caption=caption))
    if closed := each.closed_goals:
        caption = say("caption.closed_goals", name=name, n=len(closed))
        columns, rows = (
            "goal status progress level closed evidence",
            tuple(_closed_row(g, say) for g in closed),
        )
        made.append(table(say, columns, rows, caption=caption, aside=True))
    return made


def _open_row(goal: Goal, say: Wording) -> tuple[str, ...]:
    return (*_how_it_stands(goal, say), say.day(goal.due), str(goal.evidence))


def _closed_row(goal: Goal, say: Wording) -> tuple[str, ...]:
    return (*_how_it_stands(goal, say), say.day(goal.closed), str(goal.evidence))


def _how_it_stands(goal: Goal, say: Wording) -> tuple[str, ...]:
    return say.goal(goal), say(f"status.{goal.status}"), say.progress(goal), say.level(goal)

"""What both reports tell of learners: figures from the published tables, names and titles from the directory."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from lrs.directory.view import View
from projections.report.people.model import (
    Conversation,
    Feedback,
    Followed,
    Goal,
    HelpRequest,
    Moment,
    Person,
)
from projections.report.people.next_step import next_step
from projections.report.people.published import Published, Row


class _Found(NamedTuple):
    goals: list[Row]
    help: list[Row]
    feedback: list[Row]
    conversations: list[Row]


def follow(
    published: Published, view: View, learners: Collection[str], moment: Moment, language: str
) -> list[Followed]:
    """The learners, by name; whoever has none comes last. Raises MayNotSee for one whom the viewer may not see."""
    names = view.learner_names(learners)
    published.given(
        learners=sorted(learners),
        school_year=moment.school_year,
        first_day=moment.first_day,
        as_of=moment.as_of,
    )
    found = _Found(*(published.ask(name) if learners else [] for name in _Found._fields))
    titles = _titles(published, view, found, language)
    followed = [_one(Person(key, names.get(key)), found, titles, moment) for key in learners]
    return sorted(followed, key=lambda each: _order(each.person))


def _titles(published: Published, view: View, found: _Found, language: str) -> dict[str, str]:
    """Titles of all that is told of; a goal without one is called after the goals of a framework that it is tied to."""
    titles = view.goal_titles(_activities(found), language)
    untitled = sorted({row["goal_id"] for row in found.goals} - titles.keys())
    if not untitled:
        return titles
    tied = {r["goal_id"]: r["framework_goals"] for r in published.given(goals=untitled).ask("framework_of")}
    framework = view.goal_titles({each for goals in tied.values() for each in goals}, language)
    for goal, goals in tied.items():
        if named := [framework[each] for each in goals if each in framework]:
            titles[goal] = "; ".join(named)
    return titles


def _order(person: Person) -> tuple[bool, str, str]:
    return person.name is None, (person.name or "").casefold(), person.key


def _activities(found: _Found) -> set[str]:
    goals = {row["goal_id"] for row in found.goals}
    asked = {activity for row in found.help for activity in row["activities"] or ()}
    return goals | asked | {row["activity_id"] for row in found.feedback if row["activity_id"]}


def _one(person: Person, found: _Found, titles: dict[str, str], moment: Moment) -> Followed:
    def own(rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if row["learner_key"] == person.key]

    return Followed(
        person=person,
        goals=tuple(_goal(row, titles, moment) for row in own(found.goals)),
        help=tuple(_request(row, titles) for row in own(found.help)),
        feedback=tuple(
            Feedback(row["given_on"], titles.get(row["activity_id"]), row["acted_on"])
            for row in own(found.feedback)
        ),
        conversations=tuple(
            Conversation(row["held_on"], row["kind"], row["agreed_actions"])
            for row in own(found.conversations)
        ),
    )


def _goal(row: Row, titles: dict[str, str], moment: Moment) -> Goal:
    return Goal(
        id=row["goal_id"],
        title=titles.get(row["goal_id"]),
        shared=row["owner"] == "group",
        origin=row["origin"],
        status=row["status"],
        progress=row["progress"],
        parts_done=row["parts_done"],
        parts=row["parts"],
        level=row["level"],
        target_level=row["target_level"],
        start=row["start_day"],
        due=row["due_day"],
        closed=row["closed_day"],
        evidence=row["evidence"],
        days_overdue=row["days_overdue"],
        next_step=next_step(row, moment.as_of),
    )


def _request(row: Row, titles: dict[str, str]) -> HelpRequest:
    about = tuple(titles.get(activity) for activity in row["activities"] or ())
    return HelpRequest(row["asked_on"], about, row["answered_on"])

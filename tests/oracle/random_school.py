"""Random statements about what goes on in a school around learning: feedback, conversations, cycles, mini-lessons."""

from random import Random
from typing import Any

from tests.oracle.random_log import PEOPLE, Statement, moment
from tests.projections.a_statement import a_group, a_person, a_statement

CYCLE = ("asked-learning-question", "set-cycle-goal", "acted", "measured-effect", "decided")


def school_statements(seed: int, said: list[Statement]) -> list[Statement]:
    """Statements around those that were `said`."""
    choose = Random(f"school {seed}")
    found = [_feedback(choose, said) for _ in range(60)]
    found += [_acted_on(choose, found) for _ in range(40)]
    found += [_conversation(choose) for _ in range(40)]
    found += [_step(choose) for _ in range(40)]
    found += [_mini_lesson(choose) for _ in range(40)]
    return found + [_goal_of_a_team(choose) for _ in range(5)]


def _feedback(choose: Random, said: list[Statement]) -> Statement:
    more = _somewhere(choose)
    if choose.random() < 0.3:
        more["regulator"] = choose.choice(("peer", "teacher"))
    if choose.random() < 0.7:
        more["about"] = choose.choice(said)
    else:
        learner = choose.choice(PEOPLE)
        more |= choose.choice(
            ({"learner": learner}, {"object": {"objectType": "Agent", **a_person(learner)}})
        )
        more |= {"learner": learner} if choose.random() < 0.3 else {}
    by = choose.choice(("teacher", "teacher", *PEOPLE))
    return a_statement("gave-feedback", f"lesson:lesson{choose.randint(1, 3)}", moment(choose), by=by, **more)


def _acted_on(choose: Random, feedback: list[Statement]) -> Statement:
    about = choose.choice(feedback)
    named = choose.choice((about["context"].get("statement"), {"id": about["id"]}, None))
    more = {"about": named} if named else {}
    thing = f"lesson:lesson{choose.randint(1, 9)}"
    return a_statement("acted-on-feedback", thing, moment(choose), by=choose.choice(PEOPLE), **more)


def _conversation(choose: Random) -> Statement:
    more = _somewhere(choose) | {"parent": choose.choice(("coachgesprek:talk", "driehoeksgesprek:talk"))}
    if choose.random() < 0.5:
        more["agreed_actions"] = choose.randint(0, 3)
    if choose.random() < 0.5:
        more["duration"] = f"PT{choose.randint(5, 30)}M"
    with_whom = choose.choice(PEOPLE)
    if choose.random() < 0.5:
        more["object"] = {"objectType": "Agent", **a_person(with_whom)}
    else:
        more["learner"] = with_whom
    by: Any = choose.choice(("teacher", "teacher", with_whom, a_group("parents", with_whom, "mum")))
    return a_statement(
        choose.choice(("talked-with", "mentored")), "lesson:talk", moment(choose), by=by, **more
    )


def _step(choose: Random) -> Statement:
    more = _somewhere(choose)
    if choose.random() < 0.6:
        more["evidence_source"] = choose.choice(("digital", "test", "observation"))
    if choose.random() < 0.3:
        more["intervention"] = {
            "id": f"i{choose.randint(1, 2)}",
            "date": choose.choice(("2025-10-20", "2025-11-12", "2025-12-08", "2026-01-05")),
            "classes": ["3a", "4z"],
            "comparisonClasses": ["3b"],
            "indicator": choose.choice(("help_seeking_rate", "goal_setting_rate", "spacing")),
        }
    by: Any = choose.choice(("teacher", "colleague", a_group("plg", "teacher", "colleague")))
    cycle = f"quality-cycle:cycle{choose.randint(1, 5)}"
    return a_statement(choose.choice(CYCLE), cycle, moment(choose), by=by, **more)


def _goal_of_a_team(choose: Random) -> Statement:
    team = a_group("plg", "teacher", "colleague")
    return a_statement("planned", f"goal:team{choose.randint(1, 3)}", moment(choose), by=team)


def _mini_lesson(choose: Random) -> Statement:
    more = _somewhere(choose) | {"grouping": "mini-lesson:m"}
    if choose.random() < 0.7:
        more["skill"] = choose.choice(("plannen", "reflecteren"))
    by: Any = choose.choice(("teacher", *PEOPLE, a_group("team", "ann", "bob")))
    if choose.random() < 0.3:
        return a_statement("attended", "lesson:m1", moment(choose), by=by, **more)
    if choose.random() < 0.5:
        more["learner"] = choose.choice(PEOPLE)
    elif choose.random() < 0.5:
        more["object"] = {"objectType": "Agent", **a_person(choose.choice(PEOPLE))}
    return a_statement("mentored", "lesson:m1", moment(choose), by=by, **more)


def _somewhere(choose: Random) -> Statement:
    return {"school": choose.choice(("east", "12345", "south", "west"))} if choose.random() < 0.5 else {}

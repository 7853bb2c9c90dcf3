"""Work handed in, feedback on it from the teacher and from a classmate, and what the learner does with that."""

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY, HOUR, MINUTE
from lrs.simulate.learner_state import Feedback, LearnerState
from lrs.simulate.platforms import LEERPLEIN, activity
from lrs.simulate.timetable import Session

_WEEKS_BETWEEN_WORKS = 3
_FROM_TEACHER = (
    "Je opbouw is duidelijk. Onderbouw je besluit nog met een voorbeeld.",
    "Sterk begin. In je tweede deel ontbreken nog je bronnen.",
    "Je werkt nauwkeurig. Probeer de volgende keer een eigen voorbeeld toe te voegen.",
)
_FROM_MATE = (
    "Ik vond je uitleg duidelijk.",
    "Misschien kan je er een tekening bij zetten.",
    "Je laatste zin snapte ik niet.",
)


def hand_in_work(state: LearnerState, session: Session) -> None:
    """Every third week, at home: a piece of work for a goal of the period; the teacher reacts some days later."""
    if (
        session.lesson is not None
        or session.week.number % _WEEKS_BETWEEN_WORKS
        or state.worked_in == session.week.number
    ):
        return
    state.worked_in = session.week.number
    planned = state.chance.choice(state.class_year.period_goals(session.week))
    name = state.agent(LEERPLEIN)["account"]["name"]
    iri = f"{LEERPLEIN.home_page}/werk/{name}/{state.year.first}/{session.week.number}"
    work = activity(iri, v.SCHOOL_ASSIGNMENT, f"Werkstuk: {planned.framework.theme}")
    goal = next((g for g in state.goals if g.id == planned.id), None)
    minutes = state.chance.randint(6, 14)
    at = session.after(minutes)
    handed_in = state.say(
        at,
        v.COMPLETED,
        work,
        result={"completion": True, "duration": f"PT{minutes}M"},
        **({"contextActivities": {"grouping": [goal.mentioned]}} if goal else {}),
    )
    if goal:
        goal.worked_on(at)
    state.did["works"] += 1
    _teacher_reacts(state, session, work, handed_in)
    state.for_mates.append((work, handed_in))


def _teacher_reacts(state: LearnerState, session: Session, work: dict[str, object], handed_in: str) -> None:
    if state.chance.random() < 0.12:
        return
    day = session.day
    for _ in range(state.chance.randint(1, 7)):
        day = state.year.next_school_day(day)
    at = day * DAY + 16 * HOUR + state.chance.randrange(80) * MINUTE
    if at < session.end:
        return
    teacher = state.class_year.one.teachers[1]
    given = state.say_about(
        at,
        teacher.agent,
        v.GAVE_FEEDBACK,
        work,
        result={"response": state.chance.choice(_FROM_TEACHER)},
        statement={"objectType": "StatementRef", "id": handed_in},
        extensions={v.REGULATOR: "teacher", v.PURPOSE: "formative"},
    )
    state.did["feedback_from_teacher"] += 1
    state.feedback.append(Feedback(at, work, given))


def give_peer_feedback(state: LearnerState, session: Session, mates: list[LearnerState]) -> None:
    """In a lesson the learner reads a classmate's work, if there is any new."""
    for mate in mates:
        if mate.for_mates and session.lesson is not None:
            work, handed_in = mate.for_mates.pop()
            at = session.after(2.5)
            given = state.say(
                at,
                v.GAVE_FEEDBACK,
                work,
                result={"response": state.chance.choice(_FROM_MATE)},
                statement={"objectType": "StatementRef", "id": handed_in},
                extensions={v.REGULATOR: "peer", v.PURPOSE: "formative"},
            )
            state.did["peer_feedback_given"] += 1
            mate.feedback.append(Feedback(at, work, given))
            return


def act_on_feedback(state: LearnerState, session: Session) -> None:
    """What came in since the last session is used, or not."""
    arrived = [one for one in state.feedback if one.at < session.start]
    state.feedback = [one for one in state.feedback if one.at >= session.start]
    for one in arrived:
        if state.chance.random() < 0.6:
            reference = {"objectType": "StatementRef", "id": one.statement_id}
            state.say(session.after(2), v.ACTED_ON_FEEDBACK, one.work, statement=reference)
            state.did["feedback_acted_on"] += 1

"""A request for help after two failures in a row, and the answer of a teacher or a classmate."""

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY, HOUR, MINUTE
from lrs.simulate.exercise import Exercise
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import LEERPLEIN, Agent, activity
from lrs.simulate.seeded import seeded_id
from lrs.simulate.timetable import Session

_UNANSWERED = 0.08
_QUESTIONS = (
    "Ik snap de tweede stap niet. Kan je die eens tonen?",
    "Waarom is mijn antwoord fout?",
    "Ik weet niet hoe ik hieraan moet beginnen.",
    "Welke regel heb ik hier nodig?",
)
_ANSWERS = (
    "Kijk eens naar het voorbeeld op je bronnenblad en probeer de eerste stap opnieuw.",
    "Je aanpak klopt, maar lees de opgave nog eens: wat wordt er gevraagd?",
    "Kom in het contractuur even langs, dan bekijken we het samen.",
    "Teken eerst wat je weet. Welke stap ontbreekt er dan?",
)


def ask_for_help(state: LearnerState, session: Session, exercise: Exercise) -> None:
    """The learner asks in a lesson a classmate or the teacher, at home the teacher; most get an answer."""
    at = session.after(state.chance.uniform(0.5, 2))
    number = state.did["help_asked"] = state.did["help_asked"] + 1
    iri = f"{LEERPLEIN.home_page}/vraag/{seeded_id(state.learner.agents[LEERPLEIN.name]['account']['name'], number)}"
    doubt = activity(iri, v.DOUBT, f"Vraag over {exercise.title}")
    mate = _classmate(state, session)
    request = state.say(
        at,
        v.ASKED if mate else v.REQUESTED_ATTENTION,
        doubt,
        result={"response": state.chance.choice(_QUESTIONS)},
        contextActivities={"parent": [exercise.thing]},
        statement={"objectType": "StatementRef", "id": exercise.failed_id},
    )
    answered = _answer_time(state, session, at)
    if answered is None:
        return
    who = mate or state.class_year.one.teachers[0].agent
    result = {"response": state.chance.choice(_ANSWERS)}
    about = {"objectType": "StatementRef", "id": request}
    state.say_about(answered, who, v.REPLIED, doubt, result=result, statement=about)
    state.did["help_answered"] += 1
    exercise.helped = True


def _classmate(state: LearnerState, session: Session) -> Agent | None:
    """Someone of the working group, in half of the questions in a lesson where any of them is there."""
    here = [mate for mate in state.mates if mate.id in state.present] if session.lesson is not None else []
    if not here or state.chance.random() < 0.5:
        return None
    return state.chance.choice(here).agents[LEERPLEIN.name]


def _answer_time(state: LearnerState, session: Session, asked: int) -> int | None:
    if state.chance.random() < _UNANSWERED:
        return None
    if session.lesson is not None:
        # Before the hour is over: the answerer is in the room.
        return min(asked + state.chance.randint(1, 6) * MINUTE, max(session.end, asked + MINUTE // 2))
    day = state.year.next_school_day(session.day)
    at = day * DAY + 15 * HOUR + state.chance.randrange(90) * MINUTE
    return at if at > asked else None

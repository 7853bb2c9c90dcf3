"""Conversations, and what a learner says about himself: coach talk, three-way talk, motivation, emotion, own notes."""

from lrs.simulate import vocabulary as v
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import LEERPLEIN, activity
from lrs.simulate.timetable import Session

_TALK_EVERY = 3
_SCALE = {"min": -1, "max": 1}


def talk_with_coach(state: LearnerState, session: Session) -> None:
    """In a lesson, every third week; before Christmas and before Easter with the parents, as a three-way talk."""
    period = state.class_year.period_of.get(session.week.number)
    if session.lesson is None or period is None:
        return
    # Learners take their turns: a coach does not see them all in one hour.
    if session.week.number - state.last_talk < _TALK_EVERY + (
        state.learner.number % 2 if state.last_talk < 0 else 0
    ):
        return
    first = state.last_talk < 0
    if first and session.week.number % _TALK_EVERY != state.learner.number % _TALK_EVERY:
        return
    state.last_talk = session.week.number
    three_way = period in (2, 4) and not state.did[f"three_way_{period}"]
    state.did[f"three_way_{period}" if three_way else "coach_conversations"] += 1
    _tell_talk(state, session, three_way)


def _tell_talk(state: LearnerState, session: Session, three_way: bool) -> None:
    kind, title = (v.THREE_WAY_TALK, "Driehoeksgesprek") if three_way else (v.COACH_TALK, "Coachgesprek")
    slug = title.lower()
    state.say(
        session.after(8),
        v.TALKED_WITH,
        state.class_year.one.coach.agent,
        result={"duration": "PT8M", "extensions": {v.AGREED_ACTIONS: state.chance.randint(1, 3)}},
        contextActivities={"category": [activity(f"{LEERPLEIN.home_page}/{slug}", kind, title)]},
    )


def report_motivation(state: LearnerState, session: Session) -> None:
    """In the week's last hour: how much the learner feels like it; every other week also how the learner feels."""
    if session.lesson != 1:
        return
    drift = 0.12 * state.chance.gauss(0, 1)
    felt = round(min(1.0, max(-1.0, 1.8 * state.traits.motivation - 0.9 + drift)), 2)
    _rate(state, session, v.MOTIVATION, "Zin om te leren", felt)
    state.did["motivation_reports"] += 1
    state.sums["motivation"] += felt
    if session.week.number % 2:
        mood = round(min(1.0, max(-1.0, state.mood + 0.3 * state.chance.gauss(0, 1))), 2)
        _rate(state, session, v.EMOTION, "Hoe voel je je in de klas?", mood)


def _rate(state: LearnerState, session: Session, kind: str, title: str, value: float) -> None:
    thing = activity(f"{LEERPLEIN.home_page}/peiling/{kind.rsplit('/', 1)[1]}", kind, title)
    result = {"score": {"scaled": value}, "extensions": {v.RATING_SCALE: _SCALE}}
    state.say(session.after(0.3), v.RATED, thing, result=result)


def look_at_progress(state: LearnerState, session: Session) -> None:
    """Often the first thing that a learner does; now and then with a note."""
    if state.chance.random() > 0.35:
        return
    view = activity(f"{LEERPLEIN.home_page}/mijn-voortgang", v.PROGRESS_VIEW, "Mijn voortgang")
    seen = state.say(session.after(0.4), v.VIEWED, view)
    state.did["progress_views"] += 1
    if state.chance.random() < 0.04:
        about = {"objectType": "StatementRef", "id": seen}
        note = {"response": "Dit klopt niet: ik werkte die week op papier."}
        state.say(session.after(0.8), v.COMMENTED, view, result=note, statement=about)


def attend_mini_lesson(state: LearnerState, session: Session) -> None:
    """After the intervention of the team: three lessons start with a mini-lesson in planning, in the treated class."""
    year = state.class_year
    if session.lesson is None or not year.is_treated(session.start) or state.did["mini_lessons"] >= 3:
        return
    lesson = activity(
        f"{LEERPLEIN.home_page}/mini-les/leren-plannen", v.MINI_LESSON, "Mini-les: leren plannen"
    )
    state.say(
        session.after(1),
        v.ATTENDED,
        lesson,
        instructor=year.one.coach.agent,
        extensions={v.SKILL: "plannen"},
        contextActivities={"category": [lesson]},
    )
    state.did["mini_lessons"] += 1

"""What learners look at and do besides exercises: videos, cmi5 lessons, work on paper, something extra."""

from typing import Any

from lrs.simulate import vocabulary as v
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import KIJKKLAS, LEERPLEIN, OEFENHOEK, activity, service
from lrs.simulate.seeded import seeded_id
from lrs.simulate.timetable import Session

_VIDEO = "https://w3id.org/xapi/video"
_ROUTES = (("basis", "Basisroute"), ("verdieping", "Verdiepingsroute"), ("herhaling", "Herhalingsroute"))
_CMI5 = "https://w3id.org/xapi/cmi5/context"


def study(state: LearnerState, session: Session) -> None:
    """One piece of material a session."""
    luck = state.chance.random()
    if luck < 0.28:
        watch_video(state, session)
    elif luck < 0.45:
        take_cmi5_lesson(state, session)
    elif luck < 0.6:
        work_on_paper(state, session)
    if state.habits["extra"].says_yes(0.05 + 0.4 * state.traits.motivation):
        explore(state, session)


def _theme(state: LearnerState, session: Session) -> tuple[str, str]:
    goal = state.chance.choice(state.class_year.period_goals(session.week)).framework
    return goal.code.lower(), goal.theme


def watch_video(state: LearnerState, session: Session) -> None:
    """By the xAPI Video Profile 1.0: played, paused, perhaps seeked, played on, completed."""
    code, theme = _theme(state, session)
    number = state.chance.randint(1, 6)
    video = activity(
        f"{KIJKKLAS.home_page}/film/{code}/{number}", v.VIDEO, f"Instructiefilm {number}: {theme}"
    )
    length = 180 + 30 * (number % 5)
    pause = state.chance.randrange(30, length - 60)
    viewing = seeded_id(
        state.class_year.seed, state.learner.id, "viewing", session.start, state.did["videos"]
    )
    steps = [
        ("played", v.PLAYED, {"time": 0}, 0.2),
        ("paused", v.PAUSED, _segment(0, pause, length), pause / 60),
    ]
    if state.chance.random() < 0.3:
        back = pause - state.chance.randrange(10, 30)
        steps.append(("seeked", v.SEEKED, {"time-from": pause, "time-to": back}, 0.2))
        pause = back
    steps.append(("played", v.PLAYED, {"time": pause}, 0.2))
    steps.append(("completed", v.COMPLETED, _segment(pause, length, length), (length - pause) / 60))
    for name, verb, extensions, minutes in steps:
        result: dict[str, Any] = {
            "extensions": {f"{_VIDEO}/extensions/{k}": x for k, x in extensions.items()}
        }
        if name == "completed":
            result |= {"completion": True, "duration": f"PT{length}S"}
        _video_statement(state, session, session.after(minutes), verb, video, result, viewing, length)
    state.did["videos"] += 1
    if state.chance.random() < state.trail.rates.mistaken:
        _video_withdrawn(state, session, video, viewing, length)


def _segment(start: int, end: int, length: int) -> dict[str, Any]:
    return {"time": end, "progress": round(end / length, 3), "played-segments": f"{start}[.]{end}"}


def _video_statement(
    state: LearnerState,
    session: Session,
    at: int,
    verb: dict[str, Any],
    video: dict[str, Any],
    result: dict[str, Any],
    viewing: str,
    length: int,
) -> str:
    return state.trail.say(
        at,
        state.agent(KIJKKLAS),
        verb,
        video,
        KIJKKLAS,
        result=result,
        contextActivities={"category": [{"id": _VIDEO}]},
        extensions={f"{_VIDEO}/extensions/session-id": viewing, f"{_VIDEO}/extensions/length": length},
        delay=session.delay,
    )


def _video_withdrawn(
    state: LearnerState, session: Session, video: dict[str, Any], viewing: str, length: int
) -> None:
    """The platform took a click for a viewing, and withdraws it; without a connection perhaps before it is sent."""
    result = {"extensions": {f"{_VIDEO}/extensions/time": 0}}
    wrong = _video_statement(state, session, session.after(0.2), v.PLAYED, video, result, viewing, length)
    void = {"objectType": "StatementRef", "id": wrong}
    state.trail.say(session.after(0.2), service(KIJKKLAS), v.VOIDED, void, KIJKKLAS)
    state.did["mistakes_withdrawn"] += 1


def take_cmi5_lesson(state: LearnerState, session: Session) -> None:
    """By cmi5 (Quartz): launched, initialized, completed, perhaps passed, terminated."""
    code, theme = _theme(state, session)
    unit = activity(
        f"{OEFENHOEK.home_page}/les/{code}/{state.chance.randint(1, 8)}", v.LESSON, f"Les: {theme}"
    )
    ids = (state.class_year.seed, state.learner.id, "lesson", session.start, state.did["cmi5_lessons"])
    extensions: dict[str, Any] = {f"{_CMI5}/extensions/sessionid": seeded_id(*ids, "session")}
    seconds = state.chance.randint(240, 600)
    score = round(state.chance.uniform(0.5, 1), 2)
    steps: list[tuple[dict[str, Any], dict[str, Any] | None, float]] = [
        (v.LAUNCHED, None, 0.1),
        (v.INITIALIZED, None, 0.2),
        (v.COMPLETED, {"completion": True, "duration": f"PT{seconds}S"}, seconds / 60),
        (v.TERMINATED, {"duration": f"PT{seconds + 20}S"}, 0.3),
    ]
    if score >= 0.6:
        passed = {"score": {"scaled": score}, "success": True, "duration": f"PT{seconds}S"}
        steps.insert(3, (v.PASSED, passed, 0.1))
    for verb, result, minutes in steps:
        category = [{"id": f"{_CMI5}/categories/cmi5"}]
        if verb in (v.COMPLETED, v.PASSED):
            category.append({"id": f"{_CMI5}/categories/moveon"})
        state.trail.say(
            session.after(minutes),
            state.agent(OEFENHOEK),
            verb,
            unit,
            OEFENHOEK,
            result=result,
            registration=seeded_id(*ids),
            contextActivities={"category": category, "grouping": [_course(code)]},
            extensions=extensions | (_launch(unit) if verb is v.LAUNCHED else {}),
            delay=session.delay,
        )
    state.did["cmi5_lessons"] += 1


def _course(code: str) -> dict[str, Any]:
    return {"objectType": "Activity", "id": f"{OEFENHOEK.home_page}/cursus/{code}"}


def _launch(unit: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{_CMI5}/extensions/launchmode": "Normal",
        f"{_CMI5}/extensions/launchurl": unit["id"],
        f"{_CMI5}/extensions/moveon": "CompletedOrPassed",
    }


def work_on_paper(state: LearnerState, session: Session) -> None:
    """Work that no platform saw, typed in by the learner afterwards."""
    code, theme = _theme(state, session)
    sheet = activity(f"{LEERPLEIN.home_page}/blad/{code}", v.SCHOOL_ASSIGNMENT, f"Werkblad {theme}")
    minutes = state.chance.randint(6, 14)
    goal = next(
        (g for g in state.goals if g.origin == "assigned" and not g.items and g.outcome is None), None
    )
    at = session.after(minutes)
    state.say(
        at,
        v.OFFLINE,
        sheet,
        result={"duration": f"PT{minutes}M"},
        extensions={v.BY_HAND: 15, v.EVIDENCE_SOURCE: "portfolio"},
        **({"contextActivities": {"other": [goal.mentioned]}} if goal else {}),
    )
    if goal:
        goal.worked_on(at)


def explore(state: LearnerState, session: Session) -> None:
    """Something that nobody asked for, which motivation makes more of."""
    code, theme = _theme(state, session)
    extra = activity(f"{OEFENHOEK.home_page}/verdieping/{code}", v.LESSON, f"Verdieping: {theme}")
    at, agent = session.after(1.5), state.agent(OEFENHOEK)
    state.trail.say(at, agent, v.EXPERIENCED, extra, OEFENHOEK, delay=session.delay)
    state.did["extras"] += 1


def choose_route(state: LearnerState, session: Session) -> None:
    """Now and then the contract leaves a choice: more practice, the usual, or something harder."""
    if state.chance.random() > 0.15:
        return
    slug, title = state.chance.choice(_ROUTES)
    route = activity(f"{LEERPLEIN.home_page}/route/{slug}", v.ROUTE_TYPE, title, extensions={v.ROUTE: slug})
    state.say(session.after(0.3), v.SELECTED, route)
    state.did["routes_chosen"] += 1

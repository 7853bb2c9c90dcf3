"""Contract work: a contract with a checklist every week, ticked at school and at home, closed in the last lesson."""

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY
from lrs.simulate.class_year import ITEMS, Contract
from lrs.simulate.goal import ACHIEVED, DROPPED, NOT_ACHIEVED, Goal
from lrs.simulate.goal_outcome import close
from lrs.simulate.goal_setting import assigned
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.timetable import Session

_REFLECTIONS = (
    "Ik ben op maandag al begonnen en dat gaf rust.",
    "Ik heb te lang aan de eerste taak gewerkt. Volgende week zet ik er een tijd bij.",
    "Samenwerken ging goed, alleen werken was moeilijker.",
    "Ik had mijn planning niet bekeken en vergat een taak.",
    "De oefeningen lukten nadat ik de film opnieuw bekeken had.",
)


def assign_contract(state: LearnerState, contract: Contract, at: int) -> None:
    """The coach hands out the contract when the week starts."""
    goal = Goal(
        contract.id,
        contract.title,
        "week",
        "assigned",
        at,
        due=contract.due,
        fate=_fate(state),
        close_by=contract.due,
        items=ITEMS,
    )
    extensions = {v.HORIZON: "week", v.DUE_DATE: state.year.text(contract.due), v.CHECKLIST_SIZE: ITEMS}
    coach = state.class_year.one.coach
    state.say(at, v.ASSIGNED, goal.thing, extensions=extensions, instructor=coach.agent)
    assigned(state, goal)


def _fate(state: LearnerState) -> str:
    luck = state.chance.random() - 0.2 * (state.traits.ability - 0.5)
    if luck < 0.8:
        return ACHIEVED
    return "late" if luck < 0.9 else (NOT_ACHIEVED if luck < 0.96 else DROPPED)


def tick_an_item(state: LearnerState, session: Session) -> None:
    """The learner does one item of an open contract and ticks it; one that will fail keeps an item open."""
    for goal in state.goals:
        limit = goal.items if goal.fate == ACHIEVED else goal.items - 1
        if goal.items and len(goal.ticked) < limit and state.chance.random() < 0.75:
            _tick(state, session, goal)


def _tick(state: LearnerState, session: Session, goal: Goal) -> None:
    number = min(set(range(ITEMS)) - goal.ticked)
    at = session.after(state.chance.uniform(1, 3))
    state.say(
        at,
        v.COMPLETED,
        state.class_year.items[goal.id][number],
        extensions={v.CHECKLIST: goal.id, v.CHECKLIST_SIZE: goal.items},
        contextActivities={"parent": [goal.mentioned]},
    )
    goal.ticked.add(number)
    goal.worked_on(at)
    state.did["items_ticked"] += 1


def close_contracts(state: LearnerState, session: Session) -> None:
    """A contract is closed in the last hour of work before it is due: kept, kept later, not kept, or dropped."""
    for goal in [g for g in state.goals if g.items and g.close_by <= state.next_start]:
        if goal.fate == "late":
            goal.fate, goal.close_by = ACHIEVED, goal.close_by + 7 * DAY
            continue
        while goal.fate == ACHIEVED and len(goal.ticked) < goal.items:
            _tick(state, session, goal)
        close(state, goal, goal.fate, session.after(0.5))
        state.goals.remove(goal)
        state.finished.append(goal)
        if state.chance.random() < 0.5:
            reflect(state, session, goal)


def reflect(state: LearnerState, session: Session, goal: Goal) -> None:
    text = state.chance.choice(_REFLECTIONS)
    state.say(session.after(2), v.REFLECTED, goal.thing, result={"response": text})
    state.did["reflections"] += 1

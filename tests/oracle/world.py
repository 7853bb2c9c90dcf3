"""All that oracles know of a log, each part read once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from lrs.feed import LoggedEvent
from tests.oracle.at_week_end import AtWeekEnd
from tests.oracle.attainment import attainment, attainment_level
from tests.oracle.autonomy import Autonomy
from tests.oracle.coverage import Coverage
from tests.oracle.effects import effect
from tests.oracle.facts import Facts
from tests.oracle.frames import Frames
from tests.oracle.goals import Goals
from tests.oracle.indicators import indicator, periodicity
from tests.oracle.interventions import Interventions
from tests.oracle.learner import Learner
from tests.oracle.log import Log
from tests.oracle.logs import events
from tests.oracle.quality_cycles import quality_cycle
from tests.oracle.rok import rok_evidence
from tests.oracle.roster import Roster
from tests.oracle.rows import Row
from tests.oracle.school_days import SchoolDays
from tests.oracle.school_figures import school_indicator
from tests.oracle.school_people import SchoolPeople
from tests.oracle.school_teachers import SchoolTeachers
from tests.oracle.side_effects import SideEffects
from tests.oracle.signals import Signals
from tests.oracle.terms import school_term
from tests.oracle.views import Views

# What school_indicator is made of.
SHOWN = ("inclusion", "attainment", "side_effects", "feedback", "evaluation_mix", "quality_cycle")


@dataclass
class World:
    events: Sequence[LoggedEvent]

    @cached_property
    def log(self) -> Log:
        return Log(self.events)

    @cached_property
    def roster(self) -> Roster:
        return Roster(self.events)

    @cached_property
    def frames(self) -> Frames:
        return Frames(self.events)

    @cached_property
    def goals(self) -> Goals:
        return Goals(self.log, self.roster, self.learners)

    @cached_property
    def learners(self) -> dict[str, Learner]:
        return {key: Learner(self.log, key) for key in self.log.learners}

    @cached_property
    def days(self) -> SchoolDays:
        return SchoolDays(self.events)

    @cached_property
    def people(self) -> SchoolPeople:
        return SchoolPeople(self.log, self.roster, self.days, self.learners)

    @cached_property
    def teachers(self) -> SchoolTeachers:
        return SchoolTeachers(self.people)

    @cached_property
    def views(self) -> Views:
        return Views(self.goals, self.facts, self.people, self.signals)

    @cached_property
    def coverage(self) -> Coverage:
        return Coverage(self.frames, self.facts, self.people)

    @cached_property
    def week_end(self) -> AtWeekEnd:
        return AtWeekEnd(self.goals, self.days, self.people.roles)

    @cached_property
    def burdens(self) -> SideEffects:
        return SideEffects(self.goals, self.facts, self.people)

    @cached_property
    def interventions(self) -> Interventions:
        return Interventions(self.people)

    @cached_property
    def indicators(self) -> list[Row]:
        return list(indicator(self.learners.values()))

    @property
    def sufficient(self) -> dict[tuple[str, str, date], float]:
        return {
            (row["learner_key"], row["indicator"], row["window_end"]): row["value"]
            for row in self.indicators
            if row["sufficient"] and row["value"] is not None
        }

    @cached_property
    def changes(self) -> list[Row]:
        return list(self.interventions.effect_change(self.sufficient))

    @cached_property
    def figures(self) -> list[Row]:
        return list(school_indicator({name: list(TABLES[name](self)) for name in SHOWN}))

    @cached_property
    def signals(self) -> Signals:
        return Signals(self.people, self.week_end)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.log, self.learners, self.frames)


@cache
def world(name: str) -> World:
    """What the oracle knows of the log of that name."""
    return World(events(name))


# table -> its rows, by the oracle
TABLES: dict[str, Callable[[World], Iterable[Row]]] = {
    "enrolment": lambda world: world.roster.enrolment(),
    "roster_person": lambda world: world.roster.roster_person(),
    "learner_school": lambda world: world.roster.learner_school(),
    "goal_event": lambda world: world.facts.goal_event(),
    "goal": lambda world: world.facts.goal(),
    "regulation_event": lambda world: world.facts.regulation_event(),
    "help_event": lambda world: world.facts.help_event(),
    "feedback_event": lambda world: world.facts.feedback_event(),
    "conversation_event": lambda world: world.facts.conversation_event(),
    "cycle_event": lambda world: world.facts.cycle_event(),
    "framework_coverage": lambda world: world.coverage.framework_coverage(),
    "stretch": lambda world: world.goals.stretch(),
    "planned_activity": lambda world: world.goals.planned_activity(),
    "session": lambda world: world.goals.session(),
    "goal_status": lambda world: world.goals.goal_status(),
    "goal_round": lambda world: world.goals.goal_round(),
    "goal_part": lambda world: world.goals.goal_part(),
    "goal_evidence": lambda world: world.goals.goal_evidence(),
    "goal_level": lambda world: world.goals.goal_level(),
    "goal_work": lambda world: world.goals.goal_work(),
    "goal_progress": lambda world: world.goals.goal_progress(),
    "goal_history": lambda world: world.goals.goal_history(),
    "goal_route": lambda world: world.goals.goal_route(),
    "school_term": lambda world: school_term(world.days),
    "closed_year": lambda world: world.days.closed_year(),
    "learner_day": lambda world: world.people.learner_day(),
    "school_role": lambda world: world.people.roles.school_role(),
    "school_learner": lambda world: world.people.school_learner(),
    "school_teacher": lambda world: world.teachers.school_teacher(),
    "school_group": lambda world: world.people.school_group(),
    "periodicity_day": lambda world: periodicity(world.learners.values(), 24),
    "periodicity_week_hour": lambda world: periodicity(world.learners.values(), 168),
    "periodicity_week": lambda world: periodicity(world.learners.values(), 7, by_day=True),
    "side_effects": lambda world: world.burdens.side_effects(),
    "quality_cycle": lambda world: quality_cycle(world.people),
    "attainment": lambda world: attainment(world.week_end),
    "attainment_level": lambda world: attainment_level(world.week_end),
    "intervention": lambda world: world.interventions.intervention(),
    "effect_change": lambda world: world.changes,
    "effect": lambda world: effect(world.interventions, world.changes),
    "goal_at_week_end": lambda world: world.week_end.rows,
    "professional_learning": lambda world: world.teachers.professional_learning(),
    "autonomy_support": lambda world: Autonomy(world.facts, world.people).autonomy_support(),
    "learner_signal": lambda world: world.signals.learner_signal(),
    "inclusion": lambda world: world.views.inclusion(),
    "feedback": lambda world: world.views.feedback(),
    "evaluation_mix": lambda world: world.views.evaluation_mix(),
    "school_indicator": lambda world: world.figures,
    "rok_evidence": lambda world: rok_evidence(world.views.inclusion(), world.figures),
    "indicator": lambda world: world.indicators,
}

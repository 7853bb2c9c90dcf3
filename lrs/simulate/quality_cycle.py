"""A team's year: goals of its own, a quality cycle from question to decision, an intervention in one of two classes."""

from typing import Any

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY, HOUR, MINUTE, SchoolYear
from lrs.simulate.class_year import Intervention, intervention_of
from lrs.simulate.platforms import LEERPLEIN, activity
from lrs.simulate.school_group import SchoolClass, team_of
from lrs.simulate.seeded import seeded_id, stream
from lrs.simulate.trail import Trail

_QUESTION = "Stellen leerlingen zichzelf meer doelen als we tonen hoe je plant?"
# School weeks before (-) and after the intervention.
_STEPS = (
    (-6, "question", v.ASKED_QUESTION, _QUESTION),
    (-5, "goal", v.SET_CYCLE_GOAL, "Elke leerling stelt minstens om de twee weken een eigen doel."),
    (
        0,
        "action",
        v.ACTED,
        "Drie mini-lessen plannen in de ene klas, de andere klas werkt voort zoals voorheen.",
    ),
    (6, "effect", v.MEASURED, "Zes weken ervoor en erna vergeleken in beide klassen."),
    (7, "decision", v.DECIDED, "We bespreken op het team of de mini-lessen er voor alle klassen komen."),
)
_MEETING = 16 * HOUR + 15 * MINUTE


class TeamYear:
    """What the team of two parallel classes records, day by day."""

    def __init__(self, seed: int, even: SchoolClass, year: SchoolYear, trail: Trail) -> None:
        self.one = even
        self.year = year
        self.trail = trail
        self.chance = stream(seed, "team", even.number)
        self.intervention: Intervention = intervention_of(even, year)
        self.team = self._team(seed)
        self.plan = self._plan()

    def live(self, day: int) -> None:
        """What the team does on a day; on most days nothing."""
        for at, actor, verb, thing, context in self.plan.pop(day, []):
            place = {v.SCHOOL: self.one.school.id, **context.pop("extensions", {})}
            self.trail.say(at, actor, verb, thing, LEERPLEIN, extensions=place, **context)

    def _team(self, seed: int) -> dict[str, Any]:
        account = {
            "homePage": LEERPLEIN.home_page,
            "name": "team-" + seeded_id(seed, "team", self.one.number)[:8],
        }
        members = [teacher.agent for teacher in team_of(self.one)]
        return {"objectType": "Group", "account": account, "member": members}

    def _plan(self) -> dict[int, list[tuple[int, Any, Any, Any, dict[str, Any]]]]:
        plan: dict[int, list[tuple[int, Any, Any, Any, dict[str, Any]]]] = {}
        for entry in [*self._cycle(), *self._professional_learning()]:
            plan.setdefault(entry[0] // DAY, []).append(entry)
        return plan

    def _cycle(self) -> list[tuple[int, Any, Any, Any, dict[str, Any]]]:
        weeks = self.year.school_weeks
        start = next(n for n, w in enumerate(weeks) if w.monday * DAY >= self.intervention.at - 8 * HOUR)
        iri = f"{LEERPLEIN.home_page}/kwaliteitscyclus/{self.intervention.id.rsplit('/', 1)[1]}"
        thing = activity(iri, v.QUALITY_CYCLE, _QUESTION)
        found = []
        for offset, step, verb, text in _STEPS:
            day = self._meeting_day(weeks[start + offset].school_days, first=step == "action")
            found.append((self._at(day), self.team, verb, thing, self._told(step, text)))
        return found

    def _told(self, step: str, text: str) -> dict[str, Any]:
        told: dict[str, Any] = {"result": {"response": text}}
        if step == "goal":
            told["extensions"] = {v.DUE_DATE: self.year.text((self.year.days - 10) * DAY)}
        elif step == "action":
            told["extensions"] = {v.INTERVENTION: self.stated_intervention()}
        elif step == "effect":
            told["extensions"] = {v.EVIDENCE_SOURCE: "digital"}
        return told

    def stated_intervention(self) -> dict[str, Any]:
        """The intervention as the team states it: what it truly does is not known to them."""
        one = self.intervention
        return {
            "id": one.id,
            "date": self.year.date(one.at // DAY).isoformat(),
            "classes": [one.treated],
            "comparisonClasses": [one.comparison],
            "indicator": one.indicator,
        }

    def _professional_learning(self) -> list[tuple[int, Any, Any, Any, dict[str, Any]]]:
        """In September each teacher sets a goal; at the end of each period the team looks back."""
        found = []
        for number, teacher in enumerate(team_of(self.one)):
            iri = f"{LEERPLEIN.home_page}/doel/team/{teacher.id}/{self.year.first}"
            goal = activity(iri, v.GOAL, "Ik geef elke week gerichte feedback op het leerproces")
            at = self._at(self.year.school_weeks[2].school_days[0]) + number * 4 * MINUTE
            due = self.year.text((self.year.days - 20) * DAY)
            stated = {v.HORIZON: "long-term", v.DUE_DATE: due}
            found.append((at, teacher.agent, v.PLANNED, goal, {"extensions": stated}))
        meeting = activity(
            f"{LEERPLEIN.home_page}/plg/{self.one.id}", v.LESSON, "Professionele leergemeenschap"
        )
        for weeks in self.year.periods():
            at = self._at(weeks[-1].school_days[-1])
            text = {"response": "We zien meer eigen doelen; de feedback komt nog te laat."}
            found.append((at, self.team, v.REFLECTED, meeting, {"result": text}))
        return found

    def _meeting_day(self, days: tuple[int, ...], first: bool) -> int:
        return days[0] if first else self.chance.choice(days)

    def _at(self, day: int) -> int:
        return day * DAY + _MEETING + self.chance.randrange(40 * MINUTE)

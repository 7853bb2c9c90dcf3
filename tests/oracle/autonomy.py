"""By whom learning is regulated, beside the support that was given for it, term by term, before any is withheld."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.oracle.facts import Facts
from tests.oracle.log import Statement, local
from tests.oracle.rows import Row
from tests.oracle.school_days import ClosedYear
from tests.oracle.school_people import SchoolPeople
from tests.oracle.terms import Term, terms

FEWEST = 5


class Autonomy:
    def __init__(self, facts: Facts, people: SchoolPeople) -> None:
        self.people, self.days = people, people.days
        self.events = [*ownership(facts), *support(facts)]

    def autonomy_support(self) -> Iterator[Row]:
        for year in self.days.closed_years:
            schools: dict[str, set[str]] = defaultdict(set)
            for member in self.people.members[year.name]:
                schools[member.school].add(member.learner)
            for term in terms(self.days, year.first_day.year):
                for school, learners in schools.items():
                    front = {"school_key": school, "school_year": year.name, "term": term.number}
                    yield from (front | row for row in self._shared_out(year, term, learners))

    def _shared_out(self, year: ClosedYear, term: Term, learners: set[str]) -> Iterator[Row]:
        days = term.within(year)
        for dimension in ("ownership", "support"):
            own = [e for e in self.events if e["dimension"] == dimension and e["learner_key"] in learners]
            here = [event for event in own if event["day"] in days]
            told = dimension == "support" or len(here) >= FEWEST
            for way, events in Counter(event["way"] for event in here).items():
                yield {
                    "dimension": dimension,
                    "way": way,
                    "as_of": term.as_of(year),
                    "learners": len({event["learner_key"] for event in here if event["way"] == way}),
                    "events": events,
                    "share": events / len(here) if told else None,
                }


def ownership(facts: Facts) -> Iterator[Row]:
    for event in facts.regulation_event():
        if event["regulator"] is not None and event["school_week"] is not None:
            day = local(event["happened_at"]).date()
            front = {"dimension": "ownership", "way": event["regulator"], "day": day}
            yield front | {"learner_key": event["learner_key"]}


def support(facts: Facts) -> Iterator[Row]:
    for s in facts.log.statements:
        if "support_given" in s.meanings and s.week is not None:
            front = {"dimension": "support", "way": s.said("skill") or "unstated", "day": s.on}
            yield from (front | {"learner_key": person} for person in supported(facts, s))


def supported(facts: Facts, s: Statement) -> set[str]:
    """Whom it was given to; who was there, when that is not told."""
    parts = facts.parts(s)
    receiving = {person for person, part in parts.items() if part in ("learner", "object")}
    return receiving or {person for person, part in parts.items() if part != "group"}

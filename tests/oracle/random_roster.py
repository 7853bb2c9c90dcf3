"""A random roster and calendar for the people of random_log: stays that overlap, end, and are corrected."""

from datetime import date, timedelta
from random import Random

from lrs.reference.entity import Entity, entity
from tests.projections.a_roster import SOURCE, a_class, a_pupil, a_school, a_stay

CLASSES = ("3a", "3b", "4z", "gym")
FIRST, DAYS = date(2025, 9, 1), 150


def random_records(seed: int) -> list[Entity]:
    """Cas is in no roster, eva in no statement, dan has both accounts of his; fay comes to teach, gus comes late."""
    choose = Random(f"roster {seed}")
    stays = [_stay(choose, name, number) for name in ("ann", "bob", "dan", "eva") for number in range(3)]
    corrected = choose.sample(stays, 3)
    return [
        a_school("north", identifier="12345"),
        a_school("south"),
        a_class("3a", grade="2", finality="DO"),
        a_class("3b", grade="2", finality="A"),
        a_class("4z", "south", grade="3"),
        a_class("gym", kind="scheduled"),
        *(a_pupil(name) for name in ("ann", "bob", "eva", "fay", "gus")),
        a_pupil("dan", "dan2"),
        a_pupil("teacher", role="teacher"),
        a_stay("teacher", "3a", "2025-09-01", role="teacher", school="north"),
        a_stay("fay", "3b", "2025-09-01", "2025-11-01"),
        a_stay("fay", "3b", "2025-11-01", number=1, role="teacher"),
        a_stay("gus", "3b", "2026-02-02"),
        *stays,
        *(_stay(choose, each.content["person"], each.content["number"], each) for each in corrected),
        _period("2025-11-20", "2025-11-21", "free", None),
        _period("2025-10-15", "2025-10-15", "free", "north"),
    ]


def _stay(choose: Random, name: str, number: int, known: Entity | None = None) -> Entity:
    first = FIRST + timedelta(days=choose.choice((0, 0, choose.randrange(DAYS))))
    until = first + timedelta(days=choose.randrange(DAYS)) if choose.random() < 0.5 else None
    where = known.content["class"] if known else choose.choice(CLASSES)
    more = {"primary": True} if choose.random() < 0.3 else {}
    more |= {"role": "teacher"} if choose.random() < 0.1 else {}
    ends = until.isoformat() if until else None
    return a_stay(name, where, first.isoformat(), ends, number=number, **more)


def _period(first: str, last: str, kind: str, school: str | None) -> Entity:
    days = {"from": first, "to": last}
    return entity("calendar_period", f"{first}:{school}", SOURCE, school=school, kind=kind, **days)

"""Short records of a roster for tests of projections: people are called as in a_statement.a_person."""

from typing import Any

from lrs.reference.entity import Entity, entity
from tests.projections.a_statement import a_person

SOURCE = "test"


def a_school(key: str, **more: Any) -> Entity:
    return entity("school", key, SOURCE, name=key.title(), kind="school", **more)


def a_class(key: str, school: str = "north", **more: Any) -> Entity:
    return entity("class", key, SOURCE, name=key.upper(), school=school, **{"kind": "homeroom", **more})


def a_pupil(name: str, *accounts: str, role: str = "student") -> Entity:
    """Somebody of the roster with an account of that name, and further ones."""
    agents = [a_person(account) for account in (name, *accounts)]
    return entity("person", name, SOURCE, given_name=name, family_name="X", agents=agents, roles=[role])


def a_stay(
    name: str, class_key: str, first: str, until: str | None = None, *, number: int = 0, **more: Any
) -> Entity:
    """Somebody in a class from a day up to, not including, another."""
    key = f"{name}:{class_key}:{number}"
    dated = {"from": first, "until": until, "class": class_key}
    said = {"person": name, "role": "student", "source_id": key, "number": number, **dated, **more}
    return entity("enrolment", key, SOURCE, **said)


def a_period(
    kind: str, first: str, last: str | None = None, school: str | None = None, **more: str
) -> Entity:
    """A holiday, a free day or a school day of an imported calendar, of one school or of all."""
    key = f"{school}:{first}:{kind}"
    dated = {"from": first, "to": last or first}
    return entity("calendar_period", key, SOURCE, kind=kind, school=school, **dated, **more)


def a_roster(*stays: Entity) -> list[Entity]:
    """Two schools with two classes each, and whoever stays there."""
    people = sorted({stay.content["person"] for stay in stays})
    classes = [a_class("3a"), a_class("3b"), a_class("4z", "south"), a_class("gym", kind="scheduled")]
    return [
        a_school("north", identifier="12345"),
        a_school("south"),
        *classes,
        *map(a_pupil, people),
        *stays,
    ]

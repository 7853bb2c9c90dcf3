"""Who there is: schools, parallel classes, teams of teachers, and learners in groups of four.

Class and learner n are the same in every simulation with the same seed and school year; a larger one only has more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from lrs.simulate.calendar import SchoolYear
from lrs.simulate.framework import subjects
from lrs.simulate.names import name
from lrs.simulate.platforms import LEERPLEIN, PLATFORMS, Agent, agent
from lrs.simulate.seeded import seeded_id, stream
from lrs.simulate.traits import Traits, traits_of

GROUP_SIZE = 4
_SCHOOL_NAMES = ("Atheneum Wolkenrade", "Middenschool De Ganzenveer", "Technisch Instituut Moerlo")
_TOWNS = ("Wolkenrade", "Veermonde", "Moerlo", "Lindevoort", "Zandhove", "Kreekdam")


class Course(NamedTuple):
    """What a class follows: year 1 to 6, grade (graad) 1 to 3, finality (D, D/A, A; None in the first grade)."""

    year: int
    grade: int
    finality: str | None
    code: str
    title: str


# The parallel classes of a school, in the order in which a small simulation fills them.
_COURSES = (
    Course(3, 2, "D", "3NW", "Natuurwetenschappen"),
    Course(1, 1, None, "1", "Eerste leerjaar A"),
    Course(5, 3, "D/A", "5GZ", "Gezondheidszorg"),
    Course(4, 2, "A", "4EL", "Elektriciteit"),
    Course(2, 1, None, "2", "Tweede leerjaar A"),
    Course(6, 3, "D", "6EW", "Economie-wiskunde"),
)
_SCHOOLS_AT_A_TIME = 3


class School(NamedTuple):
    id: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Person:
    """A teacher: `id` is the roster's, `agent` the account on Leerplein."""

    id: str
    given_name: str
    family_name: str
    agent: Agent


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """One of two parallel classes. The even ones are treated when their team intervenes, the odd ones compared."""

    number: int
    id: str
    title: str
    school: School
    course: Course
    subjects: tuple[str, str]
    coach: Person
    teachers: tuple[Person, Person]
    groups: int

    @property
    def parallel_number(self) -> int:
        return self.number ^ 1


@dataclass(frozen=True, slots=True)
class Learner:
    """`joined` and `left` count days from 1 September, `left` being the first day away."""

    number: int
    id: str
    given_name: str
    family_name: str
    traits: Traits
    school_class: SchoolClass
    agents: dict[str, Agent]
    joined: int
    left: int


class WorkingGroup(NamedTuple):
    """Four learners of a class who share goals and give each other feedback."""

    number: int
    agent: Agent
    learners: tuple[Learner, ...]
    school_class: SchoolClass


@dataclass(frozen=True)
class SchoolGroup:
    """Every class has its parallel class, be it without learners; so teams and comparisons never change."""

    seed: int
    year: SchoolYear
    classes: tuple[SchoolClass, ...]
    groups: tuple[WorkingGroup, ...]

    @property
    def schools(self) -> list[School]:
        return list(dict.fromkeys(each.school for each in self.classes))

    @property
    def learners(self) -> list[Learner]:
        return [learner for group in self.groups for learner in group.learners]


def school_group(seed: int, year: SchoolYear, learners: int) -> SchoolGroup:
    """A group of schools with `learners` learners, rounded up to whole working groups of four."""
    classes: list[SchoolClass] = []
    groups: list[WorkingGroup] = []
    wanted = max(1, -(-learners // GROUP_SIZE))
    for number in count():
        if len(groups) == wanted and number % 2 == 0:
            return SchoolGroup(seed, year, tuple(classes), tuple(groups))
        one = _school_class(seed, number)
        classes.append(one)
        here = min(one.groups, wanted - len(groups))
        groups += [_working_group(seed, year, one, n) for n in range(len(groups), len(groups) + here)]
    raise AssertionError("count() has no end")


def _school_class(seed: int, number: int) -> SchoolClass:
    pair, letter = divmod(number, 2)
    chance = stream(seed, "pair", pair)
    course, school = _COURSES[pair // _SCHOOLS_AT_A_TIME % len(_COURSES)], _school(pair)
    team = [_teacher(seed, pair, n) for n in range(4)]
    chosen = sorted(chance.sample(subjects(), 2), key=subjects().index)
    title = f"{course.code}{'ab'[letter]}" if course.finality else f"{course.code}A{letter + 1}"
    return SchoolClass(
        number,
        f"class-{number + 1}",
        title,
        school,
        course,
        (chosen[0], chosen[1]),
        team[letter],
        (team[2], team[3]),
        stream(seed, "class size", number).randint(4, 6),
    )


def _school(pair: int) -> School:
    number = pair % _SCHOOLS_AT_A_TIME + pair // (_SCHOOLS_AT_A_TIME * len(_COURSES)) * _SCHOOLS_AT_A_TIME
    if number < len(_SCHOOL_NAMES):
        return School(f"school-{number + 1}", _SCHOOL_NAMES[number], number)
    town = _TOWNS[number % len(_TOWNS)]
    return School(f"school-{number + 1}", f"Campus {town} {number // len(_TOWNS) + 1}", number)


def _teacher(seed: int, pair: int, number: int) -> Person:
    identifier = f"teacher-{pair + 1}-{number + 1}"
    given, family = name(stream(seed, identifier))
    return Person(identifier, given, family, agent(seed, LEERPLEIN, identifier, ""))


def _working_group(seed: int, year: SchoolYear, one: SchoolClass, number: int) -> WorkingGroup:
    learners = tuple(_learner(seed, year, one, number * GROUP_SIZE + n) for n in range(GROUP_SIZE))
    account = {"homePage": LEERPLEIN.home_page, "name": "groep-" + seeded_id(seed, "group", number)[:8]}
    members = [learner.agents[LEERPLEIN.name] for learner in learners]
    return WorkingGroup(number, {"objectType": "Group", "account": account, "member": members}, learners, one)


def _learner(seed: int, year: SchoolYear, one: SchoolClass, number: int) -> Learner:
    identifier = f"learner-{number + 1}"
    chance = stream(seed, identifier, "roster")
    given, family = name(chance)
    joined, left = _enrolled(chance.random(), year)
    agents = {p.name: agent(seed, p, identifier, f"{given} {family}") for p in PLATFORMS}
    return Learner(number, identifier, given, family, traits_of(seed, number), one, agents, joined, left)


def _enrolled(luck: float, year: SchoolYear) -> tuple[int, int]:
    """A few come after the autumn holiday, a few leave at Christmas."""
    _, after_autumn, after_christmas, *_ = year.periods()
    if luck < 0.02:
        return after_autumn[0].monday, year.days
    if luck > 0.98:
        return 0, after_christmas[0].monday
    return 0, year.days


def team_of(one: SchoolClass) -> tuple[Person, ...]:
    """The teachers who know the class: its coach and those of its subjects."""
    return (one.coach, *one.teachers)


def people(group: SchoolGroup) -> Iterator[Person]:
    """All teachers, each once."""
    yield from {person.id: person for one in group.classes for person in team_of(one)}.values()

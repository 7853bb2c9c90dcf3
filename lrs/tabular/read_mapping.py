"""A mapping file, in TOML: read once, and refused with the place of the first thing that is wrong."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lrs.profile.profiles import Profiles
from lrs.tabular.cell import NO_TICKS, TICKS
from lrs.tabular.header import same
from lrs.tabular.kinds import Reading
from lrs.tabular.layout import Layout
from lrs.tabular.mapping import Person, SheetMapping, StatementPlan
from lrs.tabular.read_plan import read_plan
from lrs.tabular.read_source import Words, read_source
from lrs.tabular.table import InvalidMapping, Table

SUFFIX = ".toml"


def read_mapping(path: Path, profiles: Profiles) -> SheetMapping:
    """The mapping of a file. Raises InvalidMapping, OSError."""
    return mapping_of(path.read_bytes(), path.name, profiles)


def mapping_of(content: bytes, source: str, profiles: Profiles) -> SheetMapping:
    """The mapping of a TOML text. Raises InvalidMapping, which names `source` and the place in it."""
    try:
        given = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidMapping(f"{source} is not TOML in UTF-8: {error}") from error
    try:
        return _mapping(Table(given, ""), profiles)
    except InvalidMapping as error:
        raise InvalidMapping(f"{source}: {error}") from error


def _mapping(given: Table, profiles: Profiles) -> SheetMapping:
    words = {name: each.taken() for name, each in given.tables("words").items()}
    people = {name: _person(each, words) for name, each in given.tables("people").items()}
    mapping = SheetMapping(
        name=given.text("name"),
        title=given.text("title", ""),
        layout=_layout(given.table("sheet")),
        reading=_reading(given),
        language=given.text("language", "nl-BE"),
        platform=given.text("platform", "") or None,
        people=people,
        plans=_plans(given, profiles, words, people),
    )
    given.refuse_others()
    _refuse_outside_of_each(mapping)
    return mapping


def _layout(given: Table) -> Layout:
    taken: dict[str, Any] = {}
    for each in dataclass_fields(Layout):
        if each.name in ("header", "header_rows"):
            taken[each.name] = given.whole(each.name)
        elif each.name in ("encoding", "separator"):
            taken[each.name] = given.text(each.name, "") or None
        else:
            taken[each.name] = given.texts(each.name)
    given.refuse_others()
    if taken["separator"] is not None and len(taken["separator"]) != 1:
        raise InvalidMapping(f"{given.at('separator')} is one character")
    return Layout(**{name: value for name, value in taken.items() if value is not None})


def _reading(given: Table) -> Reading:
    zone = given.text("timezone", "Europe/Brussels")
    ticks, no_ticks = given.texts("ticks"), given.texts("no_ticks")
    try:
        return Reading(
            ZoneInfo(zone),
            TICKS if ticks is None else frozenset(map(same, ticks)),
            NO_TICKS if no_ticks is None else frozenset(map(same, no_ticks)),
        )
    except (KeyError, ValueError) as error:
        raise InvalidMapping(f"timezone: {zone!r} is not a time zone such as Europe/Brussels") from error


def _person(given: Table, words: Words) -> Person:
    person = Person(
        read_source(given.needed("home_page"), given.at("home_page"), words),
        read_source(given.needed("identifier"), given.at("identifier"), words),
        given.truth("group"),
    )
    given.refuse_others()
    return person


def _plans(
    given: Table, profiles: Profiles, words: Words, people: Mapping[str, Person]
) -> list[StatementPlan]:
    plans: list[StatementPlan] = []
    for each in given.list_of_tables("statement"):
        plan = read_plan(each, profiles, words, people)
        if any(plan.name == other.name for other in plans):
            raise InvalidMapping(
                f"{each.at('name')}: there is a statement {plan.name} already; give this one another name"
            )
        if plan.refers_to is not None and not any(plan.refers_to == other.name for other in plans):
            raise InvalidMapping(
                f"{each.at('refers_to')}: no statement before this one is named {plan.refers_to}"
            )
        plans.append(plan)
    if not plans:
        raise InvalidMapping("[[statement]]: the mapping makes none")
    return plans


def _refuse_outside_of_each(mapping: SheetMapping) -> None:
    by_name = {plan.name: plan for plan in mapping.plans}
    for plan in mapping.plans:
        named = [source for name in plan.named_people() for source in mapping.people[name].sources()]
        odd = [r.name for source in (*plan.sources(), *named) for r in source.references() if r.is_of_each]
        if odd and not plan.each:
            raise InvalidMapping(f"statement {plan.name}: {{{odd[0]}}} needs `each`, the columns it is about")
        if plan.refers_to and by_name[plan.refers_to].each and by_name[plan.refers_to].each != plan.each:
            raise InvalidMapping(
                f"statement {plan.name}: refers_to one of several; both need the same `each`"
            )

"""One `[[statement]]` of a mapping file."""

from collections.abc import Mapping, Sequence
from typing import Any

from lrs.profile.profiles import Profiles
from lrs.profile.template import Template
from lrs.tabular.fields import FIELDS, GROUPS, PEOPLE, ROLES
from lrs.tabular.header import same
from lrs.tabular.kinds import OPTIONS
from lrs.tabular.mapping import Activity, Condition, Person, StatementPlan
from lrs.tabular.read_source import Words, read_source
from lrs.tabular.source import Source
from lrs.tabular.table import InvalidMapping, Table

_TEMPLATES = "/templates/"


def read_plan(given: Table, profiles: Profiles, words: Words, people: Mapping[str, Person]) -> StatementPlan:
    """The plan of one statement a row. Raises InvalidMapping."""
    template = _template(given, profiles)
    plan = StatementPlan(
        name=given.text("name", "") or template.id.rsplit("/", 1)[1],
        template=template,
        key=_columns(given, "key", words),
        actor=_known_person(given.text("actor", "learner"), given.at("actor"), people),
        object=_object(given, template, words, people),
        fields=_fields(given, words),
        people={role: _person(given, role, people) for role in PEOPLE if role != "actor" and given.has(role)},
        activities=_activities(given, template, words),
        each=given.texts("each") or (),
        but_not=given.texts("but_not") or (),
        when=tuple(_conditions(given, words)),
        registration=_columns(given, "registration", words) if given.has("registration") else (),
        refers_to=given.text("refers_to", "") or None,
    )
    given.refuse_others()
    _refuse_lacking(plan, given)
    return plan


def _template(given: Table, profiles: Profiles) -> Template:
    name = given.text("template")
    found = [each for iri, each in profiles.templates.items() if name in (iri, iri.rsplit("/", 1)[1])]
    if len(found) != 1:
        raise InvalidMapping(
            f"{given.at('template')}: {name} is {'no template' if not found else 'several: give its whole id'}"
            " (lrs profile list shows them)"
        )
    if found[0].verb is None:
        raise InvalidMapping(
            f"{given.at('template')}: {name} has no verb, so a sheet cannot make its statements"
        )
    return found[0]


def _columns(given: Table, name: str, words: Words) -> tuple[Source, ...]:
    """Columns by their header, or texts with references."""
    named = given.texts(name)
    if not named:
        raise InvalidMapping(f"{given.at(name)} is missing: the columns that tell one row from another")
    return tuple(
        read_source(each if "{" in each else "{" + each + "}", given.at(name), words) for each in named
    )


def _person(given: Table, role: str, people: Mapping[str, Person]) -> str:
    return _known_person(given.text(role), given.at(role), people)


def _known_person(name: str, place: str, people: Mapping[str, Person]) -> str:
    if name not in people:
        raise InvalidMapping(f"{place}: [people.{name}] says nowhere who that is")
    return name


def _object(given: Table, template: Template, words: Words, people: Mapping[str, Person]) -> Activity | str:
    stated = given.table("object")
    if stated.has("person"):
        person = _person(stated, "person", people)
        stated.refuse_others()
        return person
    return _activity(stated, template.object_type, words)


def _activity(given: Table, default_type: str | None, words: Words) -> Activity:
    optional = {
        name: read_source(given.value(name), given.at(name), words)
        for name in ("name", "description")
        if given.has(name)
    }
    kind = given.text("type", default_type or "") or None
    activity = Activity(read_source(given.needed("id"), given.at("id"), words), kind, **optional)
    given.refuse_others()
    return activity


def _activities(given: Table, template: Template, words: Words) -> dict[str, Sequence[Activity]]:
    types = {role: sorted(kinds) for role, kinds in template.context_types}
    return {
        role: [_activity(each, _only(types.get(role)), words) for each in given.list_of_tables(role)]
        for role in ROLES
        if given.has(role)
    }


def _only(types: Sequence[str] | None) -> str | None:
    return types[0] if types and len(types) == 1 else None


def _fields(given: Table, words: Words) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for name in FIELDS:
        if "." not in name and given.has(name):
            found[name] = _field(given, name, name, words)
    for group in sorted(GROUPS):
        members = given.table(group)
        for name in members.names():
            if f"{group}.{name}" in FIELDS:
                found[f"{group}.{name}"] = _field(members, name, f"{group}.{name}", words)
        members.refuse_others()
    return found


def _field(given: Table, name: str, full_name: str, words: Words) -> Source:
    options = OPTIONS.get(FIELDS[full_name].kind, set())
    return read_source(given.value(name), given.at(name), words, frozenset(options))


def _conditions(given: Table, words: Words) -> list[Condition]:
    stated = given.value("when")
    if stated is None:
        return []
    place = given.at("when")
    return [_condition(each, place, words) for each in (stated if isinstance(stated, list) else [stated])]


def _condition(stated: Any, place: str, words: Words) -> Condition:
    if not isinstance(stated, dict):
        return Condition(read_source(stated, place, words))
    table = Table(stated, place)
    source = read_source(table.needed("of"), table.at("of"), words)
    is_one_of, is_none_of = (_compared(table.texts(name)) for name in ("is", "is_not"))
    filled = table.truth("filled") if table.has("filled") else None
    table.refuse_others()
    return Condition(source, is_one_of, is_none_of, filled)


def _compared(listed: Sequence[str] | None) -> frozenset[str] | None:
    return None if listed is None else frozenset(map(same, listed))


def _refuse_lacking(plan: StatementPlan, given: Table) -> None:
    if "timestamp" not in plan.fields:
        raise InvalidMapping(f"{given.at('timestamp')} is missing: when it happened")
    if plan.template.object_type and not isinstance(plan.object, Activity):
        raise InvalidMapping(f"{given.at('object')}: {plan.name} is about an activity, so it needs an id")
    for role, types in plan.template.context_types:
        lacking = types - {activity.type for activity in plan.activities.get(role, ())}
        if lacking:
            raise InvalidMapping(f"{given.at(role)} needs an activity of type {sorted(lacking)[0]}")

"""A mapping: what each row of a sheet says, as statements of the profile's templates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lrs.profile.template import Template
from lrs.tabular.kinds import Reading
from lrs.tabular.layout import Layout
from lrs.tabular.source import Reference, Source


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a statement may name: an account, of one person or of a group."""

    home_page: Source
    identifier: Source
    is_group: bool = False

    def sources(self) -> Iterator[Source]:
        yield from (self.home_page, self.identifier)


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity that a statement names; `type` None where neither the mapping nor the template says one."""

    id: Source
    type: str | None = None
    name: Source | None = None
    description: Source | None = None

    def sources(self) -> Iterator[Source]:
        yield from filter(None, (self.id, self.name, self.description))


@dataclass(frozen=True, slots=True)
class Condition:
    """When a row makes a statement: a cell is ticked; or it is filled, has one of some words, has none of others."""

    source: Source
    words: frozenset[str] | None = None
    other_words: frozenset[str] | None = None
    filled: bool | None = None


@dataclass(frozen=True, slots=True)
class StatementPlan:
    """One statement a row, or one for each of the columns like `each`.

    `name` tells plans of one template apart; it is a part of the ids, as `key` is.
    """

    name: str
    template: Template
    key: tuple[Source, ...]
    actor: str
    object: Activity | str  # or a person's name
    fields: Mapping[str, Source]
    people: Mapping[str, str] = field(default_factory=dict)  # learner, instructor, team: a person's name
    activities: Mapping[str, Sequence[Activity]] = field(default_factory=dict)  # by role
    each: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    registration: tuple[Source, ...] = ()
    refers_to: str | None = None

    def named_people(self) -> set[str]:
        """The names of the people in it."""
        return {self.actor, *self.people.values(), *([self.object] if isinstance(self.object, str) else [])}

    def sources(self) -> Iterator[Source]:
        yield from (*self.key, *self.registration, *self.fields.values())
        yield from (each.source for each in self.when)
        if isinstance(self.object, Activity):
            yield from self.object.sources()
        for activities in self.activities.values():
            for activity in activities:
                yield from activity.sources()


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """A mapping file. `name` is a part of every id that it makes."""

    name: str
    title: str
    layout: Layout
    reading: Reading
    language: str
    platform: str | None
    people: Mapping[str, Person]
    plans: Sequence[StatementPlan]

    def needed_columns(self) -> list[str]:
        """The headers and patterns that a sheet must have, each once, in the mapping's order."""
        named = [*self._column_names(), *(pattern for plan in self.plans for pattern in plan.each)]
        return list(dict.fromkeys(named))

    def _column_names(self) -> Iterator[str]:
        yield from (r.name for r in self.references() if r.is_column and not r.optional)

    def references(self) -> Iterator[Reference]:
        for person in self.people.values():
            yield from (each for source in person.sources() for each in source.references())
        for plan in self.plans:
            yield from (each for source in plan.sources() for each in source.references())

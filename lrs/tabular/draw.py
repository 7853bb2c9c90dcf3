"""The parts of one statement, drawn from the cells of a row."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from lrs.statement.json_path import json_path
from lrs.tabular.cell import BadCell, as_number, as_text, is_empty, is_national_number, one_line
from lrs.tabular.fields import FIELDS, PEOPLE
from lrs.tabular.kinds import KINDS, Asked, plain
from lrs.tabular.mapping import Activity, Person, SheetMapping, StatementPlan
from lrs.tabular.source import Place, Source

_ORDER = ("id", "actor", "verb", "object", "result", "context", "timestamp")
OUR_PROFILE = "https://w3id.org/xapi/gsl/v1.0"


class UnusableCell(BadCell):
    """A cell that cannot be used, with the columns that it came from and the field that wanted it."""

    def __init__(self, problem: str, where: Iterable[str], wanted_by: str) -> None:
        super().__init__(f"{wanted_by}: {problem}")
        self.where = tuple(dict.fromkeys(where))


class Drawing:
    """A statement in the making; `origins` tell which columns each part of it came from, or would have come from."""

    def __init__(self, mapping: SheetMapping, plan: StatementPlan, place: Place) -> None:
        self.mapping, self.plan, self.place = mapping, plan, place
        self.statement: dict[str, Any] = {}
        self.origins: dict[str, tuple[str, ...]] = {}

    def put(self, path: tuple[str, ...], value: Any, where: Iterable[str]) -> None:
        """Set a member; what is empty is left out."""
        self.origins[json_path(path)] = tuple(where)
        if value is None:
            return
        into = self.statement
        for step in path[:-1]:
            into = into.setdefault(step, {})
        into[path[-1]] = value

    @property
    def ordered(self) -> dict[str, Any]:
        """The statement, its members in the order in which people read them."""
        return {name: self.statement[name] for name in _ORDER if name in self.statement}

    def origin(self, path: str) -> tuple[str, ...]:
        """The columns of the member at a JSONPath, of what it lies in, or of what lies in it."""
        below = [each for each in self.origins if each.startswith(path)]
        above = [each for each in self.origins if path.startswith(each)]
        nearest = [max(above, key=len)] if above else below
        return tuple(dict.fromkeys(where for each in nearest for where in self.origins[each]))

    def draw_people(self) -> None:
        """Actor, learner in context, instructor, team. Raises UnusableCell."""
        for role, name in {"actor": self.plan.actor, **self.plan.people}.items():
            self._draw_person(PEOPLE[role], name)

    def draw_object(self) -> None:
        """Raises UnusableCell."""
        if isinstance(self.plan.object, str):
            self._draw_person(("object",), self.plan.object)
            return
        activity, where = self._activity(self.plan.object, "object")
        self.put(("object",), {"objectType": "Activity", **activity}, where)

    def draw_activities(self) -> None:
        """The context activities, and the profile among their categories. Raises UnusableCell."""
        for role in ("parent", "grouping", "other", "category"):
            found: list[dict[str, Any]] = []
            columns: list[str] = []
            for each in self.plan.activities.get(role, ()):
                activity, where = self._activity(each, role)
                found.append(activity)
                columns += where
            if role == "category":
                found.append({"id": OUR_PROFILE})
            if found:
                self.put(("context", "contextActivities", role), found, columns)

    def draw_fields(self) -> None:
        """Everything else; the scaled score follows from the others. Raises UnusableCell."""
        for name, source in self.plan.fields.items():
            self._draw_field(name, source)
        score = self.statement.get("result", {}).get("score")
        if score and "scaled" not in score and "raw" in score and "max" in score:
            self._draw_scaled(score)

    def _draw_person(self, path: tuple[str, ...], name: str) -> None:
        person = self.mapping.people[name]
        home_page, identifier = (self._text(each, name) for each in person.sources())
        where = (*identifier[1], *home_page[1])
        if is_national_number(identifier[0]):
            raise UnusableCell(
                "is a national register number, which no statement may carry", identifier[1], name
            )
        account = {"homePage": home_page[0], "name": identifier[0]}
        self.put(path, {"objectType": _type_of(person), "account": account}, where)

    def _text(self, source: Source, wanted_by: str) -> tuple[str, tuple[str, ...]]:
        found = self._found(source, wanted_by, Source.found)
        if is_empty(found[0]):
            raise UnusableCell("is empty", found[1], wanted_by)
        return one_line(as_text(found[0])), found[1]

    def _found(self, source: Source, wanted_by: str, way: Any) -> tuple[Any, tuple[str, ...]]:
        try:
            value, where = way(source, self.place)
        except BadCell as error:
            raise UnusableCell(str(error), source.where(self.place), wanted_by) from error
        return value, where

    def _activity(self, activity: Activity, wanted_by: str) -> tuple[dict[str, Any], tuple[str, ...]]:
        iri, where = self._found(activity.id, wanted_by, Source.iri)
        if is_empty(iri):
            raise UnusableCell("is empty", where, wanted_by)
        definition: dict[str, Any] = {} if activity.type is None else {"type": activity.type}
        for name in ("name", "description"):
            source = getattr(activity, name)
            text = None if source is None else self._found(source, wanted_by, Source.found)[0]
            if not is_empty(text):
                definition[name] = {self.mapping.language: as_text(text)}
        return {"id": iri, **({"definition": definition} if definition else {})}, where

    def _draw_field(self, name: str, source: Source) -> None:
        field = FIELDS[name]
        value, where = self._found(source, name, Source.iri if field.kind == "iri" else Source.found)
        if is_empty(value):
            self.put(field.path, None, where)
            return
        options = {
            option: self._found(given, name, Source.found)[0] for option, given in source.options.items()
        }
        try:
            made = KINDS[field.kind](value, Asked(self.mapping.reading, field.of, options))
        except BadCell as error:
            raise UnusableCell(str(error), where, name) from error
        self.put(field.path, made, where)

    def _draw_scaled(self, score: Mapping[str, Any]) -> None:
        lowest, raw, highest = (as_number(Decimal(str(score.get(name, 0)))) for name in ("min", "raw", "max"))
        where = self.origin("$.result.score.raw")
        if highest <= lowest:
            raise UnusableCell(
                f"the maximum {highest} is not above {lowest}", self.origin("$.result.score.max"), "score"
            )
        if not lowest <= raw <= highest:
            raise UnusableCell(f"{raw} does not lie between {lowest} and {highest}", where, "score")
        scaled = ((raw - lowest) / (highest - lowest)).quantize(Decimal("0.000001"))
        self.put(("result", "score", "scaled"), plain(scaled.normalize()), where)


def _type_of(person: Person) -> str:
    return "Group" if person.is_group else "Agent"

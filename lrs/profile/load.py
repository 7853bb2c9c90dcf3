"""Read an xAPI Profile from its JSON-LD (xAPI Profiles 1.0): what is needed to check statements against it."""

import json
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from lrs.profile.extension import PLACES, Extension
from lrs.profile.location import InvalidLocation, Location
from lrs.profile.pattern import MEMBERS, Pattern
from lrs.profile.rule import PRESENCES, Rule, Values, Words
from lrs.profile.template import ROLES, Template
from lrs.statement.iri import is_iri, one_spelling
from lrs.statement.json_text import InvalidJson, parse_object


class InvalidProfile(ValueError):
    """A file that is no xAPI Profile, or refers to what no loaded one has; the text names the file and the place."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile. `named_by` are the ids that a statement's category may name it by: its own and its versions'."""

    id: str
    source: str
    label: Words
    named_by: frozenset[str]
    templates: tuple[Template, ...]
    extensions: tuple[Extension, ...]
    patterns: tuple[Pattern, ...]


def load_profile(body: bytes, source: str) -> Profile:
    """The profile of a JSON-LD text in the compacted form that the specification asks for.

    `source` is the name for messages. Read are templates, extensions and patterns; what else a profile must have is
    not asked, since published ones often lack some of it. Raises InvalidProfile.
    """
    try:
        return _profile(_Place(source, "$", parse_object(body)), source)
    except InvalidJson as error:
        raise InvalidProfile(f"{source}: {error.path}: {error.message}") from error


@dataclass(frozen=True, slots=True)
class _Place:
    """A value of the file, and where it stands."""

    source: str
    path: str
    value: Any

    def refuse(self, problem: str) -> InvalidProfile:
        return InvalidProfile(f"{self.source}: {self.path}: {problem}")

    def get(self, name: str) -> "_Place":
        if not isinstance(self.value, dict):
            raise self.refuse("must be an object")
        return _Place(self.source, f"{self.path}.{name}", self.value.get(name))

    def members(self, name: str) -> list["_Place"]:
        """The members of an array; a single value counts as an array of one, as JSON-LD has it."""
        place = self.get(name)
        listed = (
            place.value if isinstance(place.value, list) else [] if place.value is None else [place.value]
        )
        return [_Place(self.source, f"{place.path}[{i}]", value) for i, value in enumerate(listed)]

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value:
            raise self.refuse("is missing" if self.value is None else "must be a text")
        return self.value

    def iri(self) -> str:
        if not is_iri(self.text()):
            raise self.refuse("must be an absolute IRI")
        return self.text()

    def optional_iri(self) -> str | None:
        return None if self.value is None else self.iri()

    def words(self) -> Words:
        if self.value is None or isinstance(self.value, str):
            return {"und": self.value} if self.value else {}
        if not isinstance(self.value, dict) or not all(isinstance(text, str) for text in self.value.values()):
            raise self.refuse("must be a language map")
        return self.value


def _profile(place: _Place, source: str) -> Profile:
    if place.get("type").text() != "Profile":
        raise place.get("type").refuse("must be Profile")
    concepts = place.members("concepts")
    return Profile(
        place.get("id").iri(),
        source,
        place.get("prefLabel").words(),
        _named_by(place),
        tuple(_template(each) for each in place.members("templates")),
        tuple(_extension(each) for each in concepts if each.get("type").value in PLACES),
        tuple(_pattern(each) for each in place.members("patterns")),
    )


def _named_by(place: _Place) -> frozenset[str]:
    """Structure 5.0 asks for a version's id; many name the profile, and cmi5 what its version was a revision of."""
    versions = place.members("versions")
    if not versions:
        raise place.get("versions").refuse("is missing")
    earlier = [each.iri() for version in versions for each in version.members("wasRevisionOf")]
    return frozenset([place.get("id").iri(), *(version.get("id").iri() for version in versions), *earlier])


def _template(place: _Place) -> Template:
    verb, object_type = place.get("verb").optional_iri(), place.get("objectActivityType").optional_iri()
    by_role = [(role, _iris(place, f"context{role.title()}ActivityType")) for role in ROLES]
    return Template(
        place.get("id").iri(),
        place.get("prefLabel").words(),
        place.get("definition").words(),
        verb and one_spelling(verb),
        object_type and one_spelling(object_type),
        tuple((role, frozenset(map(one_spelling, types))) for role, types in by_role if types),
        frozenset(_iris(place, "attachmentUsageType")),
        _iris(place, "objectStatementRefTemplate"),
        _iris(place, "contextStatementRefTemplate"),
        tuple(_rule(each) for each in place.members("rules")),
    )


def _iris(place: _Place, name: str) -> tuple[str, ...]:
    return tuple(each.iri() for each in place.members(name))


def _rule(place: _Place) -> Rule:
    presence = place.get("presence")
    if presence.value not in (None, *PRESENCES):
        raise presence.refuse(f"must be one of {', '.join(PRESENCES)}")
    checks = {name: _values(place, name) for name in ("any", "all", "none")}
    if presence.value is None and not any(checks.values()):
        raise place.refuse("a rule has a presence, any, all or none")
    location, selector = _location(place.get("location")), place.get("selector")
    selected = None if selector.value is None else _location(selector)
    return Rule(location, selected, presence.value, **checks, note=place.get("scopeNote").words())


def _values(place: _Place, name: str) -> Values | None:
    members = place.members(name)
    return Values(each.value for each in members) if members else None


def _location(place: _Place) -> Location:
    try:
        return Location(place.text())
    except InvalidLocation as error:
        raise place.refuse(str(error)) from error


def _extension(place: _Place) -> Extension:
    schema = place.get("inlineSchema")
    made = None if schema.value is None else _schema(schema)
    return Extension(place.get("id").iri(), PLACES[place.get("type").value], made)


def _schema(place: _Place) -> Any:
    """The inline JSON Schema; Draft-07 where it does not say (Structure 7.2). It refers to nothing outside itself."""
    try:
        schema = json.loads(place.text())
        if isinstance(schema, dict) and "$schema" in schema:
            return jsonschema_rs.validator_for(schema, retriever=_fetch_nothing)
        return jsonschema_rs.Draft7Validator(schema, retriever=_fetch_nothing)
    except json.JSONDecodeError as error:
        raise place.refuse(f"is not JSON: {error}") from error
    except (jsonschema_rs.ValidationError, ValueError) as error:
        raise place.refuse(f"is no JSON Schema: {str(error).splitlines()[0]}") from error


def _fetch_nothing(uri: str) -> Any:
    # A store that starts, or answers, must not depend on what lies elsewhere on the network.
    raise LookupError(f"{uri} is not fetched")


def _pattern(place: _Place) -> Pattern:
    kinds = [kind for kind in MEMBERS if place.get(kind).value is not None]
    if len(kinds) != 1:
        raise place.refuse(f"a pattern has exactly one of {', '.join(MEMBERS)}")
    [kind] = kinds
    members = _iris(place, kind)
    if not members or (kind not in ("sequence", "alternates") and len(members) > 1):
        raise place.get(kind).refuse(
            "names patterns or templates: a list for sequence and alternates, else one"
        )
    primary = place.get("primary").value is True
    return Pattern(
        place.get("id").iri(),
        place.get("prefLabel").words(),
        place.get("definition").words(),
        primary,
        kind,
        members,
    )

"""All profiles that statements are held to, compiled: templates by verb, extensions by IRI."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from lrs.profile.extension import Extension, stated_extensions
from lrs.profile.load import InvalidProfile, Profile
from lrs.profile.pattern import Pattern
from lrs.profile.rule import Broken
from lrs.profile.template import Template, object_type_of
from lrs.statement.iri import one_spelling


class Finding(NamedTuple):
    """A template that a statement matches, or an extension that it uses wrongly, and what it breaks of it."""

    of: str  # the id of the template or the extension
    broken: list[Broken]


class _Held(NamedTuple):
    template: Template
    named_by: frozenset[str] | None  # None: every statement is held to it


class Profiles:
    """Profiles to hold statements to.

    To `ours` every statement is held, since the figures rest on it. To the others only a statement that names them in
    its category activities (Structure 5.0: those are the ones that must conform); `all_of_them` lifts that. Raises
    InvalidProfile for an id that is there twice, and for a pattern of something that no profile has.
    """

    def __init__(
        self, ours: Profile | None, others: Sequence[Profile] = (), *, all_of_them: bool = False
    ) -> None:
        self.profiles = ([ours] if ours else []) + list(others)
        self.templates: dict[str, Template] = {}
        self.patterns: dict[str, Pattern] = {}
        self._by_verb: dict[str, list[_Held]] = defaultdict(list)
        self._any_verb: list[_Held] = []
        self._extensions: dict[str, tuple[Extension, frozenset[str] | None]] = {}
        for profile in self.profiles:
            self._add(profile, None if profile is ours or all_of_them else profile.named_by)
        for profile in self.profiles:
            self._refuse_dangling(profile)

    def check(self, statement: dict[str, Any]) -> list[Finding]:
        """The templates that a checked statement matches, with the rules it breaks; those of its verb come first.

        Then the extensions that it has in the wrong place or with a wrong value. Empty when no profile says anything.
        """
        findings = []
        held = self._by_verb.get(one_spelling(statement["verb"]["id"]), ())
        if held or self._any_verb:
            statement = with_lists(statement)
            object_type = object_type_of(statement)
            for template, named_by in chain(held, self._any_verb):
                if template.matches(statement, object_type) and _is_held(named_by, statement):
                    findings.append(Finding(template.id, template.broken(statement)))
        return findings + self._wrong_extensions(statement)

    def near(self, statement: dict[str, Any]) -> list[tuple[Template, list[str]]]:
        """The templates of the statement's verb that it does not match, with what keeps it from that, in words."""
        statement = with_lists(statement)
        found = []
        for template, named_by in self._by_verb.get(one_spelling(statement["verb"]["id"]), ()):
            missing = list(template.missing(statement))
            if not _is_held(named_by, statement):
                names = " or ".join(sorted(named_by or ()))
                missing.insert(0, f"$.context.contextActivities.category does not name {names}")
            if missing:
                found.append((template, missing))
        return found

    def _add(self, profile: Profile, named_by: frozenset[str] | None) -> None:
        for template in profile.templates:
            self._refuse_known(template.id, profile)
            self.templates[template.id] = template
            held = _Held(template, named_by)
            (self._any_verb if template.verb is None else self._by_verb[template.verb]).append(held)
        for pattern in profile.patterns:
            self._refuse_known(pattern.id, profile)
            self.patterns[pattern.id] = pattern
        for extension in profile.extensions:
            self._extensions.setdefault(extension.id, (extension, named_by))

    def _refuse_known(self, name: str, profile: Profile) -> None:
        if name in self.templates or name in self.patterns:
            raise InvalidProfile(f"{profile.source}: {name} is defined twice")

    def _refuse_dangling(self, profile: Profile) -> None:
        for pattern in profile.patterns:
            for member in pattern.members:
                if member not in self.templates and member not in self.patterns:
                    raise InvalidProfile(
                        f"{profile.source}: pattern {pattern.id} names {member}, which no loaded profile defines"
                    )
        _refuse_circles(profile, self.patterns)

    def _wrong_extensions(self, statement: dict[str, Any]) -> list[Finding]:
        found: defaultdict[str, list[Broken]] = defaultdict(list)
        for place, steps, extensions in stated_extensions(statement):
            for iri, value in extensions.items():
                if iri not in self._extensions:
                    continue
                extension, named_by = self._extensions[iri]
                broken = extension.broken(place, steps, value)
                if broken is not None and _is_held(named_by, statement):
                    found[iri].append(broken)
        return [Finding(iri, broken) for iri, broken in found.items()]


def _is_held(named_by: frozenset[str] | None, statement: dict[str, Any]) -> bool:
    if named_by is None:
        return True
    categories = with_lists(statement).get("context", {}).get("contextActivities", {}).get("category", ())
    return any(activity["id"] in named_by for activity in categories)


def with_lists(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement with its contextActivities as lists, which 1.0.x lets be single (Structure 8.1 asks for it)."""
    named = statement.get("context", {}).get("contextActivities")
    if not named or all(type(activities) is list for activities in named.values()):
        return statement
    lists = {role: each if isinstance(each, list) else [each] for role, each in named.items()}
    return {**statement, "context": {**statement["context"], "contextActivities": lists}}


def _refuse_circles(profile: Profile, patterns: dict[str, Pattern]) -> None:
    """No pattern is a part of itself, however deep (Structure 9.0): matching would not end."""
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise InvalidProfile(f"{profile.source}: pattern {name} is a part of itself")
        if name in patterns and name not in done:
            for member in patterns[name].members:
                visit(member, (*above, name))
            done.add(name)

    for pattern in profile.patterns:
        visit(pattern.id, ())

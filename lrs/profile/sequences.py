"""Statements gathered by registration, to see which patterns they follow (Structure 9.0, Communication 2.2)."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from lrs.profile.load import Profile
from lrs.profile.pattern import Outcome, follows
from lrs.profile.profiles import Finding, Profiles
from lrs.statement.instants import parse_instant

SUBREGISTRATION = "https://w3id.org/xapi/profiles/extensions/subregistration"


class Story(NamedTuple):
    """What the statements of one registration make of one profile's primary patterns."""

    registration: str
    subregistration: str | None
    profile: str
    statements: int
    outcome: Outcome
    patterns: list[str]  # those that they follow or have begun; none when they follow none


class _Said(NamedTuple):
    happened: int
    number: int
    templates: frozenset[str]
    is_broken: bool


class Sequences:
    """Statements of one reading, those with a registration and a timestamp; ordered by it when all are in."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles
        self._said: dict[tuple[str, str, str | None], list[_Said]] = defaultdict(list)
        self._owner = {t.id: p for p in profiles.profiles for t in p.templates}
        self._count = 0

    def take(self, statement: dict[str, Any], findings: list[Finding]) -> None:
        """Add a checked statement with what was found of it."""
        context = statement.get("context", {})
        if "registration" not in context or "timestamp" not in statement:
            return
        self._count += 1
        happened = parse_instant(statement["timestamp"])
        for profile in self._profiles.profiles:
            own = [finding for finding in findings if self._owner.get(finding.of) is profile]
            if own:
                key = (context["registration"].lower(), profile.id, _subregistration(context, profile))
                templates = frozenset(finding.of for finding in own)
                broken = any(finding.broken for finding in own)
                self._said[key].append(_Said(happened, self._count, templates, broken))

    def stories(self) -> Iterator[Story]:
        """Each registration and profile, in the order in which they were first met."""
        by_id = {profile.id: profile for profile in self._profiles.profiles}
        for (registration, profile, subregistration), said in self._said.items():
            primary = [pattern.id for pattern in by_id[profile].patterns if pattern.primary]
            if primary:
                outcome, patterns = self._outcome(sorted(said), primary)
                yield Story(registration, subregistration, profile, len(said), outcome, patterns)

    def _outcome(self, said: list[_Said], primary: list[str]) -> tuple[Outcome, list[str]]:
        if any(each.is_broken for each in said):
            return Outcome.FAILURE, []
        templates = [each.templates for each in said]
        made = {name: follows(templates, name, self._profiles.patterns) for name in primary}
        for outcome in (Outcome.SUCCESS, Outcome.PARTIAL):
            if found := [name for name, each in made.items() if each is outcome]:
                return outcome, found
        return Outcome.FAILURE, []


def _subregistration(context: dict[str, Any], profile: Profile) -> str | None:
    for each in context.get("extensions", {}).get(SUBREGISTRATION, ()):
        if isinstance(each, dict) and each.get("profile") in profile.named_by:
            return str(each.get("subregistration"))
    return None

"""Patterns: in which order the statements of one registration follow each other (Structure 9.0, Communication 2.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from lrs.profile.rule import Words

MEMBERS = ("sequence", "alternates", "oneOrMore", "zeroOrMore", "optional")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern; `kind` is one of MEMBERS, `members` the ids of the patterns and templates that it is made of."""

    id: str
    label: Words
    definition: Words
    primary: bool
    kind: str
    members: tuple[str, ...]


class Outcome(Enum):
    """What became of matching; PARTIAL when the statements ended in the middle of the pattern."""

    SUCCESS = "follows"
    PARTIAL = "has begun"
    FAILURE = "does not follow"


# The templates that each statement of a registration follows, in the order of their timestamps.
Statements = Sequence[frozenset[str]]


def follows(statements: Statements, pattern: str, patterns: Mapping[str, Pattern]) -> Outcome:
    """Whether all the statements, none left over, follow the pattern. Greedy, without backtracking, as specified.

    PARTIAL wherever the statements end in the middle, also of a repetition: there the specification's pseudocode says
    success with or without statements left, and leaves the reading open.
    """
    outcome, rest = _match(statements, 0, pattern, patterns)
    if rest < len(statements) and outcome is not Outcome.FAILURE:
        return Outcome.FAILURE
    return outcome


def _match(
    statements: Statements, at: int, element: str, patterns: Mapping[str, Pattern]
) -> tuple[Outcome, int]:
    """Match from a statement on; returns the outcome and the first statement that is left."""
    pattern = patterns.get(element)
    if pattern is None:
        return _template(statements, at, element)
    if pattern.kind == "sequence":
        return _sequence(statements, at, pattern, patterns)
    if pattern.kind == "alternates":
        return _alternates(statements, at, pattern, patterns)
    [member] = pattern.members
    if pattern.kind == "oneOrMore":
        return _one_or_more(statements, at, member, patterns)
    if pattern.kind == "zeroOrMore":
        return _zero_or_more(statements, at, member, patterns)
    return _optional(statements, at, member, patterns)


def _template(statements: Statements, at: int, template: str) -> tuple[Outcome, int]:
    if at == len(statements):
        return Outcome.PARTIAL, at
    return (Outcome.SUCCESS, at + 1) if template in statements[at] else (Outcome.FAILURE, at)


def _sequence(
    statements: Statements, at: int, pattern: Pattern, patterns: Mapping[str, Pattern]
) -> tuple[Outcome, int]:
    here = at
    for member in pattern.members:
        outcome, here = _match(statements, here, member, patterns)
        if outcome is Outcome.FAILURE:
            return outcome, at
        if outcome is Outcome.PARTIAL:
            return outcome, len(statements)
    return Outcome.SUCCESS, here


def _alternates(
    statements: Statements, at: int, pattern: Pattern, patterns: Mapping[str, Pattern]
) -> tuple[Outcome, int]:
    tried = [_match(statements, at, member, patterns) for member in pattern.members]
    ends = [end for outcome, end in tried if outcome is Outcome.SUCCESS]
    if ends:
        return Outcome.SUCCESS, max(ends)
    if any(outcome is Outcome.PARTIAL for outcome, _ in tried):
        return Outcome.PARTIAL, len(statements)
    return Outcome.FAILURE, at


def _one_or_more(
    statements: Statements, at: int, member: str, patterns: Mapping[str, Pattern]
) -> tuple[Outcome, int]:
    outcome, end = _match(statements, at, member, patterns)
    if outcome is not Outcome.SUCCESS or end == at:
        return outcome, end
    return _zero_or_more(statements, end, member, patterns)


def _zero_or_more(
    statements: Statements, at: int, member: str, patterns: Mapping[str, Pattern]
) -> tuple[Outcome, int]:
    while at < len(statements):
        outcome, end = _match(statements, at, member, patterns)
        if outcome is Outcome.PARTIAL:
            return outcome, len(statements)
        if outcome is Outcome.FAILURE or end == at:
            break
        at = end
    return Outcome.SUCCESS, at


def _optional(
    statements: Statements, at: int, member: str, patterns: Mapping[str, Pattern]
) -> tuple[Outcome, int]:
    if at == len(statements):
        return Outcome.SUCCESS, at
    outcome, end = _match(statements, at, member, patterns)
    return (Outcome.SUCCESS, at) if outcome is Outcome.FAILURE else (outcome, end)

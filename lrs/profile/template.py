"""A statement template: which statements it is about, and what it asks of them (xAPI Profiles 1.0, Structure 8.0)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lrs.profile.rule import Broken, Rule, Words
from lrs.statement.iri import one_spelling

ROLES = ("parent", "grouping", "category", "other")


def object_type_of(statement: dict[str, Any]) -> str | None:
    """The type of the object where it is an Activity, in its short spelling."""
    thing = statement["object"]
    if "definition" not in thing or thing.get("objectType", "Activity") != "Activity":
        return None
    found: str | None = thing["definition"].get("type")
    return one_spelling(found) if found is not None else None


def context_types_of(statement: dict[str, Any], role: str) -> frozenset[str]:
    """The types of the context activities of a role, which are a list."""
    activities = statement.get("context", {}).get("contextActivities", {}).get(role, ())
    definitions = [activity["definition"] for activity in activities if "definition" in activity]
    return frozenset([one_spelling(each["type"]) for each in definitions if "type" in each])


def _usage_types_of(statement: dict[str, Any]) -> frozenset[str]:
    return frozenset(attachment["usageType"] for attachment in statement.get("attachments", ()))


@dataclass(frozen=True, slots=True)
class Template:
    """One template. Verb and types are in their short spelling; `verb` and `object_type` None when left open."""

    id: str
    label: Words
    definition: Words
    verb: str | None
    object_type: str | None
    context_types: tuple[tuple[str, frozenset[str]], ...]  # role, types
    attachments: frozenset[str]
    object_refs: tuple[str, ...]  # template ids of objectStatementRefTemplate
    context_refs: tuple[str, ...]
    rules: tuple[Rule, ...]

    def matches(self, statement: dict[str, Any], object_type: str | None) -> bool:
        """Whether a statement with the template's verb, and an object of this type, has all that it is about."""
        if self.object_type is not None and object_type != self.object_type:
            return False
        for role, types in self.context_types:
            if not types <= context_types_of(statement, role):
                return False
        return not self.attachments or self.attachments <= _usage_types_of(statement)

    def missing(self, statement: dict[str, Any]) -> Iterator[str]:
        """The determining properties that keep it from matching, in words."""
        object_type = object_type_of(statement)
        if self.object_type is not None and object_type != self.object_type:
            there = f"is {object_type}" if object_type else "is not given"
            yield f"$.object.definition.type {there}; the template is about {self.object_type}"
        for role, types in self.context_types:
            for lacking in sorted(types - context_types_of(statement, role)):
                yield f"$.context.contextActivities.{role} names no activity of type {lacking}"
        for lacking in sorted(self.attachments - _usage_types_of(statement)):
            yield f"$.attachments has none of usage type {lacking}"

    def broken(self, statement: dict[str, Any]) -> list[Broken]:
        """The rules that a matching statement breaks. What a StatementRef points at is not looked up."""
        found = []
        if self.object_refs and statement["object"].get("objectType") != "StatementRef":
            found.append(_no_reference("$.object"))
        if self.context_refs and "statement" not in statement.get("context", {}):
            found.append(_no_reference("$.context.statement"))
        for rule in self.rules:
            if broken := rule.broken(statement):
                found.append(broken)
        return found


def _no_reference(path: str) -> Broken:
    return Broken(
        f"statement-ref {path}", path, "must be a StatementRef to the statement that this one follows"
    )

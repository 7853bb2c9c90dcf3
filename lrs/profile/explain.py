"""Templates, and what statements make of them, in words."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lrs.profile.profiles import Finding, Profiles
from lrs.profile.rule import Rule, Words
from lrs.profile.template import Template

_PRESENCE = {
    "included": "must be there",
    "excluded": "must not be there",
    "recommended": "is good to have",
}


class Explanation(NamedTuple):
    """What profiles say of one statement: what it matches and breaks; where it matches nothing, what comes near."""

    findings: list[Finding]
    near: list[tuple[str, list[str]]]  # template id, what keeps the statement from matching it

    @property
    def is_broken(self) -> bool:
        return any(finding.broken for finding in self.findings)


def explain(profiles: Profiles, statement: dict[str, Any]) -> Explanation:
    """What the profiles say of a checked statement."""
    findings = profiles.check(statement)
    if any(finding.of in profiles.templates for finding in findings):
        return Explanation(findings, [])
    return Explanation(findings, [(template.id, missing) for template, missing in profiles.near(statement)])


def in_language(words: Words, language: str) -> str:
    """The text in a language or, where there is none, in English, or in whichever there is."""
    for tag in (language, "en", *words):
        if tag in words:
            return words[tag]
    return ""


def described(template: Template, language: str) -> Iterator[str]:
    """A template as lines of text: what it is, which statements it is about, what it asks of them."""
    yield f"{in_language(template.label, language)}  <{template.id}>"
    if template.definition:
        yield in_language(template.definition, language)
    yield "about statements with"
    yield from (f"  {line}" for line in _determined(template))
    if template.rules or template.object_refs or template.context_refs:
        yield "where"
        yield from (f"  {line}" for line in _asked(template, language))


def _determined(template: Template) -> Iterator[str]:
    if template.verb:
        yield f"verb {template.verb}"
    if template.object_type:
        yield f"object of type {template.object_type}"
    for role, types in template.context_types:
        yield from (f"an activity of type {each} in {role}" for each in sorted(types))
    yield from (f"an attachment of usage type {each}" for each in sorted(template.attachments))
    if not (template.verb or template.object_type or template.context_types or template.attachments):
        yield "anything: it is about every statement that names the profile"


def _asked(template: Template, language: str) -> Iterator[str]:
    for path, templates in (
        ("$.object", template.object_refs),
        ("$.context.statement", template.context_refs),
    ):
        if templates:
            yield f"{path} must be a StatementRef to a statement of {' or '.join(templates)}"
    for rule in template.rules:
        yield f"{rule.text} {_demand(rule)}"
        if rule.note:
            yield f"  ({in_language(rule.note, language)})"


def _demand(rule: Rule) -> str:
    demands = [_PRESENCE[rule.presence]] if rule.presence else []
    for values, words in ((rule.any, "one is"), (rule.all, "takes"), (rule.none, "is never")):
        if values is not None:
            demands.append(f"{words} {values}")
    return "; ".join(demands)

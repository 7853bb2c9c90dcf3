"""What the store makes of a statement's findings: a record for the analytic form, or a refusal."""

from collections.abc import Iterable
from typing import Any

from lrs.profile.profiles import Finding
from lrs.statement.invalid import InvalidStatement

# What a credential's statements are held to profiles for: not at all, to record what they break, or to be refused.
OFF, REPORT, ENFORCE = "off", "report", "enforce"
PROFILE_CHECKS = (OFF, REPORT, ENFORCE)


def record(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings as the analytic form keeps them: ids and names of rules, nothing of the statement itself."""
    return [
        {
            "of": finding.of,
            **({"broken": [broken.rule for broken in finding.broken]} if finding.broken else {}),
        }
        for finding in findings
    ]


def refuse_broken(findings: Iterable[Finding]) -> None:
    """Raises InvalidStatement for the first rule that is broken; its `spec` is the template's or extension's id."""
    for finding in findings:
        for broken in finding.broken:
            message = f"{broken.message} (profile: {finding.of})"
            raise InvalidStatement(message, broken.path, broken.rule, finding.of)

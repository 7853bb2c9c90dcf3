"""Is this a statement? First its schema, then the rules that no schema can say."""

from typing import Any

from lrs.statement.agent_key import canonical_ifi
from lrs.statement.durations import parse_duration
from lrs.statement.instants import parse_instant
from lrs.statement.invalid import InvalidStatement
from lrs.statement.schema import agent_schema, statement_schema

__all__ = ["InvalidStatement", "check_agent", "check_statement"]

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
_COMPONENT_LISTS = ("choices", "scale", "source", "target", "steps")


def check_statement(value: Any, version: str) -> None:
    """Check one statement by the rules of an xAPI version, "1.0.3" or "2.0.0".

    Raises InvalidStatement with what is wrong, its JSON path, the rule and the section of the specification.
    """
    statement_schema(version).check(value)
    _check_timestamp(value, "timestamp", "$")
    _check_timestamp(value, "stored", "$")
    _check_common(value, "$")
    thing = value["object"]
    if thing.get("objectType") == "SubStatement":
        _check_timestamp(thing, "timestamp", "$.object")
        _check_common(thing, "$.object")
    if value["verb"]["id"] == VOIDED and thing.get("objectType") != "StatementRef":
        raise InvalidStatement(
            "a voiding statement's object is a StatementRef", "$.object", "voiding-object", "Data 2.3.2"
        )


def check_agent(value: Any) -> None:
    """Check an Agent or identified Group, as a query parameter gives it. Raises InvalidStatement."""
    agent_schema().check(value)
    if canonical_ifi(value) is None:
        raise InvalidStatement(
            "a group without an identifier names nobody", "$", "identified", "Data 2.4.2.2"
        )


def _check_common(value: dict[str, Any], path: str) -> None:
    """What holds for a statement and for a SubStatement."""
    _check_result(value.get("result", {}), f"{path}.result")
    _check_context(value.get("context", {}), value["object"], f"{path}.context")
    _check_components(value["object"], f"{path}.object.definition")


def _check_timestamp(value: dict[str, Any], name: str, path: str) -> None:
    if name in value:
        try:
            parse_instant(value[name])
        except (ValueError, OverflowError) as error:
            raise InvalidStatement(str(error), f"{path}.{name}", "timestamp", "Data 4.5") from error


def _check_result(result: dict[str, Any], path: str) -> None:
    if "duration" in result:
        try:
            parse_duration(result["duration"])
        except ValueError as error:
            raise InvalidStatement(str(error), f"{path}.duration", "duration", "Data 4.6") from error
    score = result.get("score")
    if score:
        low, raw, high = score.get("min"), score.get("raw"), score.get("max")
        if low is not None and high is not None and low >= high:
            raise InvalidStatement("min is not under max", f"{path}.score", "score-range", "Data 2.4.5.1")
        if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
            raise InvalidStatement(
                "raw is not between min and max", f"{path}.score.raw", "score-range", "Data 2.4.5.1"
            )


def _check_context(context: dict[str, Any], thing: dict[str, Any], path: str) -> None:
    if thing.get("objectType", "Activity") != "Activity":
        for name in ("revision", "platform"):
            if name in context:
                problem = f"{name} is only for a statement whose object is an Activity"
                raise InvalidStatement(problem, f"{path}.{name}", "context-activity-only", "Data 2.4.6")


def _check_components(thing: dict[str, Any], path: str) -> None:
    definition = thing.get("definition", {})
    for name in _COMPONENT_LISTS:
        ids = [component["id"] for component in definition.get(name, ())]
        if len(ids) != len(set(ids)):
            raise InvalidStatement(
                "two components have one id", f"{path}.{name}", "component-ids", "Data 2.4.4.1"
            )

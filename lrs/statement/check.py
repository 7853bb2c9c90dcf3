"""Is this a statement? First its schema, then the rules that no schema can say."""

from typing import Any

from lrs.statement.agent_key import canonical_ifi
from lrs.statement.durations import parse_duration
from lrs.statement.instants import is_rfc_3339, parse_instant
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
    if "stored" in value:
        _check_timestamp(value["stored"], "$.stored", version)
    _check_experience(value, "$", version)
    if value["object"].get("objectType") == "SubStatement":
        _check_experience(value["object"], "$.object", version)


def check_agent(value: Any) -> None:
    """Check an Agent or identified Group, as a query parameter gives it. Raises InvalidStatement."""
    agent_schema().check(value)
    if canonical_ifi(value) is None:
        problem = "a group without an identifier names nobody"
        raise InvalidStatement(problem, "$", "identified-group", "Data 2.4.2.2")


def _check_experience(value: dict[str, Any], path: str, version: str) -> None:
    """What holds for a statement and for a SubStatement."""
    thing = value["object"]
    _check_activity(thing, f"{path}.object")
    if value["verb"]["id"] == VOIDED and thing.get("objectType") != "StatementRef":
        problem = "a voiding statement's object is a StatementRef"
        raise InvalidStatement(problem, f"{path}.object", "voiding-object", "Data 2.3.2")
    if "timestamp" in value:
        _check_timestamp(value["timestamp"], f"{path}.timestamp", version)
    if "result" in value:
        _check_result(value["result"], f"{path}.result")
    if "context" in value:
        _check_context(value["context"], thing, f"{path}.context")


def _check_timestamp(text: str, path: str, version: str) -> None:
    try:
        parse_instant(text)
    except ValueError as error:
        raise InvalidStatement(str(error), path, "timestamp", "Data 4.5") from error
    if version == "2.0.0" and not is_rfc_3339(text):
        problem = f"{text[:40]!r} is not an RFC 3339 timestamp: date, time to the second and offset"
        raise InvalidStatement(problem, path, "timestamp", "IEEE 9274.1.1 4.2.7")
    if version != "2.0.0" and " " in text:
        problem = f"{text[:40]!r} has a space where ISO 8601 has a T"
        raise InvalidStatement(problem, path, "timestamp", "Data 4.5")


def _check_result(result: dict[str, Any], path: str) -> None:
    if "duration" in result:
        try:
            parse_duration(result["duration"])
        except ValueError as error:
            raise InvalidStatement(str(error), f"{path}.duration", "duration", "Data 4.6") from error
    if "score" in result:
        _check_score(result["score"], f"{path}.score")


def _check_score(score: dict[str, Any], path: str) -> None:
    low, raw, high = score.get("min"), score.get("raw"), score.get("max")
    if low is not None and high is not None and low >= high:
        raise InvalidStatement("min is not under max", path, "score-range", "Data 2.4.5.1")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        problem = "raw is not between min and max"
        raise InvalidStatement(problem, f"{path}.raw", "score-range", "Data 2.4.5.1")


def _check_context(context: dict[str, Any], thing: dict[str, Any], path: str) -> None:
    if thing.get("objectType", "Activity") != "Activity":
        for name in ("revision", "platform"):
            if name in context:
                problem = f"{name} is only for a statement whose object is an Activity"
                raise InvalidStatement(problem, f"{path}.{name}", "activity-only", "Data 2.4.6")
    for kind, named in context.get("contextActivities", {}).items():
        where = f"{path}.contextActivities.{kind}"
        if isinstance(named, dict):
            _check_activity(named, where)
        else:
            for i, activity in enumerate(named):
                _check_activity(activity, where, i)


def _check_activity(activity: dict[str, Any], path: str, index: int | None = None) -> None:
    definition = activity.get("definition")
    if definition is None or "interactionType" not in definition:
        return
    for name in _COMPONENT_LISTS:
        ids = [component["id"] for component in definition.get(name, ())]
        if len(ids) != len(set(ids)):
            where = f"{path}.definition.{name}" if index is None else f"{path}[{index}].definition.{name}"
            raise InvalidStatement("two components have one id", where, "component-ids", "Data 2.4.4.1")

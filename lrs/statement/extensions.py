"""The extensions that the analytic form lets through: IRI -> short name and the kind of value it is held to."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from lrs.statement.agent_key import AgentKeys
from lrs.statement.check import check_agent
from lrs.statement.durations import milliseconds
from lrs.statement.figures import LONGEST_MS, decimal_text
from lrs.statement.instants import parse_instant
from lrs.statement.iri import is_iri
from lrs.statement.thing_id import thing_id

_TLA, _TC = "https://w3id.org/xapi/tla/extensions/", "http://id.tincanapi.com/extension/"
_GSL, _AX = "https://w3id.org/xapi/gsl/extensions/", "https://w3id.org/xapi/acrossx/extensions/"
_CMI5 = "https://w3id.org/xapi/cmi5/result/extensions/"
# Identifiers of things, such as a class or a goal: nothing with a space or an @, so no name and no mailbox.
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/#-]{0,199}")
_LARGEST_INTEGER = 2**31 - 1

# Reads a value of its kind; None or an exception of NOT_ITS_KIND for one that is not. A dict is several short names.
Reader = Callable[[Any, AgentKeys], Any]
NOT_ITS_KIND = (ValueError, TypeError, KeyError)


def _token(value: Any, _keys: AgentKeys) -> str | None:
    return value if isinstance(value, str) and _TOKEN.fullmatch(value) else None


def _tokens(value: Any, keys: AgentKeys) -> list[str] | None:
    listed = value if isinstance(value, list) else [value]
    return [token for each in listed if (token := _token(each, keys))] or None


def _iri(value: Any, keys: AgentKeys) -> str | None:
    return thing_id(value, keys) if isinstance(value, str) and is_iri(value) else None


def _instant(value: Any, _keys: AgentKeys) -> int | None:
    return parse_instant(value) if isinstance(value, str) else None


def _duration(value: Any, _keys: AgentKeys) -> int | None:
    length = milliseconds(value) if isinstance(value, str) else None
    return length if length is not None and length <= LONGEST_MS else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _integer(value: Any, _keys: AgentKeys) -> int | None:
    if not _is_number(value) or not -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER:
        return None
    return int(value) if value == int(value) else None


def _percentage(value: Any, _keys: AgentKeys) -> str | None:
    return decimal_text(value) if _is_number(value) and 0 <= value <= 100 else None


def _present(value: Any, _keys: AgentKeys) -> bool | None:
    return None if value in (None, False, "", [], {}) else True


def _one_of(*words: str) -> Reader:
    return lambda value, _keys: value if isinstance(value, str) and value in words else None


def _seconds_by_hand(value: Any, keys: AgentKeys) -> int | None:
    return 0 if value is True else _integer(value, keys)


def _rating_scale(value: Any, _keys: AgentKeys) -> dict[str, str] | None:
    low, high = value["min"], value["max"]
    if not (_is_number(low) and _is_number(high) and -_LARGEST_INTEGER <= low < high <= _LARGEST_INTEGER):
        return None
    return {"rating_min": decimal_text(low), "rating_max": decimal_text(high)}


def _agent(value: Any, keys: AgentKeys) -> str | None:
    check_agent(value)
    return keys.key(value)


def _intervention(value: Any, keys: AgentKeys) -> dict[str, Any] | None:
    """Which classes did something from a day on, which they are compared with, and on what an effect is expected."""
    told = {
        "id": _token(value["id"], keys),
        "date": date.fromisoformat(value["date"]).isoformat(),
        "classes": _tokens(value["classes"], keys),
        "comparison_classes": _tokens(value["comparisonClasses"], keys),
        "indicator": _token(value["indicator"], keys),
    }
    return None if None in told.values() else {"intervention": told}


EXTENSIONS: dict[str, tuple[str, Reader]] = {
    _TLA + "due_date": ("due_date", _instant),
    _TLA + "learner": ("learner", _agent),
    _TC + "planned-start-time": ("planned_start", _instant),
    _TC + "planned-duration": ("planned_duration_ms", _duration),
    _TC + "reflection": ("reflection", _present),
    _CMI5 + "progress": ("progress", _percentage),
    _AX + "school": ("school", _token),
    _GSL + "level": ("level", _integer),
    _GSL + "level-scheme": ("level_scheme", _token),
    _GSL + "target-level": ("target_level", _integer),
    _GSL + "criterion": ("criterion", _present),
    _GSL + "horizon": ("horizon", _one_of("long-term", "period", "week", "day")),
    _GSL + "evidence-source": (
        "evidence_source",
        _one_of("digital", "observation", "test", "conversation", "portfolio"),
    ),
    _GSL + "assessment-purpose": ("assessment_purpose", _one_of("formative", "summative")),
    _GSL + "regulator": ("regulator", _one_of("self", "peer", "teacher", "group")),
    _GSL + "framework-goals": ("framework_goals", _tokens),
    _GSL + "checklist": ("checklist", _iri),
    _GSL + "checklist-size": ("checklist_size", _integer),
    _GSL + "agreed-actions": ("agreed_actions", _integer),
    _GSL + "rating-scale": ("rating_scale", _rating_scale),
    _GSL + "entered-by-hand": ("entered_by_hand", _seconds_by_hand),
    _GSL + "skill": ("skill", _token),
    _GSL + "route": ("route", _token),
    _GSL + "class": ("class", _token),
    _GSL + "intervention": ("intervention", _intervention),
}

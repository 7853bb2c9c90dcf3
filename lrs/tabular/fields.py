"""The fields that a mapping may give a statement: where each goes, and how its cells are read."""

from typing import NamedTuple

from lrs.tabular.moment import LAST_SECOND, MIDNIGHT, NOON

_GSL = "https://w3id.org/xapi/gsl/extensions/"
_TLA = "https://w3id.org/xapi/tla/extensions/"
_TC = "http://id.tincanapi.com/extension/"
_IN_RESULT, _IN_CONTEXT = ("result", "extensions"), ("context", "extensions")

LEARNER = (*_IN_CONTEXT, _TLA + "learner")
# Members of the statement that are people, and those that are activities.
PEOPLE = {
    "actor": ("actor",),
    "learner": LEARNER,
    "instructor": ("context", "instructor"),
    "team": ("context", "team"),
}
ROLES = ("parent", "grouping", "category", "other")


class Field(NamedTuple):
    """One field: the steps to it, the kind of its cells (lrs/tabular/kinds.py), and what the kind needs to know."""

    path: tuple[str, ...]
    kind: str
    of: object = None


_HORIZONS = {
    "lange termijn": "long-term", "jaar": "long-term", "periode": "period", "trimester": "period", "week": "week",
    "weekdoel": "week", "dag": "day", "dagdoel": "day",
}  # fmt: skip
_REGULATORS = {
    "zelf": "self", "ik": "self", "leerling": "self", "medeleerling": "peer", "peer": "peer", "leraar": "teacher",
    "leerkracht": "teacher", "groep": "group",
}  # fmt: skip
_SOURCES = {
    "digitaal": "digital", "observatie": "observation", "toets": "test", "gesprek": "conversation",
    "portfolio": "portfolio",
}  # fmt: skip
_PURPOSES = {"formatief": "formative", "summatief": "summative"}

FIELDS = {
    "timestamp": Field(("timestamp",), "instant", NOON),
    "success": Field(("result", "success"), "tick"),
    "completion": Field(("result", "completion"), "tick"),
    "response": Field(("result", "response"), "text"),
    "duration": Field(("result", "duration"), "duration"),
    "score.raw": Field(("result", "score", "raw"), "number"),
    "score.min": Field(("result", "score", "min"), "number"),
    "score.max": Field(("result", "score", "max"), "number"),
    "score.scaled": Field(("result", "score", "scaled"), "scaled"),
    "progress": Field((*_IN_RESULT, "https://w3id.org/xapi/cmi5/result/extensions/progress"), "percent"),
    "level": Field((*_IN_RESULT, _GSL + "level"), "whole"),
    "level_scheme": Field((*_IN_RESULT, _GSL + "level-scheme"), "token"),
    "agreed_actions": Field((*_IN_RESULT, _GSL + "agreed-actions"), "whole"),
    "rating_scale.min": Field((*_IN_RESULT, _GSL + "rating-scale", "min"), "number"),
    "rating_scale.max": Field((*_IN_RESULT, _GSL + "rating-scale", "max"), "number"),
    "due": Field((*_IN_CONTEXT, _TLA + "due_date"), "instant", LAST_SECOND),
    "planned_start": Field((*_IN_CONTEXT, _TC + "planned-start-time"), "instant", MIDNIGHT),
    "planned_duration": Field((*_IN_CONTEXT, _TC + "planned-duration"), "duration"),
    "horizon": Field((*_IN_CONTEXT, _GSL + "horizon"), "word", _HORIZONS),
    "target_level": Field((*_IN_CONTEXT, _GSL + "target-level"), "whole"),
    "criterion": Field((*_IN_CONTEXT, _GSL + "criterion"), "text"),
    "framework_goals": Field((*_IN_CONTEXT, _GSL + "framework-goals"), "tokens"),
    "checklist": Field((*_IN_CONTEXT, _GSL + "checklist"), "iri"),
    "checklist_size": Field((*_IN_CONTEXT, _GSL + "checklist-size"), "whole"),
    "regulator": Field((*_IN_CONTEXT, _GSL + "regulator"), "word", _REGULATORS),
    "evidence_source": Field((*_IN_CONTEXT, _GSL + "evidence-source"), "word", _SOURCES),
    "assessment_purpose": Field((*_IN_CONTEXT, _GSL + "assessment-purpose"), "word", _PURPOSES),
    "entered_by_hand": Field((*_IN_CONTEXT, _GSL + "entered-by-hand"), "by_hand"),
    "skill": Field((*_IN_CONTEXT, _GSL + "skill"), "token"),
    "class": Field((*_IN_CONTEXT, _GSL + "class"), "token"),
    "school": Field((*_IN_CONTEXT, "https://w3id.org/xapi/acrossx/extensions/school"), "token"),
    "reflection": Field((*_IN_CONTEXT, _TC + "reflection"), "text"),
    "intervention.id": Field((*_IN_CONTEXT, _GSL + "intervention", "id"), "text"),
    "intervention.date": Field((*_IN_CONTEXT, _GSL + "intervention", "date"), "date"),
    "intervention.classes": Field((*_IN_CONTEXT, _GSL + "intervention", "classes"), "tokens"),
    "intervention.comparison_classes": Field(
        (*_IN_CONTEXT, _GSL + "intervention", "comparisonClasses"), "tokens"
    ),
    "intervention.indicator": Field((*_IN_CONTEXT, _GSL + "intervention", "indicator"), "token"),
    "route": Field(("object", "definition", "extensions", _GSL + "route"), "token"),
}
GROUPS = {name.split(".")[0] for name in FIELDS if "." in name}

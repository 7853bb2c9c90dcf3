"""Short statements for tests of projections: who did what to which thing, when (local time), saying what else."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

ADL = "http://adlnet.gov/expapi/"
TC = "http://id.tincanapi.com/"
TLA = "https://w3id.org/xapi/tla/"
AX = "https://w3id.org/xapi/acrossx/"
GSL = "https://w3id.org/xapi/gsl/"

VERBS = {
    "planned": TLA + "verbs/planned",
    "directed": TLA + "verbs/directed",
    "was-assigned": AX + "verbs/was-assigned",
    "deselected": TLA + "verbs/deselected",
    "scheduled": TLA + "verbs/scheduled",
    "prioritized": TLA + "verbs/prioritized",
    "revised-plan": GSL + "verbs/revised-plan",
    "self-assessed": GSL + "verbs/self-assessed",
    "evaluated": AX + "verbs/evaluated",
    "achieved": TLA + "verbs/achieved",
    "satisfied": "https://w3id.org/xapi/adl/verbs/satisfied",
    "viewed": TC + "verb/viewed",
    "performed-offline": TC + "verb/performed-offline",
    "estimated": TC + "verb/estimated-duration",
    "expected": TC + "verb/expected",
    "selected": TC + "verb/selected",
    "discarded": TC + "verb/discarded",
    "requested-attention": TC + "verb/requested-attention",
    "replied": TC + "verb/replied",
    "rated": TC + "verb/rated",
    "talked-with": TC + "verb/talked-with",
    "mentored": TC + "verb/mentored",
    "reflected": GSL + "verbs/reflected",
    "gave-feedback": GSL + "verbs/gave-feedback",
    "acted-on-feedback": GSL + "verbs/acted-on-feedback",
    "asked-learning-question": GSL + "verbs/asked-learning-question",
    "decided": GSL + "verbs/decided",
    "set-cycle-goal": GSL + "verbs/set-cycle-goal",
    "acted": GSL + "verbs/acted",
    "measured-effect": GSL + "verbs/measured-effect",
    "read": "http://activitystrea.ms/schema/1.0/read",
}
TYPES = {
    "goal": TC + "activitytype/goal",
    "item": TC + "activitytype/checklist-item",
    "progress-view": GSL + "activity-types/progress-view",
    "lesson": ADL + "activities/lesson",
    "doubt": TC + "activitytype/doubt",
    "strategy": TC + "activitytype/strategy",
    "motivation": GSL + "activity-types/motivation",
    "emotion": GSL + "activity-types/emotion",
    "coachgesprek": GSL + "activity-types/coachgesprek",
    "driehoeksgesprek": GSL + "activity-types/driehoeksgesprek",
    "quality-cycle": GSL + "activity-types/quality-cycle",
    "mini-lesson": GSL + "activity-types/mini-lesson",
}
CONTEXT = {
    "due": TLA + "extensions/due_date",
    "planned_start": TC + "extension/planned-start-time",
    "horizon": GSL + "extensions/horizon",
    "target_level": GSL + "extensions/target-level",
    "evidence_source": GSL + "extensions/evidence-source",
    "framework_goals": GSL + "extensions/framework-goals",
    "checklist": GSL + "extensions/checklist",
    "checklist_size": GSL + "extensions/checklist-size",
    "school": AX + "extensions/school",
    "class_key": GSL + "extensions/class",
    "entered_by_hand": GSL + "extensions/entered-by-hand",
    "assessment_purpose": GSL + "extensions/assessment-purpose",
    "skill": GSL + "extensions/skill",
    "intervention": GSL + "extensions/intervention",
    "learner": TLA + "extensions/learner",
    "criterion": GSL + "extensions/criterion",
    "regulator": GSL + "extensions/regulator",
    "rating_scale": GSL + "extensions/rating-scale",
    "route": GSL + "extensions/route",
    "agreed_actions": GSL + "extensions/agreed-actions",
    "reflection": TC + "extension/reflection",
}
RESULT = {
    "level": GSL + "extensions/level",
    "progress": "https://w3id.org/xapi/cmi5/result/extensions/progress",
}

_numbers = count(1)


def a_statement(
    verb: str,
    thing: str,
    at: str,
    *,
    by: str | dict[str, Any] = "ann",
    parent: str | None = None,
    grouping: str | None = None,
    duration: str | None = None,
    success: bool | None = None,
    score: float | dict[str, float] | None = None,
    about: dict[str, Any] | None = None,
    fold: int = 0,
    **said: Any,
) -> dict[str, Any]:
    """A statement by `by` on `thing` ("goal:read", "lesson:1", or an untyped "read") at local time `at`.

    `parent` and `grouping` name an activity, `about` is the statement that it refers to, `score` a scaled score or a
    whole one; `said` holds what CONTEXT and RESULT name, or properties of the statement.
    """
    extensions = {CONTEXT[name]: _stated(name, said.pop(name)) for name in list(said) if name in CONTEXT}
    outcome = {RESULT[name]: said.pop(name) for name in list(said) if name in RESULT}
    result: dict[str, Any] = {"extensions": outcome, **({"duration": duration} if duration else {})}
    context = {"statement": {"objectType": "StatementRef", "id": about["id"]}} if about else {}
    if success is not None:
        result["success"] = success
    if score is not None:
        result["score"] = score if isinstance(score, dict) else {"scaled": score}
    named = {role: [an_activity(goal)] for role, goal in (("parent", parent), ("grouping", grouping)) if goal}
    return {
        "id": str(UUID(int=next(_numbers), version=4)),
        "actor": by if isinstance(by, dict) else a_person(by),
        "verb": {"id": VERBS.get(verb, ADL + "verbs/" + verb)},
        "object": an_activity(thing),
        "result": result,
        "context": {**context, "extensions": extensions, "contextActivities": named},
        "timestamp": an_instant(at, fold),
        **said,
    }


def a_voiding(target: dict[str, Any], at: str) -> dict[str, Any]:
    """A teacher's voiding of `target`."""
    reference = {"objectType": "StatementRef", "id": target["id"]}
    return a_statement("voided", "", at, by="teacher", object=reference)


def an_activity(name: str) -> dict[str, Any]:
    """An activity from "type:id", or one without a type from "id"."""
    kind, _, slug = name.rpartition(":")
    definition = {"definition": {"type": TYPES[kind]}} if kind else {}
    return {"id": an_id(slug), **definition}


def an_id(slug: str) -> str:
    """The IRI of the activity that tests call `slug`."""
    return "https://example.org/" + slug


def a_person(name: str) -> dict[str, Any]:
    """An agent with an account."""
    return {"account": {"homePage": "https://example.org", "name": name}}


def a_group(name: str, *members: str) -> dict[str, Any]:
    """An identified group."""
    return {"objectType": "Group", **a_person(name), "member": [a_person(member) for member in members]}


def an_instant(at: str, fold: int = 0) -> str:
    """ISO 8601 with offset, from a wall-clock time in Brussels."""
    return datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Brussels"), fold=fold).isoformat()


def _stated(name: str, value: Any) -> Any:
    if name in ("due", "planned_start"):
        return an_instant(value)
    if name == "checklist":
        return an_id(value)
    return a_person(value) if name == "learner" else value

"""Rules of statement templates (xAPI Profiles 1.0, Structure 8.1), and the locations that they speak of."""

from typing import Any

from schemas.xapi.profiles.gsl_authoring.extensions import HORIZONS
from schemas.xapi.profiles.gsl_authoring.iris import DUE, PLANNED_DURATION, PLANNED_START, PROGRESS, extension
from schemas.xapi.profiles.gsl_authoring.words import Words, words

Rule = dict[str, Any]


def in_context(iri: str) -> str:
    return f"$.context.extensions['{iri}']"


def in_result(iri: str) -> str:
    return f"$.result.extensions['{iri}']"


def in_object(iri: str) -> str:
    return f"$.object.definition.extensions['{iri}']"


def needs(*locations: str, note: Words | None = None) -> Rule:
    """At least one of the locations has a value."""
    return _rule(locations, note, presence="included")


def may_have(*locations: str, note: Words | None = None, **values: list[Any]) -> Rule:
    """Good to have; what is there is held to `all` or `none`, where given."""
    return _rule(locations, note, presence="recommended", **values)


def must_not_have(*locations: str, note: Words | None = None) -> Rule:
    return _rule(locations, note, presence="excluded")


def _rule(locations: tuple[str, ...], note: Words | None, **checks: Any) -> Rule:
    return {"location": " | ".join(locations), **checks, **({"scopeNote": note} if note else {})}


SUCCESS, COMPLETION, DURATION = "$.result.success", "$.result.completion", "$.result.duration"
SCORE, SCALED, RAW = "$.result.score", "$.result.score.scaled", "$.result.score.raw"
STATEMENT = "$.context.statement"
LEVEL, LEVEL_SCHEME = in_result(extension("level")), in_result(extension("level-scheme"))
PROGRESS_STATED = in_result(PROGRESS)

DUE_STATED = may_have(
    in_context(DUE),
    note=words(
        "Zonder deadline kan niemand zien of het doel op tijd gehaald is.",
        "Without a due date nobody can tell whether the goal was reached in time.",
        "Sans échéance, personne ne peut dire si l'objectif est atteint à temps.",
    ),
)
HORIZON_STATED = may_have(in_context(extension("horizon")), all=HORIZONS)
AIM_STATED = may_have(in_context(extension("target-level")), in_context(extension("criterion")))
A_NEW_PLAN = needs(
    in_context(DUE),
    in_context(PLANNED_START),
    in_context(PLANNED_DURATION),
    note=words(
        "Een planning zegt minstens tegen wanneer, vanaf wanneer of hoelang.",
        "A plan says at least by when, from when or for how long.",
        "Un plan dit au moins pour quand, à partir de quand ou combien de temps.",
    ),
)
NO_OUTCOME = must_not_have(
    SUCCESS,
    COMPLETION,
    SCORE,
    note=words(
        "Wat nog moet gebeuren, heeft nog geen uitkomst.",
        "What is still to be done has no outcome yet.",
        "Ce qui reste à faire n'a pas encore de résultat.",
    ),
)
NOT_A_FAILURE = may_have(SUCCESS, none=[False])
NOT_A_SUCCESS = may_have(SUCCESS, none=[True])
NOT_UNFINISHED = may_have(COMPLETION, none=[False])
LEVEL_OR_SCORE = needs(LEVEL, SCALED)
SCHEME_STATED = may_have(LEVEL_SCHEME)
SOURCE_STATED = may_have(in_context(extension("evidence-source")))
ABOUT_WHAT = may_have(
    "$.context.contextActivities.parent[*].id",
    STATEMENT,
    note=words(
        "Waarbij de lerende vastzat: de taak in parent, of het statement in context.statement.",
        "Where the learner was stuck: the task in parent, or the statement in context.statement.",
        "Où l'apprenant était bloqué : la tâche dans parent, ou le statement dans context.statement.",
    ),
)

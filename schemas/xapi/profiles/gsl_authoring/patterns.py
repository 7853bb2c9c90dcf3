"""Patterns: how the statements of one goal, one question or one quality cycle follow each other.

Statements of one pattern share a registration (Structure 9.0). Matching is greedy, so whatever may come between is
named before what closes.
"""

from typing import Any

from schemas.xapi.profiles.gsl_authoring.goal_templates import ACHIEVED_SLUGS
from schemas.xapi.profiles.gsl_authoring.iris import VERSION, pattern, template
from schemas.xapi.profiles.gsl_authoring.words import Words, words
from schemas.xapi.profiles.gsl_authoring.work_templates import WORKED_SLUGS

Pattern = dict[str, Any]

_STEPS = (
    "goal-prioritised", "scheduled", "plan-revised", "duration-estimated", "result-expected", "level-scored",
    "level-given", "goal-failed", "progress-viewed", "self-assessed", "reflected", "own-data-noted",
    "attention-requested", "question-asked", "question-answered", "question-replied", "strategy-chosen",
    "strategy-dropped", "route-chosen", "motivation-reported", "emotion-reported", "feedback-given",
    "feedback-acted-on", "coach-talked", "coach-mentored", "three-way-talked", "three-way-mentored",
    "support-mentored", "support-attended",
)  # fmt: skip
_WORK = ("goal-progressed", "item-ticked", *WORKED_SLUGS)


def patterns() -> list[Pattern]:
    """The four that statements are held to, then their parts."""
    return [*_primary(), *_parts()]


def _primary() -> list[Pattern]:
    return [
        _a_primary(
            "goal-reached",
            words("Doel bereikt", "Goal reached", "Objectif atteint"),
            words(
                "Een doel wordt gesteld of gekregen, er wordt aan gewerkt en het wordt bereikt. Daartussen kan van "
                "alles: plannen, hulp vragen, reflecteren. De statements van een doel delen een registratie.",
                "A goal is set or assigned, worked on, and reached. Much may come between: planning, asking for help, "
                "reflecting. The statements of a goal share a registration.",
                "Un objectif est fixé ou attribué, travaillé, puis atteint. Entre les deux : planifier, demander de "
                "l'aide, réfléchir. Les statements d'un objectif partagent un enregistrement (registration).",
            ),
            "goal-opened",
            "steps",
            "work-episodes",
            "goal-achieved",
        ),
        _a_primary(
            "goal-let-go",
            words("Doel losgelaten", "Goal let go", "Objectif abandonné"),
            words(
                "Een doel wordt gesteld of gekregen en later losgelaten, al dan niet na werk eraan.",
                "A goal is set or assigned and later dropped, with or without work on it.",
                "Un objectif est fixé ou attribué puis abandonné, avec ou sans travail.",
            ),
            "goal-opened",
            "steps-and-work",
            template("goal-dropped"),
        ),
        _a_primary(
            "help-episode",
            words("Hulpvraag", "Help episode", "Demande d'aide"),
            words(
                "Een lerende vraagt hulp, misschien meer dan eens, en krijgt minstens één antwoord.",
                "A learner asks for help, perhaps more than once, and gets at least one answer.",
                "Un apprenant demande de l'aide, parfois plus d'une fois, et reçoit au moins une réponse.",
            ),
            "help-requests",
            "help-answers",
        ),
        _a_primary(
            "quality-cycle",
            words("Kwaliteitscyclus", "Quality cycle", "Cycle de qualité"),
            words(
                "Een ronde van een kwaliteitscyclus: leervraag, doel, acties, effectmetingen, besluit.",
                "One round of a quality cycle: question, goal, actions, measurements, decision.",
                "Un tour d'un cycle de qualité : question, objectif, actions, mesures, décision.",
            ),
            template("cycle-question"),
            template("cycle-goal"),
            "cycle-actions",
            "cycle-measurements",
            template("cycle-decided"),
        ),
    ]


def _parts() -> list[Pattern]:
    return [
        _part("goal-opened", alternates=_templates("goal-set", "goal-assigned", "goal-directed")),
        _part("goal-achieved", alternates=_templates(*ACHIEVED_SLUGS)),
        _part("step", alternates=_templates(*_STEPS)),
        _part("steps", zeroOrMore=pattern("step")),
        _part("work", alternates=_templates(*_WORK)),
        _part("work-episode", sequence=[pattern("work"), pattern("steps")]),
        _part("work-episodes", oneOrMore=pattern("work-episode")),
        _part("step-or-work", alternates=[pattern("step"), pattern("work")]),
        _part("steps-and-work", zeroOrMore=pattern("step-or-work")),
        _part("help-request", alternates=_templates("attention-requested", "question-asked")),
        _part("help-requests", oneOrMore=pattern("help-request")),
        _part("help-answer", alternates=_templates("question-answered", "question-replied")),
        _part("help-answers", oneOrMore=pattern("help-answer")),
        _part("cycle-actions", oneOrMore=template("cycle-acted")),
        _part("cycle-measurements", oneOrMore=template("cycle-measured")),
    ]


def _a_primary(slug: str, label: Words, definition: Words, *members: str) -> Pattern:
    sequence = [member if ":" in member else pattern(member) for member in members]
    return {
        **_part(slug), "primary": True, "prefLabel": label, "definition": definition, "sequence": sequence
    }  # fmt: skip


def _part(slug: str, **rule: str | list[str]) -> Pattern:
    return {"id": pattern(slug), "type": "Pattern", "inScheme": VERSION, **rule}


def _templates(*slugs: str) -> list[str]:
    return [template(slug) for slug in slugs]

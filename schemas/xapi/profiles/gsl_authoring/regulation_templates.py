"""Templates of self-regulation: monitoring, reflecting, asking for help, choosing, reporting."""

from schemas.xapi.profiles.gsl_authoring.iris import (
    ADL,
    DOUBT,
    ITEM,
    STRATEGY,
    TC_VERB,
    activity_type,
    extension,
    template,
    verb,
)
from schemas.xapi.profiles.gsl_authoring.rules import (
    ABOUT_WHAT,
    LEVEL_OR_SCORE,
    NOT_UNFINISHED,
    RAW,
    SCALED,
    SCHEME_STATED,
    STATEMENT,
    in_context,
    in_object,
    in_result,
    may_have,
    needs,
)
from schemas.xapi.profiles.gsl_authoring.templates import Template, a_template
from schemas.xapi.profiles.gsl_authoring.words import words


def regulation_templates() -> list[Template]:
    """Monitoring and judging, help, choices, self-reports."""
    return [*_monitored(), *_helped(), *_chosen(), *_reported()]


def _monitored() -> list[Template]:
    return [
        a_template(
            "progress-viewed",
            TC_VERB + "viewed",
            words("Voortgang bekeken", "Progress viewed", "Progrès consultés"),
            words(
                "Een lerende bekijkt hoever hij staat.",
                "A learner looks at how far along they are.",
                "Un apprenant regarde où il en est.",
            ),
            objectActivityType=activity_type("progress-view"),
        ),
        a_template(
            "item-ticked",
            ADL + "completed",
            words("Stap afgevinkt", "Item ticked", "Élément coché"),
            words(
                "Een lerende vinkt een stap af op de checklist van een doel.",
                "A learner ticks an item on the checklist of a goal.",
                "Un apprenant coche un élément de la liste d'un objectif.",
            ),
            may_have(in_context(extension("checklist")), "$.context.contextActivities.parent[*].id"),
            may_have(in_context(extension("checklist-size"))),
            NOT_UNFINISHED,
            objectActivityType=ITEM,
        ),
        a_template(
            "self-assessed",
            verb("self-assessed"),
            words("Zelf ingeschat", "Self-assessed", "Autoévalué"),
            words(
                "Een lerende schat in hoever hij staat: een score, een niveau, of beide.",
                "A learner judges how far along they are: a score, a level, or both.",
                "Un apprenant estime où il en est : un score, un niveau, ou les deux.",
            ),
            LEVEL_OR_SCORE,
            SCHEME_STATED,
            may_have(in_context(extension("regulator")), all=["self", "group"]),
        ),
        a_template(
            "reflected",
            verb("reflected"),
            words("Gereflecteerd", "Reflected", "Réflexion"),
            words(
                "Een lerende denkt na over zijn leren en houdt dat vast.",
                "A learner thinks about their learning and records it.",
                "Un apprenant réfléchit à son apprentissage et en garde une trace.",
            ),
            may_have("$.result.response"),
        ),
        a_template(
            "own-data-noted",
            ADL + "commented",
            words("Bij eigen gegevens genoteerd", "Note on own data", "Note sur ses propres données"),
            words(
                "Een lerende schrijft in zijn voortgangsoverzicht een kanttekening bij een gegeven over zichzelf.",
                "A learner writes, in the progress view, a note on something recorded about them.",
                "Un apprenant écrit, dans l'aperçu des progrès, une note sur une donnée qui le concerne.",
            ),
            needs(STATEMENT),
            objectActivityType=activity_type("progress-view"),
        ),
    ]


def _helped() -> list[Template]:
    asked = [template("attention-requested"), template("question-asked")]
    answer = words(
        "Iemand antwoordt op een hulpvraag; context.statement is die vraag.",
        "Somebody answers a request for help; context.statement is that request.",
        "Quelqu'un répond à une demande d'aide ; context.statement est cette demande.",
    )
    return [
        a_template(
            "attention-requested",
            TC_VERB + "requested-attention",
            words("Hulp gevraagd", "Help requested", "Aide demandée"),
            words(
                "Een lerende steekt zijn hand op: hij vraagt hulp of aandacht.",
                "A learner raises a hand: they ask for help or attention.",
                "Un apprenant lève la main : il demande de l'aide ou de l'attention.",
            ),
            ABOUT_WHAT,
        ),
        a_template(
            "question-asked",
            ADL + "asked",
            words("Vraag gesteld", "Question asked", "Question posée"),
            words(
                "Een lerende stelt een vraag over iets wat hij niet begrijpt.",
                "A learner asks about something they do not understand.",
                "Un apprenant pose une question sur quelque chose qu'il ne comprend pas.",
            ),
            ABOUT_WHAT,
            objectActivityType=DOUBT,
        ),
        a_template(
            "question-answered",
            ADL + "answered",
            words("Hulpvraag beantwoord", "Help answered", "Demande d'aide satisfaite"),
            answer,
            objectActivityType=DOUBT,
            contextStatementRefTemplate=asked,
        ),
        a_template(
            "question-replied",
            TC_VERB + "replied",
            words("Op hulpvraag gereageerd", "Help replied to", "Réponse à une demande d'aide"),
            answer,
            objectActivityType=DOUBT,
            contextStatementRefTemplate=asked,
        ),
    ]


def _chosen() -> list[Template]:
    return [
        a_template(
            "strategy-chosen",
            TC_VERB + "selected",
            words("Strategie gekozen", "Strategy chosen", "Stratégie choisie"),
            words(
                "Een lerende kiest een aanpak.",
                "A learner chooses an approach.",
                "Un apprenant choisit une approche.",
            ),
            objectActivityType=STRATEGY,
        ),
        a_template(
            "strategy-dropped",
            TC_VERB + "discarded",
            words("Strategie losgelaten", "Strategy dropped", "Stratégie abandonnée"),
            words(
                "Een lerende laat een aanpak los.",
                "A learner drops an approach.",
                "Un apprenant abandonne une approche.",
            ),
            objectActivityType=STRATEGY,
        ),
        a_template(
            "route-chosen",
            TC_VERB + "selected",
            words("Route gekozen", "Route chosen", "Parcours choisi"),
            words(
                "Een lerende kiest een route, een keuzeles of een niveau.",
                "A learner chooses a route, an elective lesson or a level.",
                "Un apprenant choisit un parcours, une leçon ou un niveau.",
            ),
            needs(in_object(extension("route"))),
            objectActivityType=activity_type("route"),
        ),
    ]


def _reported() -> list[Template]:
    rules = (needs(SCALED, RAW), may_have(in_result(extension("rating-scale"))))
    return [
        a_template(
            "motivation-reported",
            TC_VERB + "rated",
            words("Motivatie opgegeven", "Motivation reported", "Motivation déclarée"),
            words(
                "Een lerende zegt zelf hoe gemotiveerd hij is.",
                "A learner says how motivated they are.",
                "Un apprenant dit lui-même à quel point il est motivé.",
            ),
            *rules,
            objectActivityType=activity_type("motivation"),
        ),
        a_template(
            "emotion-reported",
            TC_VERB + "rated",
            words("Gevoel opgegeven", "Emotion reported", "Émotion déclarée"),
            words(
                "Een lerende zegt zelf hoe hij zich voelt bij het leren.",
                "A learner says how they feel about learning.",
                "Un apprenant dit lui-même ce qu'il ressent en apprenant.",
            ),
            *rules,
            objectActivityType=activity_type("emotion"),
        ),
    ]

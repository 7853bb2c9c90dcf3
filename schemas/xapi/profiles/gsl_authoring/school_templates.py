"""Templates of what teachers and teams do with learners and with each other."""

from schemas.xapi.profiles.gsl_authoring.iris import ADL, DUE, TC_VERB, activity_type, extension, verb
from schemas.xapi.profiles.gsl_authoring.rules import STATEMENT, Rule, in_context, in_result, may_have, needs
from schemas.xapi.profiles.gsl_authoring.templates import Template, a_template
from schemas.xapi.profiles.gsl_authoring.words import Words, words


def school_templates() -> list[Template]:
    """Feedback, conversations, support, the quality cycle."""
    return [*_feedback(), *_conversations(), *_support(), *_cycle()]


def _feedback() -> list[Template]:
    return [
        a_template(
            "feedback-given",
            verb("gave-feedback"),
            words("Feedback gegeven", "Feedback given", "Feedback donné"),
            words(
                "Een leraar of medeleerling geeft feedback op werk (context.statement) of aan een lerende (object).",
                "A teacher or peer gives feedback on work (context.statement) or to a learner (the object).",
                "Un enseignant ou un pair donne un feedback sur un travail (context.statement) ou à un apprenant "
                "(l'objet).",
            ),
            needs(
                STATEMENT, "$.object.account", "$.object.mbox", "$.object.mbox_sha1sum", "$.object.openid",
                "$.object.member",
            ),
            may_have(in_context(extension("regulator")), all=["teacher", "peer", "group"]),
        ),
        a_template(
            "feedback-acted-on",
            verb("acted-on-feedback"),
            words("Feedback verwerkt", "Feedback acted on", "Feedback pris en compte"),
            words(
                "Een lerende doet iets met gekregen feedback.",
                "A learner does something with feedback received.",
                "Un apprenant fait quelque chose d'un feedback reçu.",
            ),
            may_have(STATEMENT),
        ),
    ]  # fmt: skip


_COACH = words("Coachgesprek", "Coach conversation", "Entretien de coaching")
_THREE_WAY = words("Driehoeksgesprek", "Three-way conversation", "Entretien à trois")


def _conversations() -> list[Template]:
    return [
        _conversation("coach-talked", "talked-with", "coachgesprek", _COACH),
        _conversation("coach-mentored", "mentored", "coachgesprek", _COACH),
        _conversation("three-way-talked", "talked-with", "driehoeksgesprek", _THREE_WAY),
        _conversation("three-way-mentored", "mentored", "driehoeksgesprek", _THREE_WAY),
    ]


def _conversation(slug: str, verb_slug: str, kind: str, label: Words) -> Template:
    definition = words(
        "Een gesprek over doelen en leren; de soort gesprek staat in contextActivities.category.",
        "A conversation about goals and learning; its kind is named in contextActivities.category.",
        "Un entretien sur les objectifs et l'apprentissage ; son genre est nommé dans contextActivities.category.",
    )
    return a_template(
        slug, TC_VERB + verb_slug, label, definition, may_have(in_result(extension("agreed-actions"))),
        contextCategoryActivityType=[activity_type(kind)],
    )  # fmt: skip


def _support() -> list[Template]:
    label = words("Ondersteuning gegeven", "Support given", "Soutien apporté")
    definition = words(
        "Een mini-les, demonstratie of andere ondersteuning rond een vaardigheid; de mini-les staat in "
        "contextActivities.category.",
        "A mini-lesson, demonstration or other support on a skill; the mini-lesson is named in "
        "contextActivities.category.",
        "Une mini-leçon, démonstration ou autre soutien sur une compétence ; la mini-leçon est nommée dans "
        "contextActivities.category.",
    )
    return [
        a_template(
            slug, iri, label, definition, may_have(in_context(extension("skill"))),
            contextCategoryActivityType=[activity_type("mini-lesson")],
        )
        for slug, iri in (("support-mentored", TC_VERB + "mentored"), ("support-attended", ADL + "attended"))
    ]  # fmt: skip


def _cycle() -> list[Template]:
    return [
        _step(
            "cycle-question",
            "asked-learning-question",
            words("Leervraag gesteld", "Learning question asked", "Question posée"),
            may_have("$.object.definition.name"),
        ),
        _step(
            "cycle-goal",
            "set-cycle-goal",
            words("Doel van de cyclus gekozen", "Goal of the cycle set", "Objectif du cycle fixé"),
            may_have(in_context(DUE)),
        ),
        _step(
            "cycle-acted",
            "acted",
            words("Actie uitgevoerd", "Action carried out", "Action menée"),
            may_have(in_context(extension("intervention"))),
        ),
        _step(
            "cycle-measured",
            "measured-effect",
            words("Effect gemeten", "Effect measured", "Effet mesuré"),
            needs(
                in_context(extension("evidence-source")),
                note=words(
                    "Een kwaliteitscyclus steunt op verschillende bronnen; zeg daarom welke dit is.",
                    "A quality cycle rests on several sources, so say which this one is.",
                    "Un cycle de qualité repose sur plusieurs sources ; dites donc laquelle est celle-ci.",
                ),
            ),
        ),
        _step(
            "cycle-decided",
            "decided",
            words("Besluit genomen", "Decision taken", "Décision prise"),
            may_have("$.result.response"),
        ),
    ]


def _step(slug: str, verb_slug: str, label: Words, rule: Rule) -> Template:
    definition = words(
        "Een stap van een kwaliteitscyclus, gezet door een leraar, een team of een professionele leergemeenschap.",
        "A step of a quality cycle, taken by a teacher, a team or a professional learning community.",
        "Une étape d'un cycle de qualité, franchie par un enseignant, une équipe ou une communauté d'apprentissage.",
    )
    return a_template(
        slug, verb(verb_slug), label, definition, rule, objectActivityType=activity_type("quality-cycle")
    )

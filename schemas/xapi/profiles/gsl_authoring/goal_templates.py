"""Templates of what happens to a goal: set, planned, progressed, reached, dropped."""

from schemas.xapi.profiles.gsl_authoring.iris import (
    ADL,
    AX,
    GOAL,
    LEARNER,
    TC_VERB,
    TLA,
    extension,
    verb,
)
from schemas.xapi.profiles.gsl_authoring.rules import (
    A_NEW_PLAN,
    AIM_STATED,
    DUE_STATED,
    DURATION,
    HORIZON_STATED,
    LEVEL_OR_SCORE,
    NO_OUTCOME,
    NOT_A_FAILURE,
    NOT_A_SUCCESS,
    NOT_UNFINISHED,
    PROGRESS_STATED,
    SCALED,
    SCHEME_STATED,
    SOURCE_STATED,
    in_context,
    may_have,
    needs,
)
from schemas.xapi.profiles.gsl_authoring.templates import Template, a_template
from schemas.xapi.profiles.gsl_authoring.words import joined, words


def goal_templates() -> list[Template]:
    """In the order of a goal's life."""
    return [*_opened(), *_planned(), *_on_the_way(), *_achieved(), *_closed_otherwise()]


def _opened() -> list[Template]:
    return [
        a_template(
            "goal-set",
            TLA + "planned",
            words("Doel gesteld", "Goal set", "Objectif fixé"),
            words(
                "Een lerende stelt zichzelf een doel, of een groep een gezamenlijk doel (dan is de actor een Group).",
                "A learner sets a goal for themselves, or a group a shared goal (the actor is then a Group).",
                "Un apprenant se fixe un objectif, ou un groupe un objectif commun (l'acteur est alors un Group).",
            ),
            DUE_STATED,
            HORIZON_STATED,
            AIM_STATED,
            NO_OUTCOME,
            objectActivityType=GOAL,
        ),
        a_template(
            "goal-assigned",
            AX + "was-assigned",
            words("Doel of taak gekregen", "Goal or task assigned", "Objectif ou tâche attribué"),
            words(
                "Een lerende krijgt een doel of een taak; context.instructor zegt van wie.",
                "A learner is given a goal or a task; context.instructor says by whom.",
                "Un apprenant reçoit un objectif ou une tâche ; context.instructor dit de qui.",
            ),
            may_have("$.context.instructor"),
            DUE_STATED,
            HORIZON_STATED,
            NO_OUTCOME,
        ),
        a_template(
            "goal-directed",
            TLA + "directed",
            words("Doel of taak gegeven", "Goal or task given", "Objectif ou tâche donné"),
            words(
                "Een leraar geeft een lerende een doel of een taak; de lerende staat in de context.",
                "A teacher gives a learner a goal or a task; the learner is named in the context.",
                "Un enseignant donne à un apprenant un objectif ou une tâche ; l'apprenant est nommé dans le contexte.",
            ),
            needs(in_context(LEARNER)),
            DUE_STATED,
            HORIZON_STATED,
            NO_OUTCOME,
        ),
    ]


def _planned() -> list[Template]:
    return [
        a_template(
            "goal-prioritised",
            TLA + "prioritized",
            words("Voorrang gegeven", "Prioritised", "Priorité donnée"),
            words(
                "Een lerende geeft een doel of een taak voorrang.",
                "A learner puts a goal or a task first.",
                "Un apprenant donne la priorité à un objectif ou à une tâche.",
            ),
            NO_OUTCOME,
        ),
        a_template(
            "scheduled",
            TLA + "scheduled",
            words("Ingepland", "Scheduled", "Planifié"),
            words(
                "Een lerende plant een doel of een taak in de tijd.",
                "A learner plans a goal or a task in time.",
                "Un apprenant planifie un objectif ou une tâche dans le temps.",
            ),
            A_NEW_PLAN,
            NO_OUTCOME,
        ),
        a_template(
            "plan-revised",
            verb("revised-plan"),
            words("Plan bijgestuurd", "Plan revised", "Plan ajusté"),
            words(
                "Een lerende verandert de planning van een doel of een taak.",
                "A learner changes the plan for a goal or a task.",
                "Un apprenant modifie la planification d'un objectif ou d'une tâche.",
            ),
            A_NEW_PLAN,
            NO_OUTCOME,
        ),
        a_template(
            "duration-estimated",
            TC_VERB + "estimated-duration",
            words("Duur geschat", "Duration estimated", "Durée estimée"),
            words(
                "Een lerende schat vooraf hoelang een doel of een taak duurt.",
                "A learner estimates beforehand how long a goal or a task will take.",
                "Un apprenant estime d'avance la durée d'un objectif ou d'une tâche.",
            ),
            needs(DURATION),
        ),
        a_template(
            "result-expected",
            TC_VERB + "expected",
            words("Resultaat verwacht", "Result expected", "Résultat attendu"),
            words(
                "Een lerende zegt vooraf welk resultaat hij verwacht, als score van 0 tot 1.",
                "A learner says beforehand which result they expect, as a score from 0 to 1.",
                "Un apprenant dit d'avance quel résultat il attend, par un score de 0 à 1.",
            ),
            needs(SCALED),
        ),
    ]


def _on_the_way() -> list[Template]:
    return [
        a_template(
            "goal-progressed",
            ADL + "progressed",
            words("Vooruitgang bij een doel", "Progress on a goal", "Progrès vers un objectif"),
            words(
                "Een lerende is gevorderd met een doel; de stand is een getal van 0 tot 100.",
                "A learner has come further with a goal; how far is a number from 0 to 100.",
                "Un apprenant a avancé vers un objectif ; l'avancement est un nombre de 0 à 100.",
            ),
            needs(PROGRESS_STATED),
            objectActivityType=GOAL,
        ),
        a_template(
            "level-scored",
            ADL + "scored",
            words("Score op een doel", "Score on a goal", "Score sur un objectif"),
            words(
                "Een toets of taak geeft de lerende een niveau of een score op een doel.",
                "A test or task gives the learner a level or a score on a goal.",
                "Un test ou une tâche donne à l'apprenant un niveau ou un score sur un objectif.",
            ),
            LEVEL_OR_SCORE,
            SCHEME_STATED,
            SOURCE_STATED,
            objectActivityType=GOAL,
        ),
        a_template(
            "level-given",
            AX + "evaluated",
            words("Niveau toegekend", "Level given", "Niveau attribué"),
            words(
                "Een leraar of medeleerling kent een niveau toe op een doel; de lerende staat in de context, of is "
                "zelf de actor. Wie zichzelf inschat, gebruikt het werkwoord self-assessed.",
                "A teacher or peer gives a level on a goal; the learner is named in the context, or is the actor. Who "
                "judges themselves uses the verb self-assessed.",
                "Un enseignant ou un pair attribue un niveau sur un objectif ; l'apprenant est nommé dans le contexte, "
                "ou est l'acteur. Qui s'évalue soi-même utilise le verbe self-assessed.",
            ),
            LEVEL_OR_SCORE,
            SCHEME_STATED,
            SOURCE_STATED,
            may_have(in_context(LEARNER)),
            may_have(in_context(extension("regulator")), none=["self"]),
            objectActivityType=GOAL,
        ),
    ]


_ACHIEVED = (
    ("mastered", ADL + "mastered", words("beheerst", "mastered", "maîtrisé")),
    ("tla-mastered", TLA + "mastered", words("beheerst (TLA)", "mastered (TLA)", "maîtrisé (TLA)")),
    ("achieved", TLA + "achieved", words("bereikt", "achieved", "atteint")),
    ("satisfied", "https://w3id.org/xapi/adl/verbs/satisfied", words("voldaan", "satisfied", "satisfait")),
    ("passed", ADL + "passed", words("geslaagd", "passed", "réussi")),
    ("completed", ADL + "completed", words("afgewerkt", "completed", "terminé")),
)


def _achieved() -> list[Template]:
    label = words("Doel bereikt", "Goal achieved", "Objectif atteint")
    definition = words(
        "Een lerende, of een groep, heeft het doel bereikt.",
        "A learner, or a group, has reached the goal.",
        "Un apprenant, ou un groupe, a atteint l'objectif.",
    )
    return [
        a_template(
            f"goal-{slug}", iri, joined(label, how, ": "), definition, NOT_A_FAILURE, NOT_UNFINISHED,
            SOURCE_STATED, objectActivityType=GOAL,
        )
        for slug, iri, how in _ACHIEVED
    ]  # fmt: skip


def _closed_otherwise() -> list[Template]:
    return [
        a_template(
            "goal-failed",
            ADL + "failed",
            words("Doel niet bereikt", "Goal not achieved", "Objectif non atteint"),
            words(
                "Een lerende heeft het doel niet bereikt; een nieuwe poging kan.",
                "A learner has not reached the goal; another try is possible.",
                "Un apprenant n'a pas atteint l'objectif ; un nouvel essai est possible.",
            ),
            NOT_A_SUCCESS,
            SOURCE_STATED,
            objectActivityType=GOAL,
        ),
        a_template(
            "goal-dropped",
            TLA + "deselected",
            words("Doel of taak losgelaten", "Goal or task dropped", "Objectif ou tâche abandonné"),
            words(
                "Een lerende laat een doel of een taak los, zonder oordeel over wat al bereikt is.",
                "A learner lets go of a goal or a task, without a judgement of what was reached.",
                "Un apprenant abandonne un objectif ou une tâche, sans jugement sur ce qui est atteint.",
            ),
            NO_OUTCOME,
        ),
    ]


ACHIEVED_SLUGS = [f"goal-{slug}" for slug, _, _ in _ACHIEVED]

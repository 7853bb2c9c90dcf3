"""Templates of work on a goal: a learning statement that names the goal as a parent in its context."""

from schemas.xapi.profiles.gsl_authoring.iris import ADL, GOAL, STREAMS, TC_VERB
from schemas.xapi.profiles.gsl_authoring.rules import (
    DURATION,
    NOT_A_FAILURE,
    NOT_A_SUCCESS,
    NOT_UNFINISHED,
    SCORE,
    SOURCE_STATED,
    Rule,
    may_have,
    needs,
)
from schemas.xapi.profiles.gsl_authoring.templates import Template, a_template
from schemas.xapi.profiles.gsl_authoring.words import Words, joined, words

_VIDEO = "https://w3id.org/xapi/video/verbs/"
_TIMED = may_have(DURATION)

_Work = tuple[str, str, Words, tuple[Rule, ...]]

_WORK: tuple[_Work, ...] = (
    ("initialized", ADL + "initialized", words("begonnen", "initialized", "commencé"), ()),
    ("launched", ADL + "launched", words("geopend", "launched", "lancé"), ()),
    ("attempted", ADL + "attempted", words("geprobeerd", "attempted", "essayé"), (_TIMED,)),
    ("progressed", ADL + "progressed", words("gevorderd", "progressed", "avancé"), (_TIMED,)),
    ("completed", ADL + "completed", words("afgewerkt", "completed", "terminé"), (_TIMED, NOT_UNFINISHED)),
    ("passed", ADL + "passed", words("geslaagd", "passed", "réussi"), (_TIMED, NOT_A_FAILURE)),
    ("failed", ADL + "failed", words("niet geslaagd", "failed", "échoué"), (_TIMED, NOT_A_SUCCESS)),
    ("scored", ADL + "scored", words("score behaald", "scored", "score obtenu"), (needs(SCORE),)),
    ("answered", ADL + "answered", words("geantwoord", "answered", "répondu"), (_TIMED,)),
    ("responded", ADL + "responded", words("gereageerd", "responded", "réagi"), (_TIMED,)),
    ("experienced", ADL + "experienced", words("doorgenomen", "experienced", "parcouru"), (_TIMED,)),
    ("interacted", ADL + "interacted", words("ermee gewerkt", "interacted", "manipulé"), (_TIMED,)),
    ("suspended", ADL + "suspended", words("onderbroken", "suspended", "interrompu"), (_TIMED,)),
    ("resumed", ADL + "resumed", words("hervat", "resumed", "repris"), ()),
    ("terminated", ADL + "terminated", words("beëindigd", "terminated", "clôturé"), (_TIMED,)),
    (
        "performed-offline",
        TC_VERB + "performed-offline",
        words("offline gedaan", "performed offline", "fait hors ligne"),
        (needs(DURATION), SOURCE_STATED),
    ),
    ("attended", ADL + "attended", words("bijgewoond", "attended", "assisté"), (_TIMED, SOURCE_STATED)),
    ("played", _VIDEO + "played", words("video afgespeeld", "played a video", "vidéo lue"), ()),
    ("paused", _VIDEO + "paused", words("video gepauzeerd", "paused a video", "vidéo mise en pause"), ()),
    (
        "seeked",
        _VIDEO + "seeked",
        words("video verschoven", "seeked a video", "vidéo avancée ou reculée"),
        (),
    ),
    ("started", STREAMS + "start", words("gestart", "started", "démarré"), ()),
    ("finished", STREAMS + "complete", words("voltooid", "finished", "achevé"), (_TIMED,)),
    ("submitted", STREAMS + "submit", words("ingediend", "submitted", "remis"), ()),
    ("read", STREAMS + "read", words("gelezen", "read", "lu"), (_TIMED,)),
    ("watched", STREAMS + "watch", words("bekeken", "watched", "regardé"), (_TIMED,)),
    ("listened", STREAMS + "listen", words("beluisterd", "listened", "écouté"), (_TIMED,)),
    ("played-back", STREAMS + "play", words("afgespeeld", "played", "joué"), (_TIMED,)),
    ("created", STREAMS + "create", words("gemaakt", "created", "créé"), (_TIMED,)),
    ("authored", STREAMS + "author", words("geschreven", "authored", "rédigé"), (_TIMED,)),
    ("undergone", STREAMS + "experience", words("beleefd", "experienced (streams)", "vécu"), (_TIMED,)),
)


def work_templates() -> list[Template]:
    """One for each verb of learning."""
    label = words("Gewerkt aan een doel", "Worked on a goal", "Travail sur un objectif")
    definition = words(
        "Een lerende werkte aan iets dat een doel dient; het doel staat in contextActivities.parent. Een doel in "
        "grouping of other telt ook als gewerkt, maar volgt dit sjabloon niet.",
        "A learner worked on something that serves a goal; the goal is named in contextActivities.parent. A goal in "
        "grouping or other counts as worked on too, but does not follow this template.",
        "Un apprenant a travaillé à quelque chose qui sert un objectif ; l'objectif est nommé dans "
        "contextActivities.parent. Un objectif dans grouping ou other compte aussi, mais ne suit pas ce modèle.",
    )
    return [
        a_template(
            f"worked-{slug}", iri, joined(label, how, ": "), definition, *rules, contextParentActivityType=[GOAL]
        )
        for slug, iri, how, rules in _WORK
    ]  # fmt: skip


WORKED_SLUGS = [f"worked-{slug}" for slug, _, _, _ in _WORK]

"""Verbs and activity types that no other vocabulary has."""

from typing import Any

from schemas.xapi.profiles.gsl_authoring.iris import ADL, AX, TC_TYPE, TC_VERB, VERSION, activity_type, verb
from schemas.xapi.profiles.gsl_authoring.words import Words, words

Concept = dict[str, Any]


def concepts() -> list[Concept]:
    """The verbs, then the activity types."""
    return _verbs() + _cycle_verbs() + _activity_types()


def _verb(slug: str, label: Words, definition: Words, **relations: list[str]) -> Concept:
    return {
        "id": verb(slug),
        "type": "Verb",
        "inScheme": VERSION,
        "prefLabel": label,
        "definition": definition,
        **relations,
    }


def _type(slug: str, label: Words, definition: Words, **relations: list[str]) -> Concept:
    return {**_verb(slug, label, definition, **relations), "id": activity_type(slug), "type": "ActivityType"}


def _verbs() -> list[Concept]:
    return [
        _verb(
            "revised-plan",
            words("stuurde het plan bij", "revised the plan", "a ajusté le plan"),
            words(
                "De lerende veranderde zijn planning van een doel of een taak: een andere deadline, een ander begin of "
                "een andere duur. Het object is het doel of de taak; de nieuwe waarden staan in de context.",
                "The learner changed the plan for a goal or a task: another due date, another start or another "
                "duration. The object is the goal or the task; the new values stand in the context.",
                "L'apprenant a modifié la planification d'un objectif ou d'une tâche : une autre échéance, un autre "
                "début ou une autre durée. L'objet est l'objectif ou la tâche ; les nouvelles valeurs sont dans le "
                "contexte.",
            ),
            broadMatch=[AX + "edited"],
        ),
        _verb(
            "self-assessed",
            words("schatte zichzelf in", "self-assessed", "s'est autoévalué"),
            words(
                "De lerende schatte in hoever hij staat met een doel of een taak, met een score van 0 tot 1, een "
                "niveau, of beide.",
                "The learner judged how far along they are with a goal or a task, by a score from 0 to 1, a level, or "
                "both.",
                "L'apprenant a estimé où il en est avec un objectif ou une tâche, par un score de 0 à 1, un niveau, "
                "ou les deux.",
            ),
            broadMatch=[AX + "evaluated"],
            relatedMatch=[TC_VERB + "rated"],
        ),
        _verb(
            "reflected",
            words("reflecteerde", "reflected", "a réfléchi"),
            words(
                "De lerende dacht na over zijn leren en hield dat vast. De tekst zelf hoort in result.response; in "
                "geen enkele tabel komt meer dan dat er een is.",
                "The learner thought about their learning and recorded it. The text itself belongs in "
                "result.response; no table holds more than that there is one.",
                "L'apprenant a réfléchi à son apprentissage et en a gardé une trace. Le texte lui-même va dans "
                "result.response ; aucune table n'indique plus que son existence.",
            ),
            relatedMatch=[ADL + "commented"],
        ),
        _verb(
            "gave-feedback",
            words("gaf feedback", "gave feedback", "a donné un feedback"),
            words(
                "De leraar of een medeleerling gaf feedback. Het werk staat in context.statement, of de lerende is "
                "het object.",
                "The teacher or a peer gave feedback. The work is named in context.statement, or the learner is the "
                "object.",
                "L'enseignant ou un pair a donné un feedback. Le travail est nommé dans context.statement, ou "
                "l'apprenant est l'objet.",
            ),
            relatedMatch=[TC_VERB + "reviewed"],
        ),
        _verb(
            "acted-on-feedback",
            words("ging met feedback aan de slag", "acted on feedback", "a tenu compte du feedback"),
            words(
                "De lerende deed iets met gekregen feedback. De feedback staat in context.statement.",
                "The learner did something with feedback received. The feedback is named in context.statement.",
                "L'apprenant a fait quelque chose d'un feedback reçu. Le feedback est nommé dans context.statement.",
            ),
        ),
    ]


def _cycle_verbs() -> list[Concept]:
    return [
        _verb(
            "asked-learning-question",
            words("stelde een leervraag", "asked a learning question", "a posé une question de recherche"),
            words(
                "Een leraar, een team of een professionele leergemeenschap stelde een vraag over het eigen onderwijs: "
                "de eerste stap van een kwaliteitscyclus.",
                "A teacher, a team or a professional learning community asked a question about its own teaching: the "
                "first step of a quality cycle.",
                "Un enseignant, une équipe ou une communauté d'apprentissage a posé une question sur son propre "
                "enseignement : la première étape d'un cycle de qualité.",
            ),
            broadMatch=[ADL + "asked"],
        ),
        _verb(
            "set-cycle-goal",
            words("koos een doel voor de cyclus", "set the goal of the cycle", "a fixé l'objectif du cycle"),
            words(
                "Het team legde vast wat het met de kwaliteitscyclus wil bereiken.",
                "The team settled what it wants to reach with the quality cycle.",
                "L'équipe a fixé ce qu'elle veut atteindre avec le cycle de qualité.",
            ),
        ),
        _verb(
            "acted",
            words("voerde een actie uit", "acted", "a mené une action"),
            words(
                "Het team voerde een actie van de kwaliteitscyclus uit. Een ingreep waarvan het effect gemeten wordt, "
                "staat in de extensie intervention.",
                "The team carried out an action of the quality cycle. An intervention whose effect is to be measured "
                "stands in the extension intervention.",
                "L'équipe a mené une action du cycle de qualité. Une intervention dont l'effet sera mesuré figure "
                "dans l'extension intervention.",
            ),
        ),
        _verb(
            "measured-effect",
            words("mat het effect", "measured the effect", "a mesuré l'effet"),
            words(
                "Het team ging na wat de actie opleverde.",
                "The team established what the action brought about.",
                "L'équipe a établi ce que l'action a apporté.",
            ),
        ),
        _verb(
            "decided",
            words("besliste", "decided", "a décidé"),
            words(
                "Het team besliste hoe het verdergaat: borgen, bijsturen of stoppen. Daarmee is deze ronde van de "
                "kwaliteitscyclus rond.",
                "The team decided how to go on: keep, adjust or stop. That closes this round of the quality cycle.",
                "L'équipe a décidé de la suite : pérenniser, ajuster ou arrêter. Ce tour du cycle de qualité est "
                "alors clos.",
            ),
        ),
    ]


def _activity_types() -> list[Concept]:
    return [
        _type(
            "progress-view",
            words("voortgangsoverzicht", "progress view", "aperçu des progrès"),
            words(
                "Een scherm of blad waarop een lerende ziet hoever hij staat met zijn doelen.",
                "A screen or sheet on which a learner sees how far along they are with their goals.",
                "Un écran ou une feuille où l'apprenant voit où il en est avec ses objectifs.",
            ),
        ),
        _type(
            "motivation",
            words("motivatie", "motivation", "motivation"),
            words(
                "De motivatie van de lerende, zoals hij ze zelf opgeeft. Ze wordt nooit afgeleid.",
                "The learner's motivation as they report it themselves. It is never inferred.",
                "La motivation de l'apprenant telle qu'il la déclare lui-même. Elle n'est jamais déduite.",
            ),
        ),
        _type(
            "emotion",
            words("emotie", "emotion", "émotion"),
            words(
                "Hoe de lerende zich voelt bij het leren, zoals hij het zelf opgeeft. Het wordt nooit afgeleid.",
                "How the learner feels about learning, as they report it themselves. It is never inferred.",
                "Ce que l'apprenant ressent en apprenant, tel qu'il le déclare lui-même. Ce n'est jamais déduit.",
            ),
        ),
        _type(
            "coachgesprek",
            words("coachgesprek", "coach conversation", "entretien de coaching"),
            words(
                "Een gesprek van een lerende met zijn coach over zijn doelen en zijn leren.",
                "A conversation of a learner with their coach about goals and learning.",
                "Un entretien d'un apprenant avec son coach sur ses objectifs et son apprentissage.",
            ),
            broadMatch=["https://w3id.org/xapi/acrossx/activities/face-to-face-discussion"],
        ),
        _type(
            "driehoeksgesprek",
            words("driehoeksgesprek", "three-way conversation", "entretien à trois"),
            words(
                "Een gesprek van de lerende, zijn ouders en de school, dat de lerende zoveel mogelijk zelf leidt.",
                "A conversation of the learner, their parents and the school, led by the learner as far as possible.",
                "Un entretien de l'apprenant, de ses parents et de l'école, mené autant que possible par l'apprenant.",
            ),
            broadMatch=["https://w3id.org/xapi/acrossx/activities/face-to-face-discussion"],
        ),
        _type(
            "mini-lesson",
            words("mini-les", "mini-lesson", "mini-leçon"),
            words(
                "Een korte les, demonstratie of ondersteuning rond één vaardigheid, zoals leren plannen of hulp "
                "vragen.",
                "A short lesson, demonstration or scaffold on one skill, such as planning or asking for help.",
                "Une courte leçon, démonstration ou aide sur une seule compétence, comme planifier ou demander de "
                "l'aide.",
            ),
            broadMatch=[TC_TYPE + "tutor-session"],
        ),
        _type(
            "quality-cycle",
            words("kwaliteitscyclus", "quality cycle", "cycle de qualité"),
            words(
                "Een cyclus waarin een team vanuit een leervraag doelen kiest, acties uitvoert, het effect meet en "
                "beslist.",
                "A cycle in which a team, from a learning question, sets a goal, acts, measures the effect and "
                "decides.",
                "Un cycle où une équipe, à partir d'une question, fixe un objectif, agit, mesure l'effet et décide.",
            ),
        ),
        _type(
            "route",
            words("leerroute", "route", "parcours"),
            words(
                "Een route, keuzeles of versie op een niveau waartussen de lerende kan kiezen.",
                "A route, elective lesson or version at a level that the learner can choose between.",
                "Un parcours, une leçon au choix ou une version à un niveau parmi lesquels l'apprenant peut choisir.",
            ),
        ),
    ]

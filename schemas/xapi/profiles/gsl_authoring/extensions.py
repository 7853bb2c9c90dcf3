"""Extensions that no other vocabulary has, each with the JSON Schema of its value."""

import json
from typing import Any

from schemas.xapi.profiles.gsl_authoring.iris import AX, VERSION, activity_type, extension, verb
from schemas.xapi.profiles.gsl_authoring.words import Words, words

Extension = dict[str, Any]

HORIZONS = ["long-term", "period", "week", "day"]
REGULATORS = ["self", "peer", "teacher", "group"]
SOURCES = ["digital", "observation", "test", "conversation", "portfolio"]
PURPOSES = ["formative", "summative"]

# What identifies a thing, never a person: no spaces, so no names, and no @, so no mailboxes.
_TOKEN = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,199}$"}
_LEVEL = {"type": "integer", "minimum": 1, "maximum": 100}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 2147483647}


def extensions() -> list[Extension]:
    """Of context, of result, of activities."""
    return [*_about_goals(), *_about_evidence(), *_about_circumstances(), *_of_results(), _route()]


def _extension(
    slug: str, kind: str, schema: dict[str, Any], label: Words, definition: Words, **more: list[str]
) -> Extension:
    return {
        "id": extension(slug),
        "type": f"{kind}Extension",
        "inScheme": VERSION,
        "prefLabel": label,
        "definition": definition,
        **more,
        "inlineSchema": json.dumps(schema),
    }


def _about_goals() -> list[Extension]:
    return [
        _extension(
            "horizon",
            "Context",
            {"enum": HORIZONS},
            words("horizon", "horizon", "horizon"),
            words(
                "Op welke termijn het doel gesteld is: lange termijn, periode, week of dag.",
                "Over which term the goal is set: long term, period, week or day.",
                "Sur quel terme l'objectif est fixé : long terme, période, semaine ou jour.",
            ),
        ),
        _extension(
            "framework-goals",
            "Context",
            {"type": "array", "items": _TOKEN, "minItems": 1},
            words("onderwijsdoelen", "framework goals", "objectifs du référentiel"),
            words(
                "De ids van de onderwijsdoelen of leerplandoelen waaraan dit doel raakt; een code volstaat niet.",
                "The ids of the curriculum goals that this goal serves; a code is not enough.",
                "Les identifiants des objectifs du référentiel que cet objectif sert ; un code ne suffit pas.",
            ),
        ),
        _extension(
            "target-level",
            "Context",
            _LEVEL,
            words("streefniveau", "target level", "niveau visé"),
            words(
                "Het niveau dat de lerende wil halen, als volgnummer in het niveauschema (1 is het laagste).",
                "The level that the learner aims for, as its number in the level scheme (1 is the lowest).",
                "Le niveau visé, par son numéro dans l'échelle (1 est le plus bas).",
            ),
        ),
        _extension(
            "criterion",
            "Context",
            {"type": ["string", "object", "array", "boolean"], "not": {"enum": ["", False]}},
            words("succescriterium", "criterion", "critère"),
            words(
                "Waaraan te zien is dat het doel gehaald is. Alleen of er een is, telt mee.",
                "How one can tell that the goal is reached. Only whether there is one counts.",
                "À quoi l'on voit que l'objectif est atteint. Seule compte son existence.",
            ),
        ),
        _extension(
            "checklist",
            "Context",
            {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:[^ @]+$"},
            words("doel van de checklist", "goal of the checklist", "objectif de la liste"),
            words(
                "De IRI van het doel waarvan dit een stap op de checklist is.",
                "The IRI of the goal of which this is an item on the checklist.",
                "L'IRI de l'objectif dont ceci est un élément de la liste.",
            ),
        ),
        _extension(
            "checklist-size",
            "Context",
            {**_COUNT, "minimum": 1},
            words("aantal stappen", "number of items", "nombre d'éléments"),
            words(
                "Hoeveel stappen de checklist van het doel telt.",
                "How many items the checklist of the goal has.",
                "Combien d'éléments compte la liste de l'objectif.",
            ),
        ),
    ]


def _about_evidence() -> list[Extension]:
    return [
        _extension(
            "regulator",
            "Context",
            {"enum": REGULATORS},
            words("wie stuurt", "regulator", "qui régule"),
            words(
                "Wie hier het leren stuurde: de lerende zelf, een medeleerling, de leraar of de groep.",
                "Who regulated the learning here: the learner, a peer, the teacher or the group.",
                "Qui a régulé l'apprentissage ici : l'apprenant, un pair, l'enseignant ou le groupe.",
            ),
        ),
        _extension(
            "evidence-source",
            "Context",
            {"enum": SOURCES},
            words("bron", "source of evidence", "source"),
            words(
                "Waaruit dit blijkt: een digitale omgeving, een observatie, een toets, een gesprek of een portfolio.",
                "What this rests on: a digital environment, an observation, a test, a conversation or a portfolio.",
                "Sur quoi cela repose : un environnement numérique, une observation, un test, un entretien ou un "
                "portfolio.",
            ),
        ),
        _extension(
            "assessment-purpose",
            "Context",
            {"enum": PURPOSES},
            words("doel van de evaluatie", "purpose of the assessment", "but de l'évaluation"),
            words(
                "Formatief (om verder te leren) of summatief (om te besluiten).",
                "Formative (to learn on) or summative (to conclude).",
                "Formative (pour apprendre) ou sommative (pour conclure).",
            ),
        ),
        _extension(
            "entered-by-hand",
            "Context",
            {"oneOf": [{"const": True}, _COUNT]},
            words("met de hand ingevoerd", "entered by hand", "saisi à la main"),
            words(
                "Iemand typte dit in: true, of hoeveel seconden dat kostte. Zo blijft de planlast zichtbaar.",
                "Somebody typed this: true, or how many seconds it took. It keeps the burden of registration in sight.",
                "Quelqu'un a saisi ceci : true, ou combien de secondes cela a pris. La charge reste ainsi visible.",
            ),
        ),
    ]


def _about_circumstances() -> list[Extension]:
    return [
        _extension(
            "skill",
            "Context",
            _TOKEN,
            words("vaardigheid", "skill", "compétence"),
            words(
                "De vaardigheid waarop de ondersteuning gericht is, zoals plannen of hulp-vragen.",
                "The skill that the support is aimed at, such as planning or help-seeking.",
                "La compétence visée par le soutien, comme planifier ou demander de l'aide.",
            ),
        ),
        _extension(
            "class",
            "Context",
            _TOKEN,
            words("klas", "class", "classe"),
            words(
                "De klas waarin dit gebeurde, waar er geen klaslijst is.",
                "The class in which this happened, where there is no roster.",
                "La classe où cela s'est passé, là où il n'y a pas de liste.",
            ),
        ),
        _extension(
            "intervention",
            "Context",
            {
                "type": "object",
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
                    "classes": {"type": "array", "items": _TOKEN, "minItems": 1},
                    "comparisonClasses": {"type": "array", "items": _TOKEN},
                    "indicator": _TOKEN,
                },
                "required": ["id", "date", "classes"],
            },
            words("ingreep", "intervention", "intervention"),
            words(
                "De ingreep van een kwaliteitscyclus: id, datum, klassen, vergelijkingsklassen en de indicator "
                "waarop een effect verwacht wordt.",
                "The intervention of a quality cycle: id, date, classes, comparison classes, and the indicator on "
                "which an effect is expected.",
                "L'intervention d'un cycle de qualité : identifiant, date, classes, classes de comparaison et "
                "l'indicateur sur lequel un effet est attendu.",
            ),
            recommendedVerbs=[verb("acted")],
        ),
    ]


def _of_results() -> list[Extension]:
    return [
        _extension(
            "level",
            "Result",
            _LEVEL,
            words("niveau", "level", "niveau"),
            words(
                "Het toegekende niveau, als volgnummer in het niveauschema (1 is het laagste).",
                "The level given, as its number in the level scheme (1 is the lowest).",
                "Le niveau attribué, par son numéro dans l'échelle (1 est le plus bas).",
            ),
            recommendedVerbs=[AX + "evaluated", verb("self-assessed")],
        ),
        _extension(
            "level-scheme",
            "Result",
            _TOKEN,
            words("niveauschema", "level scheme", "échelle de niveaux"),
            words(
                "Het schema van het niveau, zoals brons-zilver-goud: elke school houdt haar eigen woorden.",
                "The scheme of the level, such as bronze-silver-gold: each school keeps its own words.",
                "L'échelle du niveau, comme bronze-argent-or : chaque école garde ses propres mots.",
            ),
            recommendedVerbs=[AX + "evaluated", verb("self-assessed")],
        ),
        _extension(
            "agreed-actions",
            "Result",
            _COUNT,
            words("aantal afspraken", "agreed actions", "nombre d'accords"),
            words(
                "Hoeveel afspraken het gesprek opleverde.",
                "How many actions were agreed in the conversation.",
                "Combien d'actions ont été convenues lors de l'entretien.",
            ),
        ),
        _extension(
            "rating-scale",
            "Result",
            {
                "type": "object",
                "properties": {"min": {"type": "number"}, "max": {"type": "number"}},
                "required": ["min", "max"],
            },
            words("schaal", "rating scale", "échelle"),
            words(
                "De laagste en de hoogste waarde van de schaal waarop de lerende antwoordde.",
                "The lowest and the highest value of the scale on which the learner answered.",
                "La plus basse et la plus haute valeur de l'échelle sur laquelle l'apprenant a répondu.",
            ),
            recommendedVerbs=["http://id.tincanapi.com/verb/rated"],
        ),
    ]


def _route() -> Extension:
    return _extension(
        "route",
        "Activity",
        _TOKEN,
        words("gekozen route", "route", "parcours choisi"),
        words(
            "Welke route, keuzeles of versie deze activiteit is.",
            "Which route, elective lesson or version this activity is.",
            "De quel parcours, leçon au choix ou version il s'agit.",
        ),
        recommendedActivityTypes=[activity_type("route")],
    )
